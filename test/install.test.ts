// Installing must need nothing but the npm registry, with npm 11 and with the npm 10 that Node 20 brings.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PROJECT_DIR } from "../src/config.ts";

const lock = JSON.parse(readFileSync(join(PROJECT_DIR, "package-lock.json"), "utf8")) as {
  packages: Record<string, { hasInstallScript?: boolean; resolved?: string }>;
};
const { allowScripts } = JSON.parse(readFileSync(join(PROJECT_DIR, "package.json"), "utf8")) as {
  allowScripts: Record<string, boolean>;
};

test("the runtime's install script, which fetches CUDA, does not run: npm 10 goes by the lockfile's mark", () => {
  // `npm install` may set the mark again; take the line out then.
  expect(lock.packages["node_modules/onnxruntime-node"]).toBeDefined();
  expect(lock.packages["node_modules/onnxruntime-node"]!.hasInstallScript).toBeUndefined();
  expect(allowScripts["onnxruntime-node"]).toBe(false);
});

test("every package with an install script is allowed or denied by name", () => {
  const marked = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript);
  for (const [path] of marked)
    expect(Object.keys(allowScripts)).toContain(path.replace(/^.*node_modules\//, ""));
});

test("the lockfile names no registry", () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith("http"))).toEqual([]);
});
