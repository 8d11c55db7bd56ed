// The child process of isolated.ts: one file in, its text or what is wrong with it out.

import { endWithParent } from "../child-process.ts";
import { messageOf, UserError } from "../errors.ts";
import { type Format, FORMATS, type ReadText } from "./formats.ts";

export interface Request {
  readonly format: Format;
  readonly bytes: Uint8Array;
  readonly file: string;
}

export type Reply =
  | { readonly ready: true }
  | { readonly read: ReadText }
  /** `user`: the message is meant for people as it is. */
  | { readonly failed: string; readonly user: boolean };

const reply = (message: Reply): void => {
  process.send?.(message);
};

process.on("message", ({ format, bytes, file }: Request) => {
  Promise.resolve()
    .then(() => FORMATS[format](bytes, file))
    .then(
      (read) => reply({ read }),
      (error: unknown) => reply({ failed: messageOf(error), user: error instanceof UserError }),
    );
});
// Ctrl-C reaches this process too; whether it ends is its parent's decision.
process.on("SIGINT", () => {});
// Nobody is left to read for.
endWithParent();
reply({ ready: true });
