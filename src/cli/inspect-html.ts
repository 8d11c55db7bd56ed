// How a file was cut -> one HTML page to look through: the document's text on the left, stretch by stretch
// and page by page, what became of each on the right. It needs no script and fetches nothing.

import type { Inspection, Stretch } from "../indexing/inspect.ts";
import { html } from "../text/escape-html.ts";
import type { PageStart } from "../types.ts";
import { factsOf, labelOf } from "./inspect.ts";

const STYLE = `
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1c2128; --soft: #57606a; --rule: #d0d7de; --raised: #f5f6f8; --accent: #0b5cad; --bad: #b3201b;
  --paragraph: #e7f0fb; --item: #e6f4ea; --row: #f3ecfa; --footnote: #fdf3dc; --heading: #e9ecf0; --out: #fdeaea; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #15181d; --ink: #e6e9ed; --soft: #a3adb9; --rule: #3a424c; --raised: #1e232a; --accent: #6cb2ff; --bad: #ff8f87;
  --paragraph: #1a2a3f; --item: #18301f; --row: #2b2139; --footnote: #362a12; --heading: #262c34; --out: #3b1e1e; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0 0 1rem; font-size: 1.4rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.findings { margin: 0 0 1rem; padding: .75rem 1rem .75rem 2rem; border: 1px solid var(--bad); border-radius: 6px; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem; margin: 0 0 1rem; padding: 0; list-style: none; font-size: .875rem; }
.legend li { padding: .1rem .6rem; border-radius: 4px; }
.row { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; padding: .35rem 0; border-top: 1px solid var(--rule); }
.text { padding: .25rem .6rem; border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere; }
.about { font-size: .875rem; color: var(--soft); padding: .25rem 0; overflow-wrap: anywhere; }
.about strong { color: var(--ink); }
.paragraph { background: var(--paragraph); } .item { background: var(--item); } .row-kind { background: var(--row); }
.footnote { background: var(--footnote); } .heading { background: var(--heading); } .out { background: var(--out); }
.mark { color: var(--soft); }
.page { margin: 1.25rem 0 .25rem; font-size: .875rem; font-weight: 600; color: var(--accent); }
.section { margin: .9rem 0 .2rem; font-weight: 600; }
@media (max-width: 40rem) { .row { grid-template-columns: minmax(0, 1fr); gap: .1rem; } }
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; font-size: 9pt; } .row { break-inside: avoid; } * { print-color-adjust: exact; } }
`;

const LEGEND = [
  ["paragraph", "paragraph"],
  ["item", "list item"],
  ["row-kind", "table row"],
  ["footnote", "footnote"],
  ["heading", "heading or lead-in"],
  ["out", "not quoted"],
] as const;

/** The page. */
export function inspectionPage(inspection: Inspection): string {
  const { document, findings } = inspection;
  const title = `How ${document.info.file} was cut`;
  const facts = factsOf(inspection).map(
    ([name, value]) => `<dt>${html(name)}</dt><dd>${html(value ?? "–")}</dd>`,
  );
  const legend = LEGEND.map(([kind, name]) => `<li class="${kind}">${html(name)}</li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${html(title)}</h1>
<dl>${facts.join("")}</dl>
${findings.length === 0 ? "" : `<ul class="findings">${findings.map((one) => `<li>${html(one)}</li>`).join("")}</ul>`}
<ul class="legend" aria-label="Colours">${legend.join("")}</ul>
<main>
${rows(inspection).join("\n")}
</main>
</body>
</html>
`;
}

function rows(inspection: Inspection): string[] {
  const { document, stretches } = inspection;
  const out: string[] = [];
  const pages = [...document.pages];
  let section = "";
  /** Bullets, numbers and white space before a stretch stand with it. */
  let before = "";
  for (const stretch of stretches) {
    while (pages[0] && pages[0].offset < stretch.end) out.push(pageRow(pages.shift()!));
    const text = document.text.slice(stretch.start, stretch.end);
    if (stretch.kind === "mark") {
      before += text;
      continue;
    }
    const own = stretch.kind === "passage" ? stretch.passage!.section.join(" › ") : section;
    if (own !== section && own !== "") out.push(`<p class="section">${html(own)}</p>`);
    section = own;
    const mark = before.trim() === "" ? "" : `<span class="mark">${html(before.trim())} </span>`;
    before = "";
    out.push(
      `<div class="row"><div class="text ${classOf(stretch)}">${mark}${html(text.trim())}</div><div class="about">${about(stretch, inspection)}</div></div>`,
    );
  }
  return out;
}

function pageRow({ page, printed }: PageStart): string {
  const name = `Page ${page}${printed && printed !== String(page) ? `, printed ${printed}` : ""}`;
  return `<p class="page">${html(name)}</p>`;
}

function classOf({ kind, passage }: Stretch): string {
  if (kind === "out") return "out";
  if (kind === "passage") return passage!.kind === "row" ? "row-kind" : passage!.kind;
  return "heading";
}

function about(stretch: Stretch, inspection: Inspection): string {
  const { kind, passage, part, parts } = stretch;
  switch (kind) {
    case "passage": {
      const [name = "", ...rest] = labelOf(passage!, inspection).split(" · ");
      const more = parts! > 1 ? ` · part ${part} of ${parts}` : "";
      return part === 1
        ? `<strong>${html(name)}</strong> · ${html(rest.join(" · "))}${more}`
        : `<strong>${html(name)}</strong> goes on${more}`;
    }
    case "leadIn":
      return "lead-in, quoted with its items";
    case "heading":
      return "heading, named as the section";
    default:
      return "in no passage";
  }
}
