// A page in headless Chromium, driven through its debugging pipe (chromedevtools.github.io/devtools-protocol):
// no driver, no port, no network.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { pathToFileURL } from "node:url";

/** Where Chromium is; null when it isn't installed. */
export const CHROMIUM =
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  ) ?? null;

/** Keys by their DOM names, with Windows' codes for them. */
const KEYS = { Tab: 9, Enter: 13, ArrowDown: 40 } as const;

export interface Page {
  /** The value of an expression, awaited. Rejects when it throws. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses and releases a key by its DOM name: `Tab`, `Enter`, `ArrowDown`. */
  press(key: keyof typeof KEYS): Promise<void>;
  /** Lets the page believe in a colour scheme, and that it is printed. */
  emulate(scheme: "light" | "dark", media?: "print"): Promise<void>;
  /** Gives the window a width, in CSS pixels. */
  resize(width: number): Promise<void>;
  /** Messages of errors and warnings so far. */
  readonly errors: readonly string[];
  /** Addresses asked for so far. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** Opens a file and waits until it is loaded. */
export async function openPage(file: string): Promise<Page> {
  const profile = await mkdtemp(join(tmpdir(), "chromium-"));
  const flags =
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --remote-debugging-pipe";
  const child = spawn(CHROMIUM ?? "", [...flags.split(" "), `--user-data-dir=${profile}`], {
    stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
  });
  const errors: string[] = [];
  const requests: string[] = [];
  let loaded: () => void = () => {};
  const onLoad = new Promise<void>((resolve) => (loaded = resolve));
  const send = connect(child, ({ method, params = {} }) => {
    if (method === "Page.loadEventFired") loaded();
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded")
      errors.push(JSON.stringify(params));
    if (method === "Runtime.consoleAPICalled" && params["type"] !== "log")
      errors.push(JSON.stringify(params));
    if (method === "Network.requestWillBeSent")
      requests.push((params as { request: { url: string } }).request.url);
  });

  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await send("Target.attachToTarget", { targetId, flatten: true });
  const call = (method: string, params: object = {}) => send(method, params, String(sessionId));
  for (const domain of ["Runtime", "Log", "Network", "Page"]) await call(`${domain}.enable`);
  await call("Page.navigate", { url: pathToFileURL(file).href });
  await onLoad;

  return {
    errors,
    requests,
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = await call("Runtime.evaluate", {
        expression,
        returnByValue: true,
        awaitPromise: true,
      });
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: T }).value;
    },
    press: async (key) => {
      const text = key === "Enter" ? { text: "\r" } : {};
      const windowsVirtualKeyCode = KEYS[key];
      await call("Input.dispatchKeyEvent", {
        type: "keyDown",
        key,
        code: key,
        windowsVirtualKeyCode,
        ...text,
      });
      await call("Input.dispatchKeyEvent", { type: "keyUp", key, code: key, windowsVirtualKeyCode });
    },
    emulate: async (value, media) =>
      void (await call("Emulation.setEmulatedMedia", {
        media: media ?? "",
        features: [{ name: "prefers-color-scheme", value }],
      })),
    resize: async (width) =>
      void (await call("Emulation.setDeviceMetricsOverride", {
        width,
        height: 800,
        deviceScaleFactor: 1,
        mobile: false,
      })),
    close: async () => {
      const exited = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exited;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Calls over the pipe: JSON messages, each ended by a zero byte. */
function connect(child: ChildProcess, onEvent: (message: Message) => void) {
  const waiting = new Map<number, (message: Message) => void>();
  let received = "";
  (child.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
    const messages = (received + chunk).split("\0");
    received = messages.pop() ?? "";
    for (const text of messages) {
      const message = JSON.parse(text) as Message;
      if (message.id === undefined) onEvent(message);
      else waiting.get(message.id)?.(message);
    }
  });
  let next = 0;
  return (method: string, params: object, sessionId?: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const id = ++next;
      waiting.set(id, ({ error, result = {} }) => {
        waiting.delete(id);
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
      (child.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    });
}
