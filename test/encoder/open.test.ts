import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { openEncoder } from "../../src/encoder/open.ts";
import { ENCODER } from "../../src/encoder/setting.ts";
import { locate } from "../../src/encoder/source.ts";
import { UserError } from "../../src/errors.ts";
import { startHub, type Hub } from "../fakes/hub.ts";
import { makeTinyModel, TINY_DIMENSIONS, type TinyOptions } from "../fakes/tiny-model.ts";
import { describeEncoder } from "./suite.ts";

const MODEL = "somebody/tiny";
const removals: (() => Promise<void>)[] = [];
let hub: Hub;
let cacheDir: string;

beforeAll(async () => {
  const { folder, remove } = await makeTinyModel();
  hub = await startHub(MODEL, folder);
  cacheDir = await mkdtemp(join(tmpdir(), "models-"));
  removals.push(remove, () => rm(cacheDir, { recursive: true }), hub.close);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  for (const remove of removals) await remove();
});

const open = (model: string) =>
  openEncoder({ model, projectDir: PROJECT_DIR, cacheDir, hubUrl: hub.url, retryDelayMs: 1 });

async function tinyFolder(options?: TinyOptions): Promise<string> {
  const { folder, remove } = await makeTinyModel(options);
  removals.push(remove);
  return folder;
}

const bundled = existsSync(join(PROJECT_DIR, ENCODER.bundled, "onnx/model.onnx"));
if (!bundled) console.warn(`skipping the bundled encoder: ${ENCODER.bundled} isn't there yet`);
describeEncoder("bundled", () => open("bundled"), !bundled);
describeEncoder("local", async () => open(await tinyFolder()));
describeEncoder("hub", () => open(MODEL));
for (const storage of ["float16", "int8"] as const) {
  describeEncoder(`local ${storage}`, async () => open(await tinyFolder({ storage })));
}

describe("a local model", () => {
  it("is opened and run without any request", async () => {
    const fetch = vi.spyOn(globalThis, "fetch");
    const before = hub.requests.length;
    const encoder = await open(await tinyFolder());
    await encoder.encode(["the council"], "query");
    expect(fetch).not.toHaveBeenCalled();
    expect(hub.requests.length).toBe(before);
    expect(encoder.dimensions).toBe(TINY_DIMENSIONS);
  });

  it("is the same under tsx, where the library is loaded past tsx", async () => {
    const folder = await tinyFolder();
    const options = { model: folder, projectDir: PROJECT_DIR, cacheDir, hubUrl: hub.url };
    const script = `
      import { openEncoder } from "./src/encoder/open.ts";
      const encoder = await openEncoder(${JSON.stringify(options)});
      const [vector] = await encoder.encode(["the council"], "query");
      console.log(JSON.stringify([encoder.id, ...vector]));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", script],
      { cwd: PROJECT_DIR },
    );
    const encoder = await open(folder);
    const [vector] = await encoder.encode(["the council"], "query");
    expect(JSON.parse(stdout)).toEqual([encoder.id, ...vector!]);
  });

  it("has its prefix put before each text, by purpose", async () => {
    const plain = await open(await tinyFolder());
    const prefixed = await open(
      await tinyFolder({ settings: { queryPrefix: "query: ", passagePrefix: "passage: " } }),
    );
    const [asQuery] = await prefixed.encode(["foster care"], "query");
    const [asPassage] = await prefixed.encode(["foster care"], "passage");
    expect(asQuery).not.toEqual(asPassage);
    expect(await plain.encode(["query: foster care"], "query")).toEqual([asQuery]);
    expect(await plain.encode(["passage: foster care"], "query")).toEqual([asPassage]);
  });

  it("leaves room for the prefix in the tokens that it takes", async () => {
    const settings = { queryPrefix: "query: ", passagePrefix: "the passage: " };
    expect((await open(await tinyFolder({ maxTokens: 64, settings }))).maxTokens).toBe(62);
  });

  it("takes the first token with cls pooling and the mean without", async () => {
    const mean = await open(await tinyFolder());
    const cls = await open(await tinyFolder({ settings: { pooling: "cls" } }));
    const [first] = await mean.encode(["council"], "query");
    expect(await cls.encode(["council board", "council care"], "query")).toEqual([first, first]);
    expect(await mean.encode(["council board"], "query")).not.toEqual([first]);
    expect((await cls.encode([""], "query"))[0]!.every((value) => value === 0)).toBe(true);
  });

  it("has another id when its vectors or its settings are others", async () => {
    const folders = [
      await tinyFolder(),
      await tinyFolder({ seed: 2 }),
      await tinyFolder({ settings: { queryPrefix: "query: " } }),
    ];
    const hashes = new Set<string>();
    for (const folder of folders) hashes.add((await open(folder)).id.split("@")[1]!);
    expect(hashes.size).toBe(3);
    const twin = await tinyFolder();
    expect(hashes).toContain((await open(twin)).id.split("@")[1]);
  });

  it("is opened with its quantised file when it has no other", async () => {
    const folder = await tinyFolder({ settings: null });
    await rename(join(folder, "onnx/model.onnx"), join(folder, "onnx/model_quantized.onnx"));
    expect((await open(folder)).dimensions).toBe(TINY_DIMENSIONS);
  });

  it("is refused with the name of the file that is missing", async () => {
    const folder = await tinyFolder();
    await rm(join(folder, "tokenizer.json"));
    await expect(open(folder)).rejects.toThrow(UserError);
    await expect(open(folder)).rejects.toThrow(`${folder} has no tokenizer.json`);
    await expect(open("./no-such-folder")).rejects.toThrow(/isn't there: no folder .*no-such-folder/);
  });

  it("is refused when damaged, and opened once it is whole", async () => {
    const folder = await tinyFolder();
    const file = join(folder, "onnx/model.onnx");
    await rename(file, `${file}.good`);
    await writeFile(file, "not a model");
    await expect(open(folder)).rejects.toThrow(UserError);
    await expect(open(folder)).rejects.toThrow(`The encoder in ${folder} can't be opened`);
    await rename(`${file}.good`, file);
    expect((await open(folder)).dimensions).toBe(TINY_DIMENSIONS);
  });
});

describe("ENCODER_MODEL", () => {
  const where = (model: string) => {
    const { kind, name, folder } = locate({ model, projectDir: "/project", cacheDir: "/cache" }, ENCODER);
    return [kind, name, folder];
  };

  it("names the bundled model, a folder or a hub model", () => {
    expect(where("bundled")).toEqual(["bundled", "bundled", "/project/models/encoder"]);
    expect(where("./mine")).toEqual(["local", "mine", "/project/mine"]);
    expect(where("../mine/")).toEqual(["local", "mine", "/mine"]);
    expect(where("/srv/mine")).toEqual(["local", "mine", "/srv/mine"]);
    expect(where("~/mine")).toEqual(["local", "mine", join(homedir(), "mine")]);
    expect(where("Xenova/bge-small-en-v1.5")).toEqual([
      "hub",
      "Xenova/bge-small-en-v1.5",
      "/cache/Xenova/bge-small-en-v1.5",
    ]);
  });

  it("takes an existing folder without ./ before its name", () => {
    const options = { model: "src/encoder", projectDir: PROJECT_DIR, cacheDir: "/cache" };
    expect(locate(options, ENCODER)).toMatchObject({
      kind: "local",
      folder: join(PROJECT_DIR, "src/encoder"),
    });
  });

  it("is refused when it is none of these", () => {
    for (const model of ["nonsense", "a/b/c", "owner/..", "owner/na me", "https://hub/x"]) {
      expect(() => where(model)).toThrow(UserError);
    }
  });
});
