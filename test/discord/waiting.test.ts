// What keeps many people apart: turns in the queue and the allowance of questions; and choosing a document.

import { describe, expect, it } from "vitest";
import { findDocument, suggestDocuments, suggestParagraphs } from "../../src/discord/documents.ts";
import { fairQueue } from "../../src/discord/queue.ts";
import { rateLimiter } from "../../src/discord/rate-limit.ts";
import { UserError } from "../../src/errors.ts";
import type { DocumentInfo } from "../../src/types.ts";
import { DOCUMENTS } from "./room.ts";

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe("the queue", () => {
  it("lets owners take turns, and keeps the order of each", async () => {
    const queue = fairQueue(1);
    const done: string[] = [];
    const run = (owner: string, task: string): Promise<void> =>
      queue.run(owner, async () => {
        await pause();
        done.push(task);
      });
    await Promise.all([
      run("a", "a1"),
      run("a", "a2"),
      run("a", "a3"),
      run("b", "b1"),
      run("c", "c1"),
      run("b", "b2"),
    ]);
    expect(done).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
    expect(queue.size).toBe(0);
  });

  it("runs no more at once than it may, and never two of one owner", async () => {
    const queue = fairQueue(3);
    let running: string[] = [];
    let most = 0;
    const task = (owner: string) => async (): Promise<void> => {
      expect(running).not.toContain(owner);
      running = [...running, owner];
      most = Math.max(most, running.length);
      await pause();
      running = running.filter((other) => other !== owner);
    };
    const owners = Array.from({ length: 30 }, (_, index) => `owner ${index % 5}`);
    await Promise.all(owners.map((owner) => queue.run(owner, task(owner))));
    expect(most).toBe(3);
  });

  it("goes on after a task that fails", async () => {
    const queue = fairQueue(1);
    const failing = queue.run("a", () => Promise.reject(new Error("no")));
    const throwing = queue.run("b", () => {
      throw new Error("never");
    });
    const fine = queue.run("a", async () => "yes");
    await expect(failing).rejects.toThrow("no");
    await expect(throwing).rejects.toThrow("never");
    expect(await fine).toBe("yes");
  });
});

describe("the allowance", () => {
  it("is a number of questions in a sliding time, for each user", () => {
    let now = 0;
    const limiter = rateLimiter(2, 10, () => now);
    expect([limiter("a"), limiter("a"), limiter("b")]).toEqual([0, 0, 0]);
    now = 4000;
    expect(limiter("a")).toBe(6);
    now = 10_001;
    expect([limiter("a"), limiter("a")]).toEqual([0, 0]);
  });
});

describe("a document", () => {
  const long: DocumentInfo = { ...DOCUMENTS[0]!, id: "x".repeat(101), title: "T".repeat(300) };
  const many = Array.from({ length: 40 }, (_, index) => ({
    ...long,
    id: `${index}-${long.id}`,
    sha256: `${index}`.repeat(64),
  }));

  it("is suggested within Discord's limits, and found by what was suggested", () => {
    const choices = suggestDocuments([long, ...many], "");
    expect(choices).toHaveLength(25);
    for (const { name, value } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(value.length).toBeLessThanOrEqual(100);
      expect(findDocument([long, ...many], value)).toBeDefined();
    }
  });

  it("is found by typed words that fit only one", () => {
    expect(findDocument(DOCUMENTS, "care leavers").id).toBe("ofsted-report-2014");
    expect(() => findDocument(DOCUMENTS, "ofsted")).toThrow(UserError);
    expect(() => findDocument(DOCUMENTS, "nothing")).toThrow(/There is no document "nothing"/);
  });

  it("has its paragraphs suggested by number, or by words of their beginning", () => {
    const starts = Array.from({ length: 158 }, (_, index) => ({
      number: String(index + 1),
      text: index === 104 ? "The proportion of care leavers …" : `About ${"x".repeat(150)}`,
    }));
    const found = (typed: string): string[] => suggestParagraphs(starts, typed).map(({ value }) => value);
    expect(found("")).toHaveLength(25);
    expect(found("¶ 15")).toEqual(["15", "150", "151", "152", "153", "154", "155", "156", "157", "158"]);
    expect(found("care PROPORTION")).toEqual(["105"]);
    for (const { name } of suggestParagraphs(starts, "1")) expect(name.length).toBeLessThanOrEqual(100);
    expect(suggestParagraphs([{ number: "#3", text: "Fenmere warned" }], "warned")).toEqual([
      { name: "Fenmere warned", value: "#3" },
    ]);
  });
});
