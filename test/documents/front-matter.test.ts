import { describe, expect, test } from "vitest";
import { isPartialDate, parseDate, parseDateRange } from "../../src/documents/dates.ts";
import { decodeText } from "../../src/documents/decode.ts";
import { readMetadata } from "../../src/documents/metadata.ts";
import { parseSources } from "../../src/documents/sources.ts";
import { UserError } from "../../src/errors.ts";

describe("bytes become text", () => {
  test.each([
    ["UTF-8", Buffer.from("café – £5")],
    ["UTF-8 with a byte order mark", Buffer.from("\ufeffcafé – £5")],
    ["UTF-16, little end first", Buffer.from("\ufeffcafé – £5", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\ufeffcafé – £5", "utf16le").swap16()],
    ["Windows-1252", Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0x96, 0x20, 0xa3, 0x35])],
  ])("from %s", (_, bytes) => {
    expect(decodeText(bytes, "a.txt")).toBe("café – £5");
  });

  test.each([
    ["zero bytes", [104, 0, 105]],
    ["many control characters", [1, 2, 3, 4, 104, 105]],
  ])("but not from %s", (_, bytes) => {
    expect(() => decodeText(Uint8Array.from(bytes), "a.txt")).toThrow(/^a\.txt: this is not a text file/);
  });
});

describe("dates", () => {
  test.each([
    ["Report published: 8 August 2014", "2014-08-08"],
    ["the 1st of September, 2015", "2015-09-01"],
    ["March 5, 2024", "2024-03-05"],
    ["in Sept. 2019", "2019-09"],
    ["since 2012", "2012"],
    ["30 children", undefined],
  ])("%s", (text, date) => {
    expect(parseDate(text)).toBe(date);
  });

  test.each([
    ["7 to 18 October 2024", "2024-10-07", "2024-10-18"],
    ["9–24 November 2017", "2017-11-09", "2017-11-24"],
    ["22 April to 3 May 2024", "2024-04-22", "2024-05-03"],
    ["14 January 2014- 5 February 2014", "2014-01-14", "2014-02-05"],
    ["11 December to 5 January 2015", "2014-12-11", "2015-01-05"],
    ["19 November-11 December 2013 and 28 – 30 January 2014", "2013-11-19", "2014-01-30"],
    ["5 June 2014", "2014-06-05", "2014-06-05"],
    ["June 2014", "2014-06", "2014-06"],
  ])("a range: %s", (text, from, to) => {
    expect(parseDateRange(text)).toEqual({ from, to });
  });

  test.each(["12/09/2016 to 06/10/2016", "the spring", "3 to 5 children", "30 June 2014 to 2 June 2014"])(
    "no range that is sure: %s",
    (text) => {
      expect(parseDateRange(text)).toBeUndefined();
    },
  );
});

describe("a report's cover", () => {
  test("names the authority above the inspection", () => {
    const cover =
      "Anyshire County Council\n\nInspection of services for children¹\n\nInspection date: 3 June 2014 – 25 June 2014\n\nReport published: 8 August 2014\n";
    expect(readMetadata(cover)).toEqual({
      title: "Anyshire County Council: Inspection of services for children",
      authority: "Anyshire County Council",
      published: "2014-08-08",
      inspected: { from: "2014-06-03", to: "2014-06-25" },
      kind: "inspection report",
    });
  });

  test("names it under the inspection", () => {
    expect(readMetadata("Inspection of looked after children services\n\nAnyshire County Council\n")).toEqual(
      {
        title: "Anyshire County Council: Inspection of looked after children services",
        authority: "Anyshire County Council",
        kind: "inspection report",
      },
    );
  });

  test.each([
    ["Inspection of Anyshire local authority children’s services", "Anyshire"],
    ["Inspection of the Isle of Any local authority children's services", "Isle of Any"],
    ["Inspection of Anyshire County Council children’s services", "Anyshire County Council"],
  ])("names it within: %s", (title, authority) => {
    expect(readMetadata(`${title}\n\nInspection dates: 7 to 18 October 2024\n`)).toMatchObject({
      title,
      authority,
    });
  });

  test("does not name what it does not say", () => {
    expect(
      readMetadata("Inspection of children’s social care services\n\nWords.\n").authority,
    ).toBeUndefined();
    expect(readMetadata("A sentence is no title.\n\nWords.\n")).toEqual({});
    expect(readMetadata("A headline\n\nPublished: in the spring\n")).toEqual({ title: "A headline" });
  });

  test("is Ofsted’s where Ofsted says so of itself, not where others speak of it", () => {
    const own =
      "Title\n\nThe Office for Standards in Education, Children’s Services and Skills (Ofsted) regulates and inspects to achieve excellence.\n";
    expect(readMetadata(own).publisher).toBe("Ofsted");
    expect(readMetadata("Title\n\nOfsted regulates and inspects.\n").publisher).toBeUndefined();
  });

  test("may give its dates in figures where one of them shows which is the day", () => {
    const cover = (dates: string, published: string) =>
      readMetadata(
        `Anyshire\n\nReinspection of services\n\nInspection date: ${dates}\nReport published: ${published}\n`,
      );
    expect(cover("12/09/2016 to 06/10/2016", "25/11/2016")).toMatchObject({
      inspected: { from: "2016-09-12", to: "2016-10-06" },
      published: "2016-11-25",
    });
    expect(cover("12/09/2016 to 06/10/2016", "11/11/2016")).not.toHaveProperty("inspected");
    expect(cover("12/09/2016 to 06/10/2016", "11/25/2016")).not.toHaveProperty("published");
  });

  test("of a newspaper has a date line", () => {
    expect(readMetadata("A headline\n\n5 March 2024, 10:30\n\nWords.\n").published).toBe("2024-03-05");
  });
});

describe("sources.json", () => {
  const read = (content: string) => parseSources(content, "corpus");

  test("may be absent or empty", () => {
    expect([read(""), read(" \n")]).toEqual([new Map(), new Map()]);
  });

  test("gives each file its metadata; rights are for people", () => {
    const sources = read(
      '{"documents": {"a.txt": {"title": "A", "published": "2014-08", "rights": "Theirs."}}}',
    );
    expect(sources.get("a.txt")).toEqual({ title: "A", published: "2014-08" });
  });

  test.each([
    ["no JSON", "{", /sources\.json: is not valid JSON/],
    ["an unknown key", '{"documents": {"a.txt": {"author": "A"}}}', /sources\.json: documents › a\.txt/],
    [
      "a date of another form",
      '{"documents": {"a.txt": {"published": "8/8/14"}}}',
      /published: must be a date such as "2014", "2014-08" or "2014-08-08", not "8\/8\/14"\. Mend that entry/,
    ],
    [
      "a day that no calendar has",
      '{"documents": {"a.txt": {"inspected": {"from": "2014-02-31", "to": "2014-03"}}}}',
      /a\.txt › inspected › from: must be a date .* not "2014-02-31"/,
    ],
    ["no documents", "{}", /sources\.json: documents/],
  ])("with %s is refused, and the entry named", (_, content, message) => {
    expect(() => read(content)).toThrow(UserError);
    expect(() => read(content)).toThrow(message);
  });
});

test("a date as far as it is known is one of the calendar", () => {
  for (const date of ["2014", "2014-02", "2014-02-28", "2024-02-29"]) expect(isPartialDate(date)).toBe(true);
  for (const date of [
    "",
    "14",
    "2014-2",
    "2014-13",
    "2014-00",
    "2014-02-30",
    "2023-02-29",
    "2014-08-08T00",
    "8 August 2014",
  ])
    expect(isPartialDate(date)).toBe(false);
});
