import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KNOWN_MODELS, KNOWN_RERANKERS, onnxFile, readSettings } from "../../src/encoder/models.ts";
import { UserError } from "../../src/errors.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "settings-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(file: string, content: unknown): Promise<void> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
}

describe("a model's settings", () => {
  it("are the table's for a known hub model", async () => {
    expect(await readSettings(folder, "Xenova/bge-small-en-v1.5")).toMatchObject({
      pooling: "cls",
      queryPrefix: "Represent this sentence for searching relevant passages: ",
      passagePrefix: "",
    });
    expect(await readSettings(folder, "Xenova/multilingual-e5-small")).toMatchObject({
      pooling: "mean",
      queryPrefix: "query: ",
      passagePrefix: "passage: ",
    });
  });

  it("are mean pooling without prefixes for a model that says nothing", async () => {
    expect(await readSettings(folder, "somebody/else")).toMatchObject({
      pooling: "mean",
      queryPrefix: "",
      passagePrefix: "",
      dtype: "fp32",
    });
  });

  it("have the pooling that sentence-transformers wrote down", async () => {
    await put("1_Pooling/config.json", { pooling_mode_cls_token: true, pooling_mode_mean_tokens: false });
    expect((await readSettings(folder, null)).pooling).toBe("cls");
  });

  it("are refused when that pooling isn't one of the two", async () => {
    await put("1_Pooling/config.json", { pooling_mode_lasttoken: true });
    await expect(readSettings(folder, null)).rejects.toThrow(/pooling_mode_lasttoken; only mean/);
  });

  it("are those of chapter-and-verse.json above all", async () => {
    await put("1_Pooling/config.json", { pooling_mode_mean_tokens: true });
    await put("chapter-and-verse.json", { pooling: "cls", queryPrefix: "q: ", maxTokens: 100 });
    expect(await readSettings(folder, null)).toMatchObject({
      pooling: "cls",
      queryPrefix: "q: ",
      passagePrefix: "",
      maxTokens: 100,
    });
    expect(await readSettings(folder, "Xenova/e5-small-v2")).toMatchObject({
      queryPrefix: "q: ",
      passagePrefix: "passage: ",
    });
  });

  it("are refused with file and field when they can't be used", async () => {
    await put("chapter-and-verse.json", { pooling: "max" });
    await expect(readSettings(folder, null)).rejects.toThrow(UserError);
    await expect(readSettings(folder, null)).rejects.toThrow(/chapter-and-verse\.json: pooling: /);
    await put("chapter-and-verse.json", { poling: "cls" });
    await expect(readSettings(folder, null)).rejects.toThrow(/poling/);
    await put("chapter-and-verse.json", "{");
    await expect(readSettings(folder, null)).rejects.toThrow(/is not JSON/);
  });

  it("choose the quantised file where there is no other", async () => {
    await put("onnx/model_quantized.onnx", "x");
    expect(onnxFile(await readSettings(folder, null))).toBe("onnx/model_quantized.onnx");
    await put("onnx/model.onnx", "x");
    expect(onnxFile(await readSettings(folder, null))).toBe("onnx/model.onnx");
  });

  it("are the table's for a known reranker, large ones being taken quantised", async () => {
    const dtype = async (name: string) => (await readSettings(folder, name)).dtype;
    expect(await dtype("Xenova/ms-marco-MiniLM-L-6-v2")).toBe("fp32");
    expect(await dtype("Xenova/bge-reranker-base")).toBe("q8");
    expect(await dtype("mixedbread-ai/mxbai-rerank-xsmall-v1")).toBe("q8");
  });

  it("are complete in the tables", () => {
    for (const [name, settings] of Object.entries(KNOWN_RERANKERS)) {
      expect(name).toMatch(/^[\w-]+\/[\w.-]+$/);
      expect(settings.maxTokens).toBeGreaterThan(0);
    }
    for (const [name, settings] of Object.entries(KNOWN_MODELS)) {
      expect(name).toMatch(/^[\w-]+\/[\w.-]+$/);
      expect(settings.maxTokens).toBeGreaterThan(0);
      expect(settings.dimensions).toBeGreaterThan(0);
    }
  });
});
