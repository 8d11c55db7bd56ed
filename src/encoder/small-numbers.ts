// float32 numbers -> the same in fewer bits: whole numbers with a scale for each row, or half precision.
// Reading them back is left to the ONNX graph that onnx.ts writes.

/**
 * Rows as whole numbers from -127 to 127 and one scale each: `vector ≈ values × scale`. A row of zeros
 * has scale 0.
 */
export function toInt8(
  vectors: Float32Array,
  rows: number,
  dimensions: number,
): { values: Int8Array; scales: Float32Array } {
  const values = new Int8Array(rows * dimensions);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * dimensions;
    let largest = 0;
    for (let i = from; i < from + dimensions; i++) largest = Math.max(largest, Math.abs(vectors[i]!));
    scales[row] = largest / 127;
    const scale = scales[row]!;
    if (scale === 0) continue;
    for (let i = from; i < from + dimensions; i++) {
      // The scale was rounded to float32, so the largest number may come out a hair above 127.
      values[i] = Math.max(-127, Math.min(127, Math.round(vectors[i]! / scale)));
    }
  }
  return { values, scales };
}

const floatView = new Float32Array(1);
const bitsView = new Uint32Array(floatView.buffer);

/**
 * The bits of the nearest half-precision number, ties to even (IEEE 754 binary16); too large numbers
 * become infinite. `toFloat16(1) === 0x3c00`, `toFloat16(-2) === 0xc000`, `toFloat16(65504) === 0x7bff`.
 */
export function toFloat16(value: number): number {
  floatView[0] = value;
  const bits = bitsView[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112; // from bias 127 to bias 15
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | (exponent === 143 && mantissa !== 0 ? 0x7e00 : 0x7c00);
  if (exponent <= 0) {
    // Subnormal: the hidden bit becomes visible and everything moves right.
    if (exponent < -10) return sign;
    return sign | roundShift(mantissa | 0x800000, 14 - exponent);
  }
  // A carry out of the mantissa moves into the exponent, as it should.
  return sign | roundShift((exponent << 23) | mantissa, 13);
}

/** `value / 2^shift`, rounded to nearest, ties to even. */
function roundShift(value: number, shift: number): number {
  const whole = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (whole & 1) === 1) ? whole + 1 : whole;
}
