// The fonts that a page uses -> whether each is bold. A font's name is known to the parser only after
// it has gone through a page's drawing operators, which costs as much as its text: so only pages that
// bring a new font are asked.

import type { getDocumentProxy } from "unpdf";

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>["getPage"]>>;

/** By the parser's own name of the font. */
export type Fonts = Map<string, { readonly bold: boolean }>;

/** How long the parser may take to hand over a font that it has read. */
const WAIT_MS = 1_000;

/** Adds the fonts of `names` that `fonts` doesn't hold yet. A font that can't be read counts as regular. */
export async function readFonts(page: Page, names: ReadonlySet<string>, fonts: Fonts): Promise<void> {
  const fresh = [...names].filter((name) => !fonts.has(name));
  if (fresh.length === 0) return;
  mendArrayBuffer();
  const drawn = await page.getOperatorList().then(
    () => true,
    () => false,
  );
  for (const name of fresh) {
    const font = drawn ? await handedOver(page, name) : undefined;
    fonts.set(name, { bold: /bold|black|heavy|semibold|demi/i.test(font?.name ?? "") });
  }
}

async function handedOver(page: Page, name: string): Promise<{ name?: string } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, undefined);
  });
  const font = new Promise<{ name?: string }>((resolve) => {
    page.commonObjs.get(name, resolve);
  });
  return Promise.race([font, late]).finally(() => clearTimeout(timer));
}

/** The parser hands fonts over with a method that Node has from version 21 on. */
function mendArrayBuffer(): void {
  if ("transferToFixedLength" in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, "transferToFixedLength", {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
      const copy = new ArrayBuffer(length);
      new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
      return copy;
    },
  });
}
