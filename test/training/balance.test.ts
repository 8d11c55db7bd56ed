import { describe, expect, test } from "vitest";
import { balance, fitPropensity, strataOf, type Weighed } from "../../src/training/balance.ts";
import { seeded } from "../../src/training/random.ts";

const row = (stratum: string, group: string | null, weight = 1): Weighed => ({ stratum, group, weight });

describe("balanced weights", () => {
  test("leave nothing that can be told from what is asked for", () => {
    const rows = [
      ...Array.from({ length: 30 }, () => row("figure", "near")),
      ...Array.from({ length: 10 }, () => row("figure", null)),
      ...Array.from({ length: 10 }, () => row("reason", "near")),
      ...Array.from({ length: 30 }, () => row("reason", null)),
    ];
    const weights = balance(rows);
    const share = (stratum: string) => {
      const of = (group: string | null) =>
        rows.reduce((sum, r, i) => (r.stratum === stratum && r.group === group ? sum + weights[i]! : sum), 0);
      return of("near") / of(null);
    };
    expect(share("figure")).toBeCloseTo(1);
    expect(share("reason")).toBeCloseTo(1);
  });

  test("leave answerable questions as they are", () => {
    expect(balance([row("a", null, 0.4), row("b", null, 2), row("a", "near")]).slice(0, 2)).toEqual([0.4, 2]);
  });

  test("never let a few examples speak for many", () => {
    const rows = [
      row("rare", "near"),
      ...Array.from({ length: 1000 }, () => row("rare", null)),
      ...Array.from({ length: 1000 }, () => row("common", "near")),
      row("common", null),
    ];
    const weights = balance(rows);
    expect(weights[0]).toBe(8);
    expect(weights.at(-2)).toBe(1 / 8);
  });
});

describe("the propensity", () => {
  const passage = { report: "r", paragraph: "1", answer: "" };
  const queries = Array.from({ length: 30 }, (_, i) => ({
    ...passage,
    direct: `Is the plan number ${i} good?`,
    lay: `do they like plan ${i}?`,
    near_misses: [`What did plan ${i} cost?`],
  }));
  const propensity = fitPropensity(queries, seeded(1));

  test("is higher for what sounds like a near miss", () => {
    expect(propensity("What did it cost?")).toBeGreaterThan(propensity("Is the plan good?"));
  });

  test("falls into ten strata of one size", () => {
    const strata = strataOf(Array.from({ length: 100 }, (_, i) => i));
    expect(new Set(strata).size).toBe(10);
    expect(strata.filter((stratum) => stratum === "3")).toHaveLength(10);
  });
});
