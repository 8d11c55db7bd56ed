import { expect, test } from "vitest";
import { comparesNationally, findAnswers, givesSharesOnly } from "../../src/retrieval/evidence.ts";

test.each([
  "This is above the national average.",
  "It is higher than in statistical neighbours.",
  "The rate in England is 42%.",
  "The county is in the top 25 per cent of local authorities.",
  "Other authorities do it faster.",
])("a comparison with the country or with other authorities: %s", (text) => {
  expect(comparesNationally(text)).toBe(true);
});

test.each([
  "It is the duty of local authorities to visit.",
  "He came from another country.",
  "Neighbours complained of the noise.",
])("no such comparison: %s", (text) => {
  expect(comparesNationally(text)).toBe(false);
});

test.each([
  ["The inspection took place in January 2019.", ["January 2019"]],
  ["It lasted from March 4 to 15 March 2024.", ["March 4", "15 March 2024"]],
  ["On 1st May, 2014 it began.", ["1st May, 2014"]],
  ["Under the Education and Inspections Act 2006 it was done in 2014.", ["2014"]],
])("dates: %s", (text, dates) => {
  expect(findAnswers(text, "date").map(({ start, end }) => text.slice(start, end))).toEqual(dates);
});

test.each([
  ["One in seven councils failed: 20 of them.", ["20"]],
  ["It is 12 in all; two in every five wards of 30 have it.", ["12", "30"]],
  ["There are currently no children in hotels, and none of the six was.", ["no", "none", "six"]],
  ["There is no evidence that no child was seen.", []],
  ["There are no clear data on how many go missing, and there were no more than 12.", ["12"]],
])("numbers that count: %s", (text, numbers) => {
  expect(findAnswers(text, "number").map(({ start, end }) => text.slice(start, end))).toEqual(numbers);
});

test.each([
  ["67% live with foster carers, and 10 per cent in homes.", true],
  ["205 (42%) live out of county.", false],
  ["Nearly all live with foster carers.", false],
])("gives shares and no count: %s", (text, only) => {
  expect(givesSharesOnly(text)).toBe(only);
});
