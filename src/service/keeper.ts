// Keeps one engine in use: opened at the start, started again when it ends by itself, replaced when the
// index folder names another version. The new one is opened beside the old one, which finishes what it
// was asked. An index that can't be used is named in the log once, and the old one stays in use.

import type { Logger } from "pino";
import { messageOf, UserError } from "../errors.ts";
import { EngineEnded, type EngineProcess } from "./engine-process.ts";
import { PointerWatch } from "../index/pointer.ts";

/** All in milliseconds. */
export interface KeeperLimits {
  /** Between two looks at the index folder. */
  readonly poll: number;
  /** Before an engine that ended is started again: the first, the second, … time; the last from then on. */
  readonly backOff: readonly number[];
  /** An engine that has run for so long begins at the first of `backOff`. */
  readonly steady: number;
  /** How long a call waits for an engine that is being started. */
  readonly patience: number;
  /** Until an index that could not be used is tried again. */
  readonly retry: number;
}

export interface KeeperOptions {
  readonly indexDir: string;
  /** Opens a version, or (null) the index that fits the corpus, built where there is none. */
  readonly open: (version: string | null, signal: AbortSignal) => Promise<EngineProcess>;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  readonly limits: KeeperLimits;
}

const UNAVAILABLE = "I can't answer just now: the index is being opened again. Please ask again in a minute.";

export class Keeper {
  readonly #options: KeeperOptions;
  readonly #closing: AbortController;
  readonly #folder: PointerWatch;
  #work: Promise<void> = Promise.resolve();
  #latest: EngineProcess;
  #openedAt = performance.now();
  /** Set while no engine runs. */
  #outage: { readonly since: number; readonly over: Promise<void>; readonly end: () => void } | null = null;
  #failures = 0;
  #wake = (): void => undefined;
  /** Told after the next look at the folder. */
  #waiting: (() => void)[] = [];

  /**
   * Opens the engine, its index built where that is missing or outdated. From then on only versions on
   * disk are opened, unless none is left. Throws `UserError` as `openEngine` does.
   */
  static async open(options: KeeperOptions): Promise<Keeper> {
    const closing = new AbortController();
    const first = await options.open(null, closing.signal).catch((error: unknown) => {
      if (!(error instanceof EngineEnded)) throw error;
      throw new UserError(`The engine can't be opened: ${error.message}. Is there enough memory?`);
    });
    const keeper = new Keeper(options, closing, first);
    if (first.snapshot.version === null) await keeper.#folder.ignore();
    keeper.#work = keeper.#keep();
    return keeper;
  }

  private constructor(options: KeeperOptions, closing: AbortController, first: EngineProcess) {
    this.#options = options;
    this.#closing = closing;
    this.#latest = first;
    this.#folder = new PointerWatch(options.indexDir, options.limits.retry, (about) =>
      options.log.error(
        { ...about, inUse: this.#latest.snapshot.version },
        "the new index can't be used, the old one stays in use",
      ),
    );
    this.#attend(first);
  }

  /** The engine opened last, even when it has ended. */
  get latest(): EngineProcess {
    return this.#latest;
  }

  /** The engine in use, once there is one. Throws `UserError` when none comes in time. */
  async inUse(): Promise<EngineProcess> {
    while (this.#outage !== null && !this.#closed) {
      const left = this.#outage.since + this.#options.limits.patience - performance.now();
      if (left <= 0) throw new UserError(UNAVAILABLE);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, left)));
      await Promise.race([this.#outage.over, late]);
      clearTimeout(timer);
    }
    if (this.#closed) throw new UserError(UNAVAILABLE);
    return this.#latest;
  }

  /**
   * Looks at the folder now, where the corpus was just indexed; resolves when what it names is in use, or
   * could not be used. What was passed over before is tried again: indexing may have found it right.
   */
  caughtUp(): Promise<void> {
    this.#folder.reconsider();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#wake();
    });
  }

  /** Ends every engine; what they were asked is rejected. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#outage?.end();
    this.#wake();
    await this.#work;
    await this.#latest.ended;
  }

  get #closed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #keep(): Promise<void> {
    while (!this.#closed) {
      const told = this.#waiting.splice(0);
      if (this.#outage !== null) await this.#restart();
      else await this.#look();
      for (const tell of told) tell();
      if (this.#outage === null && this.#waiting.length === 0) await this.#pause(this.#options.limits.poll);
    }
    for (const tell of this.#waiting.splice(0)) tell();
  }

  /** Opens what the folder names, where that is news. */
  async #look(): Promise<void> {
    const named = await this.#folder.news(this.#latest.snapshot);
    if (named === null) return;
    try {
      await this.#use(named.version, "a new index is in use");
    } catch (error) {
      if (!this.#closed) await this.#folder.refuse(named, messageOf(error));
    }
  }

  async #restart(): Promise<void> {
    const { log, limits } = this.#options;
    if (performance.now() - this.#openedAt > limits.steady) this.#failures = 0;
    let reason = await this.#latest.ended;
    while (!this.#closed && this.#outage !== null) {
      const delay = limits.backOff[Math.min(this.#failures++, limits.backOff.length - 1)]!;
      log.warn({ reason, delay }, "the engine broke down and is started again");
      await this.#pause(delay);
      try {
        if (!this.#closed) await this.#reopen();
      } catch (error) {
        reason = messageOf(error);
      }
    }
  }

  /** What the folder names, else what was in use, else an index built anew. */
  async #reopen(): Promise<void> {
    const { snapshot } = this.#latest;
    const named = await this.#folder.news(snapshot);
    for (const version of [named?.version, snapshot.version]) {
      if (typeof version !== "string") continue;
      try {
        return await this.#use(version, "the engine is back");
      } catch (error) {
        if (error instanceof EngineEnded) throw error;
        this.#options.log.error({ version, reason: messageOf(error) }, "the index can't be used");
      }
    }
    await this.#use(null, "the engine is back");
  }

  /** Opens a version and puts it to use. */
  async #use(version: string | null, what: string): Promise<void> {
    const started = performance.now();
    const next = await this.#options.open(version, this.#closing.signal);
    const before = this.#latest;
    this.#latest = next;
    this.#openedAt = performance.now();
    this.#attend(next);
    this.#outage?.end();
    this.#outage = null;
    before.retire();
    const { documents, passageCounts, builtAt, version: opened } = next.snapshot;
    this.#options.log.info(
      {
        version: opened,
        builtAt,
        documents: documents.length,
        passages: [...passageCounts.values()].reduce((sum, count) => sum + count, 0),
        ms: Math.round(this.#openedAt - started),
      },
      what,
    );
  }

  #attend(engine: EngineProcess): void {
    void engine.ended.then(() => {
      if (engine !== this.#latest || this.#closed) return;
      let end = (): void => undefined;
      const over = new Promise<void>((resolve) => (end = resolve));
      this.#outage = { since: performance.now(), over, end };
      this.#wake();
    });
  }

  /** Waits, unless it is woken. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
