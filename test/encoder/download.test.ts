import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PROJECT_DIR } from "../../src/config.ts";
import { downloadModel } from "../../src/encoder/download.ts";
import type { DownloadProgress } from "../../src/encoder/fetch-file.ts";
import { openEncoder } from "../../src/encoder/open.ts";
import { ENCODER } from "../../src/encoder/setting.ts";
import { UserError } from "../../src/errors.ts";
import { startHub, type Hub } from "../fakes/hub.ts";
import { makeTinyModel } from "../fakes/tiny-model.ts";

const MODEL = "somebody/tiny";
const ONNX = "onnx/model.onnx";
const WAYS_OUT = /unset ENCODER_MODEL.*ENCODER_MODEL=\.\/my-model.*HUB_URL/;

let hub: Hub;
let source: string;
let cacheDir: string;
let cleanUp: () => Promise<void>;

beforeEach(async () => {
  const tiny = await makeTinyModel();
  source = tiny.folder;
  hub = await startHub(MODEL, source);
  cacheDir = await mkdtemp(join(tmpdir(), "models-"));
  cleanUp = async () => {
    await hub.close();
    await tiny.remove();
    // What was refused may still be writing its other files.
    await rm(cacheDir, { recursive: true, maxRetries: 20, retryDelay: 50 });
  };
});
afterEach(() => cleanUp());

const options = () => ({
  model: MODEL,
  projectDir: PROJECT_DIR,
  cacheDir,
  hubUrl: hub.url,
  retryDelayMs: 1,
});
const folder = () => join(cacheDir, MODEL);
const download = () =>
  downloadModel({
    ...options(),
    folder: folder(),
    setting: ENCODER,
    onProgress: ({ file, received }) => hub.received(file, received),
  });
const asked = (file: string) => hub.requests.filter((request) => request.file === file);

async function expectWhole(): Promise<void> {
  for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json", ONNX]) {
    expect(await readFile(join(folder(), file))).toEqual(await readFile(join(source, file)));
  }
  const names = await readdir(folder(), { recursive: true });
  expect(names.filter((name) => name.includes(".part"))).toEqual([]);
}

describe("a hub model", () => {
  it("is downloaded with progress, the model's file last", async () => {
    const seen: DownloadProgress[] = [];
    const encoder = await openEncoder({ ...options(), onProgress: (progress) => seen.push(progress) });
    expect(encoder.id).toMatch(/^somebody\/tiny@/);
    await expectWhole();
    const size = (await readFile(join(source, ONNX))).length;
    expect(seen.at(-1)).toEqual({ file: ONNX, received: size, total: size });
    expect(new Set(seen.map(({ file }) => file))).toContain("tokenizer.json");
  });

  it("causes no request when opened again, and none when the hub is gone", async () => {
    const first = await openEncoder(options());
    const before = hub.requests.length;
    expect((await openEncoder(options())).id).toBe(first.id);
    expect(hub.requests.length).toBe(before);
    await hub.close();
    expect((await openEncoder(options())).id).toBe(first.id);
  });

  it("is found to have changed though its hash is remembered", async () => {
    const first = await openEncoder(options());
    const other = await makeTinyModel({ seed: 2 });
    await writeFile(join(folder(), ONNX), await readFile(join(other.folder, ONNX)));
    await other.remove();
    expect((await openEncoder(options())).id).not.toBe(first.id);
  });

  it("is taken with the settings that its folder on the hub holds", async () => {
    await writeFile(join(source, "chapter-and-verse.json"), JSON.stringify({ pooling: "cls" }));
    const encoder = await openEncoder(options());
    const [one, two] = await encoder.encode(["council board", "council care"], "query");
    expect(one).toEqual(two);
  });

  it("is fetched once for two callers at the same time", async () => {
    await Promise.all([openEncoder(options()), openEncoder(options())]);
    expect(asked(ONNX).length).toBe(1);
  });
});

describe("a known hub model", () => {
  it("is asked for its four files only, quantised where the table says so", async () => {
    const model = "Xenova/e5-base-v2";
    await rename(join(source, ONNX), join(source, "onnx/model_quantized.onnx"));
    const known = await startHub(model, source);
    await downloadModel({ model, folder: join(cacheDir, model), hubUrl: known.url, setting: ENCODER });
    await known.close();
    expect(known.requests.map(({ file }) => file)).toEqual([
      "config.json",
      "tokenizer.json",
      "tokenizer_config.json",
      "onnx/model_quantized.onnx",
    ]);
  });

  it("is refused when its vectors aren't as long as they should be", async () => {
    const model = "Xenova/gte-small";
    const known = await startHub(model, source);
    const opened = openEncoder({ ...options(), model, hubUrl: known.url });
    await expect(opened).rejects.toThrow(/its vectors have 8 numbers, not 384\. Delete .*gte-small/);
    await known.close();
  });
});

describe("a broken download", () => {
  it("goes on where the connection was cut", async () => {
    hub.fault(ONNX, { kind: "cut", after: 300 });
    hub.fault(ONNX, { kind: "cut", after: 100 });
    await download();
    await expectWhole();
    expect(asked(ONNX).map(({ range }) => range)).toEqual([undefined, "bytes=300-", "bytes=400-"]);
  });

  it("goes on in the next call after all tries failed", async () => {
    hub.fault(ONNX, { kind: "cut", after: 50 }, 4);
    await expect(download()).rejects.toThrow(UserError);
    expect(asked(ONNX).length).toBe(4);
    await download();
    await expectWhole();
    expect(asked(ONNX).at(-1)?.range).toBe("bytes=200-");
  });

  it("goes on with what a process that is gone left behind", async () => {
    // A process that has ended: its number is free, or somebody else's by the smallest of chances.
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    const bytes = await readFile(join(source, ONNX));
    const part = join(folder(), `${ONNX}.${hostname()}-${child.pid}.part`);
    await mkdir(dirname(part), { recursive: true });
    await writeFile(part, bytes.subarray(0, 123));
    await writeFile(`${part}.etag`, await etagOf(ONNX));
    hub.requests.length = 0;
    await download();
    await expectWhole();
    expect(asked(ONNX).at(-1)?.range).toBe("bytes=123-");
  });

  it("leaves alone what another living process is fetching", async () => {
    const part = join(folder(), `${ONNX}.${hostname()}-${process.ppid}.part`);
    await mkdir(dirname(part), { recursive: true });
    await writeFile(part, "theirs");
    await download();
    expect(await readFile(part, "utf8")).toBe("theirs");
  });

  it("starts over when the hub ignores ranges", async () => {
    hub.fault(ONNX, { kind: "cut", after: 300 });
    hub.fault(ONNX, { kind: "no-range" });
    await download();
    await expectWhole();
  });

  it("starts over when the hub answers with another range", async () => {
    hub.fault(ONNX, { kind: "cut", after: 300 });
    hub.fault(ONNX, { kind: "wrong-range" });
    await download();
    await expectWhole();
  });

  it("starts over when the file has changed in the meantime", async () => {
    hub.fault(ONNX, { kind: "cut", after: 50 }, 4);
    await expect(download()).rejects.toThrow(UserError);
    const other = await makeTinyModel({ seed: 3 });
    await writeFile(join(source, ONNX), await readFile(join(other.folder, ONNX)));
    await other.remove();
    await download();
    await expectWhole();
    expect(asked(ONNX).at(-1)?.range).toBe("bytes=200-");
  });

  it("is tried again when the hub stumbles", async () => {
    hub.fault("config.json", { kind: "status", status: 500 });
    hub.fault("tokenizer.json", { kind: "status", status: 429 });
    await download();
    await expectWhole();
  });

  it("is noticed when fewer bytes come than were promised", async () => {
    hub.fault(ONNX, { kind: "length", by: 10 }, 4);
    await expect(download()).rejects.toThrow(/tiny" can't be downloaded/);
    await download();
    await expectWhole();
  });

  it("is noticed when what comes isn't the file", async () => {
    hub.fault("config.json", { kind: "body", body: "<!doctype html><p>Please sign in" });
    await expect(download()).rejects.toThrow(/delivered a web page for config\.json/);
    hub.fault("config.json", { kind: "length", by: -5 });
    await expect(download()).rejects.toThrow(/isn't JSON for config\.json/);
    hub.fault(ONNX, { kind: "body", body: "version https://git-lfs.github.com/spec/v1" });
    await expect(download()).rejects.toThrow(/a pointer to the file/);
    await download();
    await expectWhole();
  });

  it("takes its time on a slow line", async () => {
    hub.fault(ONNX, { kind: "slow", size: 200, ms: 20 });
    await download();
    await expectWhole();
  });
});

describe("a model that can't be had", () => {
  it("is explained when the hub can't be reached", async () => {
    const host = new URL(hub.url).host;
    await hub.close();
    const error = await openEncoder(options()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`The model "${MODEL}" can't be downloaded from ${host}`);
    expect(String(error)).toMatch(/ECONNREFUSED/);
    expect(String(error)).toMatch(WAYS_OUT);
  });

  it("is explained when the hub doesn't know it, without trying again", async () => {
    const error = await openEncoder({ ...options(), model: "somebody/else" }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toMatch(/has no file config\.json.*check the model's name/);
    expect(String(error)).toMatch(WAYS_OUT);
    expect(hub.requests.filter(({ file }) => file.endsWith("config.json")).length).toBe(2); // one in 1_Pooling
  });

  it("is explained when the hub refuses, without trying again", async () => {
    hub.fault("chapter-and-verse.json", { kind: "status", status: 401 });
    await expect(download()).rejects.toThrow(/401 Unauthorized.*check the model's name/);
    expect(hub.requests.length).toBe(1);
  });

  it("is explained when it has no file for this library", async () => {
    await rm(join(source, ONNX));
    await expect(download()).rejects.toThrow(/has no file onnx\/model\.onnx.*onnx-community/);
  });

  it("is explained when the cache can't be written", async () => {
    await writeFile(join(cacheDir, "somebody"), "in the way");
    await expect(download()).rejects.toThrow(/can't be kept in .*MODEL_CACHE_DIR/);
  });

  it("can be opened later, once the hub is back", async () => {
    hub.fault("config.json", { kind: "status", status: 503 }, 4);
    await expect(openEncoder(options())).rejects.toThrow(UserError);
    expect((await openEncoder(options())).dimensions).toBe(8);
  });
});

describe("two processes at once", () => {
  it("both end with a whole model", async () => {
    for (const file of ["tokenizer.json", ONNX]) hub.fault(file, { kind: "slow", size: 400, ms: 30 }, 2);
    const script = `
      import { downloadModel } from "./src/encoder/download.ts";
      await downloadModel(${JSON.stringify({ ...options(), folder: folder(), setting: ENCODER })});`;
    const run = async () => {
      const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
        cwd: PROJECT_DIR,
        stdio: "inherit",
      });
      return ((await once(child, "exit")) as [number])[0];
    };
    expect(await Promise.all([run(), run()])).toEqual([0, 0]);
    await expectWhole();
  });
});

async function etagOf(file: string): Promise<string> {
  const response = await fetch(`${hub.url}/${MODEL}/resolve/main/${file}`);
  await response.arrayBuffer();
  return response.headers.get("etag") ?? "";
}
