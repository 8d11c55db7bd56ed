import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { openEncoder } from "../../src/encoder/open.ts";
import { cutBefore, openReranker } from "../../src/encoder/reranker.ts";
import { UserError } from "../../src/errors.ts";
import { startHub, type Hub } from "../fakes/hub.ts";
import { makeTinyModel } from "../fakes/tiny-model.ts";
import { makeTinyReranker, type TinyRerankerOptions } from "../fakes/tiny-reranker.ts";

const MODEL = "somebody/tiny-reranker";
const MEANINGS = { children: 0, kids: 0, care: 1, foster: 2 };
const removals: (() => Promise<void>)[] = [];
afterEach(() => vi.restoreAllMocks());
let hub: Hub;
let source: string;
let cacheDir: string;

beforeAll(async () => {
  source = await tinyFolder();
  hub = await startHub(MODEL, source);
  cacheDir = await mkdtemp(join(tmpdir(), "models-"));
  removals.push(() => rm(cacheDir, { recursive: true }), hub.close);
});
afterAll(async () => {
  for (const remove of removals) await remove();
});

const open = (model: string) =>
  openReranker({ model, projectDir: PROJECT_DIR, cacheDir, hubUrl: hub.url, retryDelayMs: 1 });

async function tinyFolder(options: TinyRerankerOptions = {}): Promise<string> {
  const { folder, remove } = await makeTinyReranker({ meanings: MEANINGS, ...options });
  removals.push(remove);
  return folder;
}

async function refusal(opening: Promise<unknown>): Promise<string> {
  const reason = await opening.catch((error: unknown) => error);
  expect(reason).toBeInstanceOf(UserError);
  return (reason as UserError).message;
}

describe.each<[string, () => Promise<string>]>([
  ["a folder", async () => source],
  ["a hub model", async () => MODEL],
])("a reranker from %s", (_, where) => {
  it("scores each passage with the question, in order", async () => {
    const reranker = await open(await where());
    expect(reranker.id).toMatch(/^.*tiny-reranker.*@[0-9a-f]{16}$/);
    const passages = ["the council", "children in care", "foster care for children in care"];
    // One for the closed pair, and one for each passage's word that a word of the question means.
    expect(await reranker.score("kids in care", passages)).toEqual(Float32Array.of(1, 3, 4));
    expect(await reranker.score("foster", passages)).toEqual(Float32Array.of(1, 1, 2));
    expect(await reranker.score("kids", [])).toEqual(new Float32Array(0));
  });
});

describe("a pair", () => {
  it("has the same score, bit by bit, alone, among others and at the same time as others", async () => {
    const reranker = await open(source);
    const passages = ["care", "children in care", `${"foster ".repeat(50)}care`, "no word of it"];
    const together = await reranker.score("foster care for kids", passages);
    const alone = await Promise.all(
      passages.map((passage) => reranker.score("foster care for kids", [passage])),
    );
    expect(alone.flatMap((scores) => [...scores])).toEqual([...together]);
  });

  it("that is too long is cut at the passage's end, and closed as ever", async () => {
    const reranker = await open(await tinyFolder({ maxTokens: 8 }));
    // [CLS] kids care [SEP] and [SEP] leave room for three words.
    const scores = await reranker.score("kids care", [
      "children a a",
      "a a children",
      "a a a children care",
      "children children children children care",
    ]);
    expect(scores).toEqual(Float32Array.of(2, 2, 1, 4));
  });

  it("whose question fills it alone gets what every other passage gets", async () => {
    const reranker = await open(await tinyFolder({ maxTokens: 8 }));
    const [one, other] = await reranker.score("kids ".repeat(100), ["children", "the council"]);
    expect(one).toBe(other);
  });

  it("is cut at what chapter-and-verse.json says", async () => {
    const folder = await tinyFolder();
    await writeFile(join(folder, "chapter-and-verse.json"), JSON.stringify({ maxTokens: 6 }));
    const reranker = await open(folder);
    expect(await reranker.score("kids care", ["children care"])).toEqual(Float32Array.of(2));
  });

  it("keeps the tokens that close it", () => {
    expect(cutBefore([101, 7, 102, 8, 9, 102], 1, 5)).toEqual([101, 7, 102, 8, 102]);
    expect(cutBefore([101, 7, 102, 8, 9, 102], 1, 6)).toEqual([101, 7, 102, 8, 9, 102]);
    expect(cutBefore([7, 8, 9], 0, 2)).toEqual([7, 8]);
  });
});

describe("a model", () => {
  it("of two labels scores by how far yes is above no", async () => {
    const reranker = await open(await tinyFolder({ labels: 2 }));
    expect(await reranker.score("kids in care", ["children", "the council"])).toEqual(Float32Array.of(6, 3));
  });

  it("without token types isn't given any", async () => {
    const reranker = await open(await tinyFolder({ config: { type_vocab_size: 1 } }));
    // All of it is the first text to this one, so that there is nothing to share.
    expect(await reranker.score("kids", ["children"])).toEqual(Float32Array.of(0));
  });

  it("is told which text a token belongs to, whatever its tokenizer's class", async () => {
    const folder = await tinyFolder();
    await writeFile(
      join(folder, "tokenizer_config.json"),
      JSON.stringify({ tokenizer_class: "PreTrainedTokenizerFast", model_max_length: 64 }),
    );
    expect(await (await open(folder)).score("kids", ["children"])).toEqual(Float32Array.of(2));
  });

  it("is opened with its quantised file when it has no other", async () => {
    const folder = await tinyFolder();
    await rename(join(folder, "onnx/model.onnx"), join(folder, "onnx/model_quantized.onnx"));
    expect(await (await open(folder)).score("kids", ["children"])).toEqual(Float32Array.of(2));
  });

  it("makes no request when it is in a folder or in the cache", async () => {
    await open(MODEL);
    const fetch = vi.spyOn(globalThis, "fetch");
    await open(source);
    await open(MODEL);
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe("RERANKER_MODEL is refused", () => {
  it("when it names a model with other labels", async () => {
    const folder = await tinyFolder({ labels: 3 });
    expect(await refusal(open(folder))).toMatch(
      /^RERANKER_MODEL: the model "tiny-reranker-\w+" is no reranker: .* logits of shape 1 × 3, not 1 × 1 .*Xenova\/ms-marco-MiniLM-L-6-v2, or unset it to do without\.$/,
    );
  });

  it("when it names an encoder, by its name on the hub too", async () => {
    const { folder, remove } = await makeTinyModel();
    removals.push(remove);
    expect(await refusal(open(folder))).toMatch(/^RERANKER_MODEL: .* is no reranker: .* gives no logits/);
    const other = await startHub("somebody/encoder", folder);
    const opening = openReranker({
      model: "somebody/encoder",
      projectDir: PROJECT_DIR,
      cacheDir,
      hubUrl: other.url,
    });
    expect(await refusal(opening)).toContain('the model "somebody/encoder" is no reranker');
    await other.close();
  });

  it("when its folder isn't there, lacks a file or holds something else", async () => {
    expect(await refusal(open("./no-such-folder"))).toMatch(
      /^The reranker isn't there: no folder .*no-such-folder\. .*Correct RERANKER_MODEL, or unset it to do without\.$/,
    );
    const folder = await tinyFolder();
    await writeFile(join(folder, "onnx/model.onnx"), "not a model");
    expect(await refusal(open(folder))).toContain(`The reranker in ${folder} can't be opened: `);
    await rm(join(folder, "tokenizer.json"));
    expect(await refusal(open(folder))).toContain(`The reranker in ${folder} has no tokenizer.json.`);
  });

  it("when it is neither a folder nor a hub name", async () => {
    expect(await refusal(open("bundled"))).toBe(
      'RERANKER_MODEL: expected a folder (./my-model) or a model of the hub (owner/name), got "bundled". Correct it, or unset it to do without.',
    );
  });

  it("when the hub doesn't know it or is gone, with the ways out", async () => {
    const ways =
      /unset RERANKER_MODEL to do without; put .* in a folder and name that \(RERANKER_MODEL=\.\/my-model\); set HUB_URL/;
    const unknown = await refusal(open("somebody/else"));
    expect(unknown).toMatch(/has no file config\.json\. Ways out: check the model's name; /);
    expect(unknown).toMatch(ways);
    const closed = await startHub(MODEL, source);
    await closed.close();
    const options = { model: "somebody/third", projectDir: PROJECT_DIR, cacheDir, retryDelayMs: 1 };
    const gone = await refusal(openReranker({ ...options, hubUrl: closed.url }));
    expect(gone).toMatch(
      /^The model "somebody\/third" can't be downloaded from 127\.0\.0\.1:\d+: .*ECONNREFUSED/,
    );
    expect(gone).toMatch(ways);
  });
});

it("a reranker named as the encoder is refused", async () => {
  const opening = openEncoder({ model: source, projectDir: PROJECT_DIR, cacheDir, hubUrl: hub.url });
  expect(await refusal(opening)).toContain("ENCODER_MODEL");
});
