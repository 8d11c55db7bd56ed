// Metrics -> inline SVG: a bar with its interval, and the risk-coverage curve. Colours are the page's
// (style.ts), so that they follow dark and light.

import type { Metric, Summary } from "../../summary-schema.ts";
import { html } from "../../../text/escape-html.ts";

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
    `<svg class="bar" viewBox="0 0 ${BAR.width} ${BAR.height}" width="${BAR.width}" height="${BAR.height}" aria-hidden="true">` +
    `<rect class="track" width="${BAR.width}" height="${BAR.height}" rx="2"/>` +
    `<rect class="fill" width="${x(Math.max(0, value))}" height="${BAR.height}" rx="2"/>${whisker}</svg>`
  );
}

const CURVE = { width: 640, height: 300, left: 52, right: 90, top: 30, bottom: 44 };

/** The curve with its two axes, the line of 5 % wrong, and the risk of answering everything. */
export function riskCoverageCurve(points: Summary["riskCoverage"]): string {
  const last = points.at(-1);
  if (last === undefined) return "";
  const { width, height, left, right, top, bottom } = CURVE;
  const highest = Math.min(1, Math.ceil(Math.max(0.1, ...points.map(({ risk }) => risk)) * 10) / 10);
  const x = (coverage: number): number => left + coverage * (width - left - right);
  const y = (risk: number): number => height - bottom - (risk / highest) * (height - top - bottom);
  const at = (coverage: number, risk: number): string => `${x(coverage).toFixed(1)} ${y(risk).toFixed(1)}`;
  const label = (px: number, py: number, anchor: string, text: string, kind = ""): string =>
    `<text class="${kind}" x="${px.toFixed(1)}" y="${py.toFixed(1)}" text-anchor="${anchor}">${html(text)}</text>`;
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
  const five = `<path class="limit" d="M${at(0, 0.05)}H${x(1).toFixed(1)}"/>${label(x(1) + 8, y(0.05) + 4, "start", "5 % wrong", "limit")}`;
  const line = points.map(({ coverage, risk }, i) => `${i === 0 ? "M" : "L"}${at(coverage, risk)}`).join("");
  // Where the end of the curve is near the limit's label, the two would overlap.
  const apart = Math.abs(y(last.risk) - y(0.05)) < 16 ? y(0.05) - 14 : y(last.risk) + 4;
  const description = `Risk is ${percent(last.risk)} when everything is answered.`;
  return (
    `<svg class="curve" viewBox="0 0 ${width} ${height}" role="img" aria-label="Risk-coverage curve. ${description}">` +
    `${grid}${columns}${five}<path class="line" d="${line}"/>` +
    `<circle class="end" cx="${x(1).toFixed(1)}" cy="${y(last.risk).toFixed(1)}" r="4"/>` +
    label(x(1) + 8, apart, "start", `${percent(last.risk)} of all`) +
    label(
      (left + width - right) / 2,
      height - 6,
      "middle",
      "Coverage: the most confident share that is answered",
    ) +
    label(8, 14, "start", "Risk: the share of it that is wrong") +
    `</svg>`
  );
}

export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
