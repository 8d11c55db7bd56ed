// The report's style sheet: light and dark by the reader's setting, narrow and wide, screen and paper.
// All colours are the variables at its top.

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --raised: #f5f6f8; --ink: #1c2128; --soft: #57606a; --rule: #d0d7de;
  --accent: #0b5cad; --track: #e3e7ec; --good: #176b34; --bad: #b3201b; --warn: #8a5300; --mark: #ffe58a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181d; --raised: #1e232a; --ink: #e6e9ed; --soft: #a3adb9; --rule: #3a424c;
    --accent: #6cb2ff; --track: #2f3740; --good: #63c785; --bad: #ff8f87; --warn: #e6b04f; --mark: #6b5600;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
h4 { margin: 0 0 .4rem; font-size: .9rem; color: var(--soft); }
p { margin: .25rem 0; }
.note, .place, footer, caption { color: var(--soft); font-size: .875rem; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.tiles li { padding: .75rem .9rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 6px; }
.tiles .value { display: block; font-size: 1.6rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .about { display: block; color: var(--soft); font-size: .8125rem; line-height: 1.35; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; padding-bottom: .4rem; }
th, td { padding: .35rem .6rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg.bar { display: block; margin-top: .25rem; }
.track { fill: var(--track); } .fill { fill: var(--accent); fill-opacity: .55; }
.whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
figure { margin: 0; } figcaption { color: var(--soft); font-size: .875rem; }
svg.curve { display: block; width: 100%; max-width: 44rem; height: auto; }
.curve text { fill: var(--soft); font-size: 13px; } .curve text.limit { fill: var(--warn); }
.grid { stroke: var(--rule); fill: none; } .limit { stroke: none; } path.limit { stroke: var(--warn); stroke-dasharray: 5 4; fill: none; }
.line { stroke: var(--accent); stroke-width: 2.5; fill: none; } .end { fill: var(--accent); }
form { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; padding: .9rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 6px; }
label { display: grid; grid-template-columns: minmax(0, 1fr); gap: .2rem; max-width: 100%; font-size: .8125rem; color: var(--soft); }
select, input, button { font: inherit; font-size: .9375rem; min-height: 2.25rem; max-width: 100%; padding: .25rem .5rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; }
button { cursor: pointer; padding-inline: .9rem; }
#count { margin: .75rem 0; }
details.question { border: 1px solid var(--rule); border-radius: 6px; margin: .5rem 0; }
details.question > summary { padding: .55rem .8rem; cursor: pointer; overflow-wrap: anywhere; }
details.question[open] > summary { border-bottom: 1px solid var(--rule); }
.badge { display: inline-block; min-width: 5.6rem; font-weight: 600; }
.badge.right { color: var(--good); } .badge.wrong { color: var(--bad); } .badge.refused { color: var(--warn); } .badge.unscored { color: var(--soft); }
.id { color: var(--soft); font-size: .875rem; margin-right: .4rem; }
.body { padding: .7rem .9rem 1rem; }
.why { font-weight: 600; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1rem 1.5rem; margin: .5rem 0; }
blockquote { margin: 0 0 .6rem; padding: .1rem 0 .1rem .8rem; border-left: 3px solid var(--rule); overflow-wrap: anywhere; }
blockquote p { white-space: pre-line; }
mark { background: var(--mark); color: inherit; font-weight: 600; padding: 0 .1em; border-radius: 2px; }
.ranking summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
tr.is-right td { background: color-mix(in srgb, var(--good) 12%, transparent); }
[hidden] { display: none !important; }
@media print {
  :root { color-scheme: light; --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #0b5cad;
    --track: #e3e7ec; --good: #176b34; --bad: #b3201b; --warn: #8a5300; --mark: #ffe58a;
    font-size: 10pt; }
  body { max-width: none; padding: 0; }
  form, #count { display: none; }
  table { font-size: 8pt; } th, td { padding: .2rem .35rem; } svg.bar { width: 90px; }
  .wide { overflow: visible; }
  details.ranking { display: none; }
  blockquote, .tiles li, tr, figure, summary { break-inside: avoid; }
  details.question > summary { break-after: avoid; }
  h2 { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
