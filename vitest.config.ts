import { defineConfig } from "vitest/config";

/** These replace modules, watch their own process, or start large ones: each file has a process to itself. */
const ALONE = [
  "test/*.test.ts",
  "test/service/**/*.test.ts",
  "test/index/{crash,kill}.test.ts",
  "test/indexing/**/*.test.ts",
  "test/documents/{read,isolated}.test.ts",
  "test/discord/scripts.test.ts",
  // The model library keeps settings and downloads of its own.
  "test/encoder/{download,open,reranker}.test.ts",
];

export default defineConfig({
  test: {
    // Nothing takes so long but on a machine that is busy with other work.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "alone", include: ALONE } },
      // The others share what they import, which takes longer than most of their tests.
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: ALONE, isolate: false },
      },
    ],
  },
});
