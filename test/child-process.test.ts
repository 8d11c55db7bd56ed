import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startChild } from "../src/child-process.ts";
import { PROJECT_DIR } from "../src/config.ts";

const CHILD = new URL("./fakes/child.ts", import.meta.url);

test("a child that breaks at its start is an error that says what it wrote", async () => {
  await expect(startChild(CHILD, { env: { ...process.env, BREAKS: "1" } })).rejects.toThrow(
    /fakes\/child\.ts ended at its start: [^]*Error: broken at its start/,
  );
});

test("a child ends with its parent, however that ended, and even when it is busy", async () => {
  const parent = spawn(process.execPath, ["--import", "tsx", "test/fakes/child.ts"], {
    cwd: PROJECT_DIR,
    env: { ...process.env, PARENT: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [written] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(written.toString());
  expect(runs(pid)).toBe(true);
  parent.kill("SIGKILL");
  while (runs(pid)) await sleep(20);
});

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
