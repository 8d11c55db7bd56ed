import { expect, test } from "vitest";
import { acronymsIn, affectedBy, aliases, findAcronyms, findExplanation } from "../../src/text/acronyms.ts";

const read = (...texts: string[]) => findAcronyms(texts.flatMap(acronymsIn));
const found = (...texts: string[]) => Object.fromEntries(read(...texts));

test("an abbreviation in brackets stands for the words before it whose first letters spell it", () => {
  expect(
    found("Calls go to the Integrated Access Team (IAT), or to the Multi-Agency Safeguarding Hub (MASH)."),
  ).toEqual({ IAT: ["Integrated Access Team"], MASH: ["Multi-Agency Safeguarding Hub"] });
});

test("small words may be skipped, and a plural s is no letter", () => {
  expect(found("young people not in education, employment or training (NEET)")).toEqual({
    NEET: ["not in education, employment or training"],
  });
  expect(found("the Director of Children and Families (DCF)")).toEqual({
    DCF: ["Director of Children and Families"],
  });
  expect(found("Independent Reviewing Officers (IROs)")).toEqual({
    IROs: ["Independent Reviewing Officers"],
  });
});

test("brackets that spell nothing before them are left alone", () => {
  expect(found("The council (OK) and its plans (2014) and the team (iat) and one Team (T)")).toEqual({});
});

test("where an abbreviation is spelled out is found, in small letters and in the plural too", () => {
  const text = "They work with the Independent  Reviewing Officers (IROs), and the IAT.";
  for (const short of ["IRO", "iros", "IROs"]) {
    const span = findExplanation(text, short)!;
    expect(text.slice(span.start, span.end)).toBe("Independent  Reviewing Officers");
  }
  const camhs = "the Child and Adolescent Mental Health Service (CAMHS) and Deprivation of Liberty (DoL)";
  for (const short of ["CAMHS", "camhs", "Camhs", "dol", "DoLs", "dols"])
    expect([short, findExplanation(camhs, short)]).not.toContain(null);
  expect(findExplanation(text, "IAT")).toBeNull();
  expect(findExplanation(text, "RO")).toBeNull();
});

test("two readings are kept in order of mention, the same one once", () => {
  expect(
    found("the Local Board (LB)", "the local board (LB)", "a Lead Broker (LB) and the Local Board (LB)"),
  ).toEqual({ LB: ["Local Board", "Lead Broker"] });
});

test("a text gets the abbreviations of what it spells out, and the other way round", () => {
  const also = aliases(read("the Integrated Access Team (IAT)", "Care Orders (COs)"));
  expect(also("Ask the IAT.")).toBe("integrated access team");
  expect(also("The integrated access team answers.")).toBe("IAT");
  expect(also("The Integrated Access Team (IAT) answers.")).toBe("");
  expect(also("Two COs, one CO.")).toBe("care orders");
  expect(also("VIATOR, iat")).toBe("");
});

test("what else a text is found by doesn't depend on which document comes first", () => {
  const texts = ["the Integrated Access Team (IAT)", "Care Orders (COs)", "the Hackney Model (HM)"];
  const asked = "an IAT, an HM and two COs";
  expect(aliases(read(...texts))(asked)).toBe("care orders hackney model integrated access team");
  expect(aliases(read(...texts.toReversed()))(asked)).toBe(aliases(read(...texts))(asked));
});

test("only texts with an abbreviation that came, went or changed are affected, short or spelled out", () => {
  const before = read("the Integrated Access Team (IAT)", "Care Orders (COs)");
  const now = read("the Integrated Access Team (IAT)", "Care Orders (COs)", "the Hackney Model (HM)");
  for (const isAffected of [affectedBy(before, now), affectedBy(now, before)]) {
    expect(isAffected!("the HM works")).toBe(true);
    expect(isAffected!("the hackney model works")).toBe(true);
    expect(isAffected!("the IAT and one CO")).toBe(false);
  }
  expect(affectedBy(now, now)).toBeNull();
  const other = read(
    "the Internal Audit Team (IAT)",
    "the Integrated Access Team (IAT)",
    "Care Orders (COs)",
  );
  expect(affectedBy(before, other)!("the IAT works")).toBe(true);
});

test("a long run of letters takes no long time", () => {
  const started = performance.now();
  expect(found("a".repeat(200_000))).toEqual({});
  expect(found(`${"word ".repeat(40_000)}(IAT)`)).toEqual({});
  expect(performance.now() - started).toBeLessThan(2_000);
});
