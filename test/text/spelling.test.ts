import { expect, test } from "vitest";
import { county, distance, mend } from "../../src/text/spelling.ts";

const KNOWN = new Map([
  ["safeguarding", 40],
  ["adoption", 20],
  ["adaption", 3],
  ["care", 90],
  ["cart", 1],
  ["carer", 30],
  ["foster", 25],
  ["2014", 9],
]);

test("edits are counted as in the textbooks, two letters changing places as one", () => {
  expect(distance("kitten", "sitting", 9)).toBe(3);
  expect(distance("saturday", "sunday", 9)).toBe(3);
  expect(distance("ab", "ba", 9)).toBe(1);
  // Optimal string alignment edits no stretch twice; unrestricted Damerau-Levenshtein would be 2.
  expect(distance("ca", "abc", 9)).toBe(3);
  expect(distance("", "abc", 9)).toBe(3);
  expect(distance("same", "same", 0)).toBe(0);
});

test("counting stops above the limit", () => {
  expect(distance("kitten", "sitting", 2)).toBe(3);
  expect(distance("aaaaaaaa", "zzzzzzzz", 1)).toBe(2);
});

test("the nearest known word was meant", () => {
  expect(mend("safegaurding", KNOWN)).toBe("safeguarding");
  expect(mend("safegardin", KNOWN)).toBe("safeguarding");
  expect(mend("fostr", KNOWN)).toBe("foster");
});

test("of words as near, the commoner was meant", () => {
  expect(mend("adiption", KNOWN)).toBe("adoption");
});

test("short words, numbers and words near none stay as they are", () => {
  expect(mend("caer", KNOWN)).toBeNull();
  expect(mend("cre", KNOWN)).toBeNull();
  expect(mend("2015", KNOWN)).toBeNull();
  expect(mend("aviation", KNOWN)).toBeNull();
  expect(mend("", KNOWN)).toBeNull();
});

test("another first letter costs one edit of those allowed", () => {
  expect(mend("dafeguarding", KNOWN)).toBe("safeguarding");
  expect(mend("dafegaurding", KNOWN)).toBeNull();
  expect(mend("roster", KNOWN)).toBeNull();
});

test("counties are known by their short names", () => {
  const known = ["cambridgeshire", "nottinghamshire", "camhs", "northamptonshire"];
  expect(county("cambs", known)).toBe("cambridgeshire");
  expect(county("notts", known)).toBe("nottinghamshire");
  expect(county("plans", known)).toBeNull();
  expect(county("nos", ["northamptonshire", "norfolkshire"])).toBeNull();
});
