import { expect, it } from "vitest";
import { loadLibrary } from "../../src/encoder/library.ts";

it("the library can't make a request", async () => {
  const { env, AutoTokenizer } = await loadLibrary();
  expect(env.allowRemoteModels).toBe(false);
  await expect(env.fetch("https://huggingface.co/x")).rejects.toThrow("No request expected");
  await expect(AutoTokenizer.from_pretrained("Xenova/no-such-model")).rejects.toThrow();
});
