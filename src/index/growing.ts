// Numbers that come one after the other -> a typed array, without an object for each on the way.

/** Whole numbers, 32 bits. */
export class GrowingInts {
  #values = new Int32Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const wider = new Int32Array(this.length * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.length++] = value;
  }

  at(i: number): number {
    return this.#values[i]!;
  }

  add(i: number, value: number): void {
    this.#values[i]! += value;
  }

  /** The numbers so far, as an array of their length. */
  done(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
