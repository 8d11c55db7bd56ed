// Figures -> the raised marks ¹²³ that stand for footnotes in a document's text.

/** `"12"` and `"[12]"` -> `"¹²"`; letters stay: `"th"`. */
export function superscript(raised: string): string {
  return raised.replace(/[[\]]/g, "").replace(/\d/g, (figure) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(figure)]!);
}
