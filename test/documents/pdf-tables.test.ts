import { describe, expect, test } from "vitest";
import { PAGE, write } from "../fakes/pdf.ts";
import { blocksOf, prose, read } from "./pdf-room.ts";

describe("lists", () => {
  test("bullets become `- `, and those inside another list stand two spaces deeper", async () => {
    const { text } = await read(
      write()
        .paragraph("The proportion of children entitled to free school meals:", { mark: "•" })
        .paragraph("in primary schools is 14%", { x: 113, mark: "–" })
        .paragraph("in secondary schools is 11%.", { x: 113, mark: "–" })
        .paragraph(prose(3), { mark: "•" }),
    );
    expect(text.split("\n")).toEqual([
      "- The proportion of children entitled to free school meals:",
      "  - in primary schools is 14%",
      "  - in secondary schools is 11%.",
      `- ${prose(3)}`,
      "",
    ]);
  });

  test("a list goes on inside on the next page", async () => {
    const { text } = await read(
      write(700)
        .paragraph("Of this number:", { mark: "•" })
        .paragraph("138 live outside the area", { x: 113, mark: "–" }),
      write().paragraph("46 live in children’s homes.", { x: 113, mark: "–" }),
    );
    expect(text).toBe("- Of this number:\n  - 138 live outside the area\n  - 46 live in children’s homes.\n");
  });

  test("letters in brackets are marks that stay", async () => {
    const { text } = await read(
      write().paragraph("Leaders listen.", { mark: "(a)" }).paragraph("They act.", { mark: "(b)" }),
    );
    expect(text).toBe("- (a) Leaders listen.\n- (b) They act.\n");
  });

  test("items whose bullets were not painted are told by where they stand", async () => {
    const { text } = await read(
      write()
        .paragraph("The proportion of children with English as an additional language:", { mark: "•" })
        .paragraph("in primary schools is 8%", { x: 150 })
        .paragraph("in secondary schools is 6%.", { x: 150 })
        .paragraph(prose(2), { mark: "•" }),
    );
    expect(text.split("\n").slice(1, 3)).toEqual([
      "  - in primary schools is 8%",
      "  - in secondary schools is 6%.",
    ]);
  });
});

describe("tables of judgements", () => {
  const rows = [
    "Judgement\tGrade",
    "The impact of leaders on social work practice with children and families\tGood",
    "The experiences and progress of care leavers\tRequires improvement to be good",
    "Overall effectiveness\tGood",
  ];

  test("are rows of criterion and grade, though cells wrap", async () => {
    const { text } = await read(
      write()
        .paragraph(prose(3))
        .line([
          [79, "Judgement"],
          [330, "Grade"],
        ])
        .line(
          [
            [79, "The impact of leaders on social work"],
            [330, "Good"],
          ],
          14.4,
        )
        .line([[79, "practice with children and families"]])
        .line(
          [
            [79, "The experiences and progress of care"],
            [330, "Requires improvement"],
          ],
          14.4,
        )
        .line([
          [79, "leavers"],
          [330, "to be good"],
        ])
        .line([
          [79, "Overall effectiveness"],
          [330, "Good"],
        ])
        .paragraph(prose(2, 4)),
    );
    expect(blocksOf(text)).toEqual([prose(3), rows.join("\n"), prose(2, 4)]);
  });

  test("the grade may stand in the middle of its row", async () => {
    const { text } = await read(
      write()
        .paragraph(prose(3))
        .line([
          [79, "Judgement"],
          [330, "Grade"],
        ])
        .line([[79, "The impact of leaders on social work"]], 7.2)
        .line([[330, "Good"]], 7.2)
        .line([[79, "practice with children and families"]])
        .line([[330, "Requires improvement"]], 7.2)
        .line([[79, "The experiences and progress of care leavers"]], 7.2)
        .line([[330, "to be good"]])
        .line([
          [79, "Overall effectiveness"],
          [330, "Good"],
        ])
        .paragraph(prose(2, 4)),
    );
    expect(blocksOf(text)).toEqual([prose(3), rows.join("\n"), prose(2, 4)]);
  });

  test("numbers before the criteria belong to them", async () => {
    const { text } = await read(
      write()
        .paragraph(prose(3))
        .line([
          [71, "1."],
          [89, "Children who need help"],
          [388, "Good"],
        ])
        .line([
          [119, "2.1"],
          [150, "Adoption performance"],
          [388, "Good"],
        ])
        .line([
          [71, "3."],
          [89, "Leadership"],
          [388, "Inadequate"],
        ])
        .paragraph(prose(2, 4)),
    );
    expect(blocksOf(text)[1]).toBe(
      "1. Children who need help\tGood\n2.1 Adoption performance\tGood\n3. Leadership\tInadequate",
    );
  });

  test("the overall judgement above them is a line of theirs", async () => {
    const { text } = await read(
      write()
        .paragraph("Children’s services in Anyshire are good", { bold: true, size: 14 })
        .line([
          [71, "1. Children who need help"],
          [388, "Good"],
        ])
        .line([
          [71, "2. Children looked after"],
          [388, "Good"],
        ])
        .paragraph(prose(3)),
    );
    expect(blocksOf(text)[0]).toBe(
      "Children’s services in Anyshire are good\n1. Children who need help\tGood\n2. Children looked after\tGood",
    );
  });

  test("a heading with its grade beside it is a heading", async () => {
    const { text } = await read(
      write()
        .paragraph(prose(3))
        .runs(
          { text: "The experiences and progress of children", x: 71, y: 200, size: 14, bold: true },
          { text: "Good", x: 420, y: 208, size: 14, bold: true },
          { text: "looked after", x: 71, y: 217, size: 14, bold: true },
          ...write(260).paragraph(prose(2, 4)).page,
        ),
    );
    expect(blocksOf(text)[1]).toBe("# The experiences and progress of children looked after Good");
  });
});

test("a label and its value are read along the line", async () => {
  const { text } = await read(
    write()
      .line([
        [PAGE.x, "Inspection dates:"],
        [220, "8 – 12 July 2013"],
      ])
      .line([
        [PAGE.x, "Reporting inspector"],
        [220, "Gary Lamb HMI"],
      ])
      .line([
        [PAGE.x, "Published:"],
        [220, "16 August 2013"],
      ])
      .paragraph(prose(2)),
  );
  expect(text).toContain("Inspection dates: 8 – 12 July 2013\n");
  expect(text).toContain("Published: 16 August 2013\n");
});

test("words that stand apart by chance are no table", async () => {
  const { text } = await read(
    write()
      .paragraph(prose(2))
      .line([
        [PAGE.x, "Team inspectors: Ann Lee,"],
        [300, "Bob Day and Cas Orr"],
      ])
      .paragraph(prose(2, 3)),
  );
  expect(blocksOf(text)[1]).toBe("Team inspectors: Ann Lee, Bob Day and Cas Orr");
});

test("a table of contents is rows that end in page numbers, though titles wrap", async () => {
  const { text } = await read(
    write()
      .heading("Contents", 20)
      .line([[PAGE.x, "Executive summary .................... 2"]])
      .line([
        [PAGE.x, "The local authority"],
        [510, "5"],
      ])
      .line([[PAGE.x, "The experiences and progress of children who need help and"]], 14.4)
      .line([
        [PAGE.x, "protection"],
        [504, "10"],
      ])
      .line([[PAGE.x, "Information about this inspection 43"]]),
    write().paragraph(prose(3)),
  );
  expect(blocksOf(text)).toEqual([
    "Contents",
    [
      "Executive summary\t2",
      "The local authority\t5",
      "The experiences and progress of children who need help and protection\t10",
      "Information about this inspection\t43",
    ].join("\n"),
    prose(3),
  ]);
});
