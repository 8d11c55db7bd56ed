import { existsSync, readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { type Isolation, type Limits, openIsolation } from "../../src/documents/isolated.ts";
import { UserError } from "../../src/errors.ts";
import { makePdf, write } from "../fakes/pdf.ts";
import { prose } from "./pdf-room.ts";

const open: Isolation[] = [];
const isolate = (limits?: Limits): Isolation => {
  const isolation = openIsolation(limits);
  open.push(isolation);
  return isolation;
};
const isolation = isolate();
afterAll(() => {
  for (const own of open) own.close();
});

const PDF = makePdf([write().paragraph(prose(3), { mark: "1." }).page]);
/** A PDF whose only page is so many bytes of spaces, packed. */
function bombPdf(bytes: number): Uint8Array {
  const packed = deflateSync(Buffer.alloc(bytes, " "), { level: 1 });
  const parts = [
    "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n",
    "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n",
    `4 0 obj\n<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`,
  ];
  const end = "\nendstream\nendobj\ntrailer\n<< /Size 5 /Root 1 0 R >>\n%%EOF\n";
  return Buffer.concat([Buffer.from(parts.join("")), packed, Buffer.from(end)]);
}

const html = (body: string) => new TextEncoder().encode(`<html><body>${body}</body></html>`);

describe("a child process", () => {
  test("reads files one after the other, though they are asked for at once", async () => {
    const [pdf, page] = await Promise.all([
      isolation.read("pdf", PDF, "a.pdf"),
      isolation.read("html", html(`<p>${prose(2)}</p>`), "b.html"),
    ]);
    expect(pdf).toEqual({ text: `1. ${prose(3)}\n`, pages: [{ offset: 0, page: 1 }] });
    expect(page).toEqual({ text: `${prose(2)}\n`, metadata: {} });
  });

  test("passes on what is wrong with a file, for people", async () => {
    const failure = isolation.read("pdf", html(""), "area/a.pdf");
    await expect(failure).rejects.toThrow(UserError);
    await expect(failure).rejects.toThrow(/^area\/a\.pdf: this is a web page/);
  });

  test("names the file where the parser itself breaks", async () => {
    const broken = isolation.read("none" as never, PDF, "broken.pdf");
    await expect(broken).rejects.toThrow(UserError);
    await expect(broken).rejects.toThrow(/^broken\.pdf: can't be read/);
  });

  test.skipIf(!existsSync(`/proc/${process.pid}/task/${process.pid}/children`))(
    "knows nothing of the environment's secrets",
    async () => {
      process.env["TEST_SECRET"] = "hunter2";
      const own = isolate();
      await own.read("pdf", PDF, "a.pdf");
      delete process.env["TEST_SECRET"];
      const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8")
        .trim()
        .split(" ");
      const environments = children.map((pid) => readFileSync(`/proc/${pid}/environ`, "utf8"));
      expect(environments.length).toBeGreaterThan(0);
      expect(environments.join("\0")).not.toContain("hunter2");
    },
  );

  test("may be closed and asked again", async () => {
    isolation.close();
    expect((await isolation.read("pdf", PDF, "a.pdf")).pages).toHaveLength(1);
  });
});

describe("a file over a limit is named with the limit, and the next one is read:", () => {
  const large = html(`<p>${prose(2)}</p>${"<p>a</p>".repeat(190_000)}`);

  test("time", async () => {
    const limited = isolate({ ms: 60, bytes: 1024 ** 3 });
    await expect(limited.read("html", large, "slow.html")).rejects.toThrow(
      "slow.html: reading it takes more than 0.06 seconds, the limit for one document. It is left out.",
    );
    const failure = await isolation
      .read("html", html(`<p>${prose(1)}</p>`), "b.html")
      .catch((error: Error) => error);
    // A slow machine may need more for a small file, too; but it is asked.
    expect(failure instanceof Error ? failure.message : failure.text).toMatch(
      /Sentence 1|b\.html: reading it takes/,
    );
  });

  test("memory", async () => {
    const limited = isolate({ ms: 60_000, bytes: 180 * 1024 * 1024 });
    await expect(limited.read("html", large, "large.html")).rejects.toThrow(
      "large.html: reading it takes more than 180 MB of memory, the limit for one document. It is left out.",
    );
    expect((await limited.read("html", html(`<p>${prose(1)}</p>`), "b.html")).text).toBe(`${prose(1)}\n`);
  });

  test("memory, of a PDF that is small until it is unpacked", async () => {
    const bomb = bombPdf(200 * 1024 * 1024);
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    const limited = isolate({ ms: 60_000, bytes: 250 * 1024 * 1024 });
    await expect(limited.read("pdf", bomb, "bomb.pdf")).rejects.toThrow(
      "bomb.pdf: reading it takes more than 250 MB of memory, the limit for one document. It is left out.",
    );
    expect((await limited.read("pdf", PDF, "a.pdf")).pages).toHaveLength(1);
  });
});
