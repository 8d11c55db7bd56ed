import { describe, expect, it } from "vitest";
import { toFloat16, toInt8 } from "../../src/encoder/small-numbers.ts";

/** The number that a half's bits stand for (IEEE 754 binary16). */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const mantissa = bits & 1023;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + mantissa / 1024) : 2 ** -24 * mantissa);
}

describe("toFloat16", () => {
  it("gives the bits of the published examples", () => {
    // https://en.wikipedia.org/wiki/Half-precision_floating-point_format#Half_precision_examples
    const examples: [number, number][] = [
      [0, 0x0000],
      [-0, 0x8000],
      [2 ** -24, 0x0001],
      [0.000060975552, 0x03ff],
      [0.00006103515625, 0x0400],
      [0.33325195, 0x3555],
      [0.99951172, 0x3bff],
      [1, 0x3c00],
      [1.00097656, 0x3c01],
      [-2, 0xc000],
      [65504, 0x7bff],
      [65520, 0x7c00],
      [Infinity, 0x7c00],
      [-Infinity, 0xfc00],
      [1e-10, 0x0000],
    ];
    expect(examples.map(([value]) => toFloat16(value))).toEqual(examples.map(([, bits]) => bits));
    expect(fromFloat16(toFloat16(Number.NaN))).toBeNaN();
  });

  it("gives every half back", () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromFloat16(bits);
      if (!Number.isNaN(value) && toFloat16(value) !== bits)
        expect([bits, toFloat16(value)]).toEqual([bits, bits]);
    }
  });

  it("rounds to the nearest, and a tie to the even one", () => {
    expect(toFloat16(1 + 2 ** -11)).toBe(0x3c00);
    expect(toFloat16(1 + 3 * 2 ** -11)).toBe(0x3c02);
    expect(toFloat16(1 + 2 ** -11 + 2 ** -20)).toBe(0x3c01);
    expect(toFloat16(2 ** -25)).toBe(0);
    expect(toFloat16(1.5 * 2 ** -25)).toBe(1);
  });
});

describe("toInt8", () => {
  it("scales each row to its largest number", () => {
    const { values, scales } = toInt8(Float32Array.of(1, -0.25, 0, 0, 254, -127), 3, 2);
    expect([...values]).toEqual([127, -32, 0, 0, 127, -63]);
    expect([...scales]).toEqual([Math.fround(1 / 127), 0, 2]);
  });

  it("is off by half a step at most", () => {
    const row = Float32Array.from({ length: 256 }, (_, i) => Math.sin(i * i));
    const { values, scales } = toInt8(row, 1, 256);
    for (const [i, value] of row.entries()) {
      expect(Math.abs(values[i]! * scales[0]! - value)).toBeLessThanOrEqual(scales[0]! * 0.500001);
    }
  });
});
