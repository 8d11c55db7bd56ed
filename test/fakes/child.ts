// A child process for the test of child-process.ts: breaks at its start, or gets busy when spoken to.
// Run by itself, with PARENT, it is the parent of another one, and says its number.

import { endWithParent, startChild } from "../../src/child-process.ts";

if (process.env["BREAKS"]) throw new Error("broken at its start");
if (process.env["PARENT"]) {
  const child = await startChild(new URL(import.meta.url), { env: { ...process.env, PARENT: "" } });
  child.on("message", () => process.stdout.write(`${child.pid}\n`));
  child.send("go");
} else {
  process.on("message", () => {
    process.send!("busy", () => {
      for (;;);
    });
  });
  endWithParent();
  process.send!("started");
}
