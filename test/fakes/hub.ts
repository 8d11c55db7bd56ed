// A model hub on the loopback interface: serves a folder's files as `/<model>/resolve/main/<file>`, with
// ETags and ranges, keeps a list of what was asked, and plays the faults that hubs and networks have.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export type Fault =
  | { readonly kind: "status"; readonly status: number }
  /** The connection is cut when so many bytes of the body have been received: `Hub.received` tells. */
  | { readonly kind: "cut"; readonly after: number }
  /** Content-Length promises more or fewer bytes than there are. */
  | { readonly kind: "length"; readonly by: number }
  /** Ranges are ignored: always 200 and everything. */
  | { readonly kind: "no-range" }
  /** The answer continues somewhere else than asked. */
  | { readonly kind: "wrong-range" }
  /** The file has changed: other bytes, another ETag. */
  | { readonly kind: "body"; readonly body: string }
  /** The body comes in pieces of `size` bytes with pauses of `ms`. */
  | { readonly kind: "slow"; readonly size: number; readonly ms: number };

export interface Request {
  readonly file: string;
  readonly range: string | undefined;
}

export interface Hub {
  readonly url: string;
  readonly requests: Request[];
  /** The next `times` (1) answers for `file` have this fault; faults of one file are played in order. */
  fault(file: string, fault: Fault, times?: number): void;
  /** To be told by the client: it has the first `bytes` of a file. */
  received(file: string, bytes: number): void;
  close(): Promise<void>;
}

/** Starts the hub with one model, whose files are in `folder`. */
export async function startHub(model: string, folder: string): Promise<Hub> {
  const requests: Request[] = [];
  const faults = new Map<string, Fault[]>();
  const received = new Map<string, number>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const start = `/${model}/resolve/main/`;
    const url = request.url ?? "";
    const file = url.startsWith(start) ? url.slice(start.length) : url;
    requests.push({ file, range: request.headers.range });
    const fault = faults.get(file)?.shift();
    if (fault?.kind === "status") return void response.writeHead(fault.status).end("no");
    const real = url.startsWith(start) ? await readFile(join(folder, file)).catch(() => null) : null;
    const whole = fault?.kind === "body" ? Buffer.from(fault.body) : real;
    if (whole === null) return void response.writeHead(404).end("Entry not found");

    const etag = `"${createHash("sha256").update(whole).digest("hex")}"`;
    const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1];
    const ranged = asked !== undefined && fault?.kind !== "no-range" && request.headers["if-range"] === etag;
    const from = ranged ? Number(asked) : 0;
    if (ranged && from >= whole.length) return void response.writeHead(416).end();
    const body = whole.subarray(from);
    const shift = fault?.kind === "wrong-range" ? 1 : 0;
    response.writeHead(ranged ? 206 : 200, {
      etag,
      "content-length": body.length + (fault?.kind === "length" ? fault.by : 0),
      ...(ranged ? { "content-range": `bytes ${from + shift}-${whole.length - 1}/${whole.length}` } : {}),
    });
    received.delete(file);
    await send(response, body, fault, async (bytes) => {
      while ((received.get(file) ?? 0) < from + bytes && !response.destroyed) await sleep(1);
    });
  }

  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fault(file, fault, times = 1) {
      faults.set(file, [...(faults.get(file) ?? []), ...Array.from({ length: times }, () => fault)]);
    },
    received: (file, bytes) => void received.set(file, bytes),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** `arrived` resolves when the client has so many bytes of the body. */
async function send(
  response: ServerResponse,
  body: Buffer,
  fault: Fault | undefined,
  arrived: (bytes: number) => Promise<void>,
): Promise<void> {
  const put = (bytes: Buffer) => new Promise((done) => response.write(bytes, done));
  switch (fault?.kind) {
    case "cut":
      await put(body.subarray(0, fault.after));
      // What a client has not read yet goes with the connection.
      await arrived(fault.after);
      response.destroy();
      return;
    case "length":
      await put(fault.by < 0 ? body.subarray(0, fault.by) : body);
      response.destroy();
      return;
    case "slow":
      for (let at = 0; at < body.length; at += fault.size) {
        await put(body.subarray(at, at + fault.size));
        await sleep(fault.ms);
      }
      response.end();
      return;
    default:
      response.end(body);
  }
}
