// What keeps many people apart: turns in the queue, the allowance of questions, conversations.

import { describe, expect, it } from "vitest";
import { turnOf } from "../../src/answer/turn.ts";
import { memoryConversations } from "../../src/discord/conversations.ts";
import { findDocument, suggestDocuments } from "../../src/discord/documents.ts";
import { fairQueue } from "../../src/discord/queue.ts";
import { rateLimiter } from "../../src/discord/rate-limit.ts";
import { UserError } from "../../src/errors.ts";
import type { DocumentInfo, Turn } from "../../src/types.ts";
import { answer, DOCUMENTS } from "./room.ts";

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
    const limiter = rateLimiter({ questions: 2, seconds: 10 }, () => now);
    expect([limiter("a"), limiter("a"), limiter("b")]).toEqual([0, 0, 0]);
    now = 4000;
    expect(limiter("a")).toBe(6);
    now = 10_001;
    expect([limiter("a"), limiter("a")]).toEqual([0, 0]);
  });
});

describe("a conversation", () => {
  const turn = (question: string): Turn => turnOf(answer(question));

  it("remembers its last turns for a while", () => {
    let now = 0;
    const kept = memoryConversations({ turns: 2, minutes: 30, conversations: 10 }, () => now);
    for (const question of ["one", "two", "three"]) kept.add("here", turn(question));
    expect(kept.turns("here").map(({ question }) => question)).toEqual(["two", "three"]);
    expect(kept.turns("there")).toEqual([]);
    now = 29 * 60_000;
    kept.add("there", turn("four"));
    now = 31 * 60_000;
    expect(kept.turns("here")).toEqual([]);
    expect(kept.turns("there")).toHaveLength(1);
  });

  it("that has been silent longest makes room", () => {
    const kept = memoryConversations({ turns: 2, minutes: 30, conversations: 2 }, () => 0);
    for (const key of ["a", "b", "a", "c"]) kept.add(key, turn(key));
    expect(["a", "b", "c"].map((key) => kept.turns(key).length)).toEqual([2, 0, 1]);
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
});
