// A page -> its serious accessibility faults, as axe-core finds them (WCAG 2.2 A and AA, and good practice).

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "./browser.ts";

/** A line for each fault that axe calls serious or critical: the rule and the first element that breaks it. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  if (await page.evaluate<boolean>("typeof axe === 'undefined'")) await page.evaluate(`${axe}; 0`);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.length + " such as " + nodes[0].html))`);
}
