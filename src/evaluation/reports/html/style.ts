// The report's style sheet: light and dark by the reader's setting, narrow and wide, screen and paper.
// All colours are the variables at its top.

export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fff; --raised: #f5f6f8; --ink: #1c2128; --soft: #57606a; --rule: #d0d7de;
  --accent: #0b5cad; --track: #e3e7ec; --good: #176b34; --bad: #b3201b; --warn: #8a5300; --mark: #ffe58a;
  --fate-0: #2e8b57; --fate-1: #9bd3b0; --fate-2: #c9ced6; --fate-3: #f0b38a; --fate-4: #c8443c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181d; --raised: #1e232a; --ink: #e6e9ed; --soft: #a3adb9; --rule: #3a424c;
    --accent: #6cb2ff; --track: #2f3740; --good: #63c785; --bad: #ff8f87; --warn: #e6b04f; --mark: #6b5600;
    --fate-0: #3fa56b; --fate-1: #245c3b; --fate-2: #59626d; --fate-3: #8a5330; --fate-4: #d9574e;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; }
h3 { margin: 0 0 .4rem; font-size: .9rem; color: var(--soft); }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.note, .place, footer { color: var(--soft); font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.overview { margin-top: 1.25rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9375rem; }
.key { display: inline-block; width: .8rem; height: .8rem; margin-right: .3rem; border-radius: 2px; }
.fate-0 { fill: var(--fate-0); background: var(--fate-0); } .fate-1 { fill: var(--fate-1); background: var(--fate-1); }
.fate-2 { fill: var(--fate-2); background: var(--fate-2); } .fate-3 { fill: var(--fate-3); background: var(--fate-3); }
.fate-4 { fill: var(--fate-4); background: var(--fate-4); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.tiles li { padding: .6rem .8rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 6px; }
.tiles .value { display: block; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.tiles .about { display: block; color: var(--soft); font-size: .8125rem; line-height: 1.35; }
.tiles .interval { display: block; font-size: .8125rem; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
.breakdown th:first-child { min-width: 7rem; }
th, td { padding: .35rem .5rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
th { font-weight: 600; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
svg.bar { display: block; width: 110px; height: 14px; margin-top: .25rem; border-radius: 2px; }
.overview svg.bar { width: 100%; height: 1.5rem; margin: 0; border-radius: 4px; }
.track { fill: var(--track); } .fill { fill: var(--accent); fill-opacity: .55; }
.whisker { stroke: var(--ink); stroke-width: 1.5; fill: none; }
.pick { min-height: 0; padding: 0; border: 0; background: none; color: var(--accent); font: inherit; text-align: left; text-decoration: underline; text-underline-offset: 3px; overflow-wrap: break-word; }
figure { display: flex; flex-wrap: wrap; gap: 1rem 2rem; align-items: center; margin: 0; }
figcaption { flex: 1 1 16rem; color: var(--soft); font-size: .9375rem; } figcaption p + p { margin-top: .6rem; }
svg.curve { display: block; flex: 0 1 32rem; min-width: 0; width: 100%; height: auto; }
.curve text { fill: var(--soft); font-size: 12.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; } .curve text.limit { fill: var(--warn); }
.grid { stroke: var(--rule); fill: none; } .limit { stroke: none; } path.limit { stroke: var(--warn); stroke-dasharray: 5 4; fill: none; }
.line { stroke: var(--accent); stroke-width: 2.2; fill: none; } .end { fill: var(--accent); }
form { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; padding: .9rem; background: var(--raised); border: 1px solid var(--rule); border-radius: 6px; }
label { display: grid; grid-template-columns: minmax(0, 1fr); gap: .2rem; max-width: 100%; font-size: .8125rem; color: var(--soft); }
select, input, button { font: inherit; font-size: .9375rem; min-height: 2.25rem; max-width: 100%; padding: .25rem .5rem; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: 4px; }
button { cursor: pointer; } form button { padding-inline: .9rem; }
#count { margin: .75rem 0; }
details.question { border: 1px solid var(--rule); border-radius: 6px; margin: .5rem 0; }
details.question > summary { padding: .55rem .8rem; cursor: pointer; overflow-wrap: anywhere; }
details.question[open] > summary { border-bottom: 1px solid var(--rule); }
.badge { display: inline-block; min-width: 5.6rem; font-weight: 600; }
.badge.right { color: var(--good); } .badge.wrong { color: var(--bad); } .badge.refused { color: var(--warn); } .badge.unscored { color: var(--soft); }
.change { padding: 0 .35rem; border: 1px solid; border-radius: 4px; font-size: .8125rem; } .change.won { color: var(--good); } .change.lost { color: var(--bad); }
.id { color: var(--soft); font-size: .875rem; margin-right: .4rem; }
.body { padding: .7rem .9rem 1rem; }
.why { font-weight: 600; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1rem 1.5rem; margin: .5rem 0; }
blockquote { margin: 0 0 .6rem; padding: .1rem 0 .1rem .8rem; border-left: 3px solid var(--rule); overflow-wrap: anywhere; }
blockquote p { white-space: pre-line; }
mark { background: var(--mark); color: inherit; font-weight: 600; padding: 0 .1em; border-radius: 2px; }
.reasons { margin: .6rem 0; } .families { width: auto; } .families th { font-weight: 400; }
.families td, .families th { padding: .15rem .6rem .15rem 0; border: 0; }
svg.push { display: block; width: 120px; height: 12px; margin-top: .3rem; }
.for { fill: var(--fate-4); } .against { fill: var(--fate-0); } .middle { stroke: var(--soft); }
.ranking summary { padding: .2rem 0; cursor: pointer; color: var(--soft); font-size: .9rem; }
tr.is-right td { background: color-mix(in srgb, var(--good) 12%, transparent); }
[hidden] { display: none !important; }
@media (max-width: 56rem) { .more { display: none; } }
@media (max-width: 40rem) {
  table { font-size: .8125rem; }
  body { padding-inline: .75rem; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem; }
  th, td { padding-inline: .25rem; } td svg.bar { width: 4.5rem; }
  label { flex: 1 1 8rem; } select, input { width: 100%; font-size: 1rem; min-height: 2.75rem; }
  form button { flex: 1; min-height: 2.75rem; } .pick { padding: .15rem 0; }
  details.question > summary { padding-block: .7rem; } .text { display: block; }
}
@media (max-width: 30rem) { .few { display: none; } }
@media print {
  :root { color-scheme: light; --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --rule: #bbb; --accent: #0b5cad;
    --track: #e3e7ec; --good: #176b34; --bad: #b3201b; --warn: #8a5300; --mark: #ffe58a;
    --fate-0: #2e8b57; --fate-1: #9bd3b0; --fate-2: #c9ced6; --fate-3: #f0b38a; --fate-4: #c8443c;
    font-size: 10pt; }
  body { max-width: none; padding: 0; }
  form { display: none; }
  table { font-size: 8pt; } th, td { padding: .2rem .35rem; } td svg.bar { width: 90px; }
  .pick { color: inherit; text-decoration: none; }
  .wide { overflow: visible; }
  details.ranking { display: none; }
  blockquote, .tiles li, tr, figure, summary, .reasons { break-inside: avoid; }
  details.question > summary { break-after: avoid; }
  h2, h3 { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
