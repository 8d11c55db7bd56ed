import { describe, expect, test } from "vitest";
import type { OpenIndex } from "../../src/index/open-index.ts";
import {
  authorityKey,
  authorityNames,
  isIndexed,
  placeMatch,
  placesNamed,
} from "../../src/retrieval/place.ts";
import type { Document } from "../../src/types.ts";

function document(id: string, authority: string | undefined, text = ""): Document {
  const info = { id, file: id, title: id, sha256: "", ...(authority !== undefined && { authority }) };
  return { info, text, pages: [] };
}

function indexOf(...documents: Document[]): OpenIndex {
  return { documents: new Map(documents.map((d) => [d.info.id, d])) } as unknown as OpenIndex;
}

const cambridgeshire = indexOf(document("report", "Cambridgeshire County Council"));
const keysIn = (question: string, index = cambridgeshire) =>
  placesNamed(question, index).map(({ key }) => key);

describe("an authority's name", () => {
  test.each([
    ["London Borough of Hammersmith & Fulham", "hammersmith and fulham"],
    ["Royal Borough of Kingston upon Thames Council", "kingston upon thames"],
    ["Metropolitan Borough of Barnsley Council", "barnsley"],
    ["City of Bradford Metropolitan District Council", "bradford"],
    ["Tameside metropolitan borough", "tameside"],
    ["St. Helens Metropolitan Borough Council", "st helens"],
    ["Derby City", "derby"],
    ["Bristol City of", "bristol"],
    ["Medway Children’s Services", "medway"],
    ["Cambridgeshire County Council", "cambridgeshire"],
  ])("%s is %s, whatever kind of council it is", (name, key) => {
    expect(authorityKey(name)).toBe(key);
  });

  test("is shortened as people do", () => {
    expect(authorityNames("Nottinghamshire County Council")).toContain("notts");
    expect(authorityNames("South Gloucestershire")).toContain("south glos");
    expect(authorityNames("North East Lincolnshire")).toEqual(
      expect.arrayContaining(["ne lincs", "north east lincs"]),
    );
    expect(authorityNames("Stoke-on-Trent City Council")).toContain("stoke");
    expect(authorityNames("Blackburn with Darwen")).toContain("blackburn");
    expect(authorityNames("Bournemouth, Christchurch and Poole")).toContain("bcp");
  });

  test("keeps its whole name where the first part is another authority's", () => {
    expect(authorityNames("Bournemouth, Christchurch and Poole")).not.toContain("bournemouth");
  });
});

describe("the places that a question names", () => {
  test.each([
    ["how are bucks doing?", ["buckinghamshire"]],
    ["is BCP any good?", ["bournemouth, christchurch and poole"]],
    ["care leavers in north lincs", ["north lincolnshire"]],
    ["Derby or derbyshire?", ["derby", "derbyshire"]],
    ["grade for Stoke on Trent", ["stoke-on-trent"]],
    ["St. Helens neglect", ["st helens"]],
    ["what grade did peterborough's children's services get?", ["peterborough"]],
    ["RBKC’s foster carers", ["kensington and chelsea"]],
  ])("%s", (question, keys) => {
    expect(keysIn(question)).toEqual(keys);
  });

  test("are none where a name is an ordinary word", () => {
    expect(keysIn("how is reading in schools?")).toEqual([]);
    expect(keysIn("did they bury the story?")).toEqual([]);
    expect(keysIn("support in reading and maths")).toEqual([]);
  });

  test("are found among such words where only a place can stand", () => {
    expect(keysIn("what did Reading get in 2019?")).toEqual(["reading"]);
    expect(keysIn("how many social workers in reading?")).toEqual(["reading"]);
    expect(keysIn("bath's verdict")).toEqual(["bath and north east somerset"]);
  });

  test("are those of the documents too, where these are of other countries", () => {
    const index = indexOf(document("report", "Fife Council"));
    expect(keysIn("how is Fife doing?", index)).toEqual(["fife"]);
    expect(keysIn("how is Fife doing?")).toEqual([]);
  });
});

describe("a passage against the places named", () => {
  const leeds = document("leeds", "Leeds City Council", "Leeds does well. Bradford helps.");
  const news = document("news", undefined, "A story about Slough and its neighbours. Slough did badly.");
  const index = indexOf(leeds, news);
  const match = (question: string, text: string, of: Document) => {
    const places = placesNamed(question, index);
    return placeMatch(places, isIndexed(places, index), text, of);
  };

  test("says nothing where none is named", () => {
    expect(match("how is it going?", "It does well.", leeds)).toEqual({ place: 0, elsewhere: 0 });
  });

  test("fits when its document is about one of them", () => {
    expect(match("how is leeds?", "It does well.", leeds)).toEqual({ place: 1, elsewhere: 0 });
  });

  test("fits when it names one of them, whole", () => {
    expect(match("how is slough?", "Slough did badly.", news).place).toBe(1);
    expect(match("how is york?", "In Yorkshire all is well.", news).place).toBe(-1);
  });

  test("may fit when its story is about one of them", () => {
    expect(match("how is slough?", "It did badly.", news).place).toBe(0.3);
  });

  test("does not fit when it is another authority's", () => {
    expect(match("how is peterborough?", "It does well.", leeds)).toEqual({ place: -1, elsewhere: 0 });
    expect(match("how is leeds?", "It does well.", document("x", "Kent"))).toEqual({
      place: -1,
      elsewhere: 1,
    });
  });
});
