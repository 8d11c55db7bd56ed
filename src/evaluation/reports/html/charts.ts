// Metrics -> inline SVG: what became of the questions as a stacked bar, a share with its interval, and the
// risk-coverage curve. Colours are the page's (style.ts), so that they follow dark and light.

import type { Metric, Summary } from "../../summary-schema.ts";
import { html } from "../../../text/escape-html.ts";
import { type Fate, FATES, fatesText } from "./fates.ts";

const BAR = { width: 160, height: 14 };

/** A share as a bar, with a whisker for its interval. The number stands beside it, so it's hidden from readers. */
export function bar({ value, low, high }: Metric): string {
  const x = (share: number): string => (share * BAR.width).toFixed(1);
  const middle = BAR.height / 2;
  const whisker =
    low === null || high === null
      ? ""
      : `<path class="whisker" d="M${x(low)} ${middle}H${x(high)}M${x(low)} 3V${BAR.height - 3}M${x(high)} 3V${BAR.height - 3}"/>`;
  return (
    `<svg class="bar" viewBox="0 0 ${BAR.width} ${BAR.height}" aria-hidden="true">` +
    `<rect class="track" width="${BAR.width}" height="${BAR.height}" rx="2"/>` +
    `<rect class="fill" width="${x(Math.max(0, value))}" height="${BAR.height}" rx="2"/>${whisker}</svg>`
  );
}

/** What became of the questions, as one bar in parts; empty without any that is scored. */
export function stackedBar(counts: Readonly<Record<Fate, number>>): string {
  const all = FATES.reduce((sum, fate) => sum + counts[fate], 0);
  if (all === 0) return "";
  let x = 0;
  const parts = FATES.map((fate, i) => {
    const width = (counts[fate] / all) * BAR.width;
    const part = `<rect class="fate-${i}" x="${x.toFixed(2)}" width="${width.toFixed(2)}" height="${BAR.height}"/>`;
    x += width;
    return width === 0 ? "" : part;
  });
  return (
    `<svg class="bar" viewBox="0 0 ${BAR.width} ${BAR.height}" preserveAspectRatio="none" role="img" aria-label="${html(fatesText(counts))}">` +
    `<title>${html(fatesText(counts))}</title>${parts.join("")}</svg>`
  );
}

const CURVE = { width: 420, height: 290, left: 46, right: 22, top: 30, bottom: 46 };

/**
 * The curve with its two axes, the line of 5 % wrong, and where the bot stands: `asserted` are the questions
 * that it answers without doubt.
 */
export function riskCoverageCurve(
  points: Summary["riskCoverage"],
  asserted: { readonly coverage: number; readonly risk: number } | null,
): string {
  const last = points.at(-1);
  if (last === undefined) return "";
  const { width, height, left, right, top, bottom } = CURVE;
  const highest = Math.min(1, Math.ceil(Math.max(0.1, ...points.map(({ risk }) => risk)) * 10) / 10);
  const x = (coverage: number): number => left + coverage * (width - left - right);
  const y = (risk: number): number => height - bottom - (risk / highest) * (height - top - bottom);
  const at = (coverage: number, risk: number): string => `${x(coverage).toFixed(1)} ${y(risk).toFixed(1)}`;
  const label = (px: number, py: number, anchor: string, text: string, kind = ""): string =>
    `<text class="${kind}" x="${px.toFixed(1)}" y="${py.toFixed(1)}" text-anchor="${anchor}">${html(text)}</text>`;
  const dot = (coverage: number, risk: number): string =>
    `<circle class="end" cx="${x(coverage).toFixed(1)}" cy="${y(risk).toFixed(1)}" r="4.5"/>`;
  const step = highest > 0.5 ? 0.2 : 0.1;
  const rows = Array.from({ length: Math.round(highest / step) + 1 }, (_, i) => i * step);
  const grid = rows
    .map(
      (risk) =>
        `<path class="grid" d="M${at(0, risk)}H${x(1).toFixed(1)}"/>` +
        label(left - 8, y(risk) + 4, "end", percent(risk)),
    )
    .join("");
  const columns = [0, 0.25, 0.5, 0.75, 1]
    .map((coverage) => label(x(coverage), height - bottom + 18, "middle", percent(coverage)))
    .join("");
  const five = `<path class="limit" d="M${at(0, 0.05)}H${x(1).toFixed(1)}"/>${label(x(1), y(0.05) - 5, "end", "5 % wrong", "limit")}`;
  const line = points.map(({ coverage, risk }, i) => `${i === 0 ? "M" : "L"}${at(coverage, risk)}`).join("");
  const now =
    asserted === null
      ? ""
      : dot(asserted.coverage, asserted.risk) +
        label(x(asserted.coverage) - 9, y(asserted.risk) - 7, "end", "asserted now");
  const description =
    `${percent(last.risk)} are wrong when everything is answered` +
    (asserted === null
      ? "."
      : `, ${percent(asserted.risk)} of the ${percent(asserted.coverage)} that are asserted now.`);
  return (
    `<svg class="curve" viewBox="0 0 ${width} ${height}" role="img" aria-label="Risk-coverage curve: ${description}">` +
    `${grid}${columns}${five}<path class="line" d="${line}"/>${dot(1, last.risk)}${now}` +
    label((left + width - right) / 2, height - 6, "middle", "Coverage: the most confident share") +
    label(8, 14, "start", "Risk: the share of it that is wrong") +
    `</svg>`
  );
}

export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
