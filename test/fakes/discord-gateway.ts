// The fake's gateway: the WebSocket part of Discord, from HELLO through READY, heartbeats and resuming.
// Events that happen while nobody is connected are kept and replayed on a resume, as Discord does.

import type { Server } from "node:http";
import { WebSocketServer } from "ws";
import type { WebSocket } from "ws";
import { guild, IDS, TOKEN, user } from "./discord-payloads.ts";

/** Every privileged intent: presences, members, message content. */
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

interface Payload {
  readonly op: number;
  readonly d: { token?: string; intents?: number; session_id?: string; seq?: number } | number | null;
}

export class FakeGateway {
  /** What the client did, in order: `identify`, `resume`, `heartbeat`, `close 1000`. */
  readonly log: string[] = [];
  /** Set to false to refuse the next resume with an invalid session. */
  resumable = true;
  /** Milliseconds between two heartbeats: far fewer than Discord's, so that tests see some. */
  heartbeatMs = 1000;
  /** Set to false to refuse the token here although the REST side took it. */
  tokenAccepted = true;
  readonly #sockets: WebSocketServer;
  readonly #url: () => string;
  #socket: WebSocket | null = null;
  #session = 0;
  #events: { t: string; d: unknown; s: number }[] = [];

  constructor(server: Server, url: () => string) {
    this.#url = url;
    this.#sockets = new WebSocketServer({ server });
    this.#sockets.on("connection", (socket) => {
      socket.on("message", (data) => this.#receive(socket, JSON.parse(String(data)) as Payload));
      socket.on("close", (code) => {
        this.log.push(`close ${code}`);
        if (this.#socket === socket) this.#socket = null;
      });
      socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: this.heartbeatMs } }));
    });
  }

  /** Sends an event, or keeps it for the resume. */
  dispatch(t: string, d: unknown): void {
    const event = { t, d, s: this.#events.length + 1 };
    this.#events.push(event);
    this.#socket?.send(JSON.stringify({ op: 0, ...event }));
  }

  /** Closes the connection as Discord does; without a code it just breaks off. */
  drop(code?: number): void {
    if (code === undefined) this.#socket?.terminate();
    else this.#socket?.close(code);
    this.#socket = null;
  }

  /** Tells the client that its session is over and can't be resumed. */
  invalidate(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.send(JSON.stringify({ op: 9, d: false }));
  }

  close(): void {
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#sockets.close();
  }

  #receive(socket: WebSocket, { op, d }: Payload): void {
    if (op === 1) {
      this.log.push("heartbeat");
      socket.send(JSON.stringify({ op: 11 }));
    } else if (typeof d === "object" && d !== null && (op === 2 || op === 6)) {
      this.log.push(op === 2 ? "identify" : "resume");
      if (d.token !== TOKEN || !this.tokenAccepted) return socket.close(4004);
      if (op === 2) this.#identify(socket, d.intents ?? 0);
      else this.#resume(socket, d.session_id, d.seq ?? 0);
    }
  }

  #identify(socket: WebSocket, intents: number): void {
    if ((intents & PRIVILEGED) !== 0) return socket.close(4014);
    this.#socket = socket;
    this.#session++;
    this.#events = [];
    this.dispatch("READY", {
      v: 10,
      user: user(IDS.bot),
      application: { id: IDS.application, flags: 0 },
      guilds: [{ id: IDS.guild, unavailable: true }],
      session_id: `session-${this.#session}`,
      resume_gateway_url: this.#url(),
      shard: [0, 1],
    });
    this.dispatch("GUILD_CREATE", guild());
  }

  #resume(socket: WebSocket, session: string | undefined, seq: number): void {
    if (!this.resumable || session !== `session-${this.#session}`) {
      this.resumable = true;
      socket.send(JSON.stringify({ op: 9, d: false }));
      return;
    }
    this.#socket = socket;
    for (const event of this.#events) if (event.s > seq) socket.send(JSON.stringify({ op: 0, ...event }));
    this.dispatch("RESUMED", {});
  }
}
