/** People by hash: columns sorted by hash, searched by halves; beside each person the marks of that name. */
import type { Bytes } from '../bytes';

/** The people under one hash, and the marks beside them. */
export interface Posted {
  places: Uint32Array;
  marks: Uint8Array;
}

const PLACE_BITS = 24n;

export class Postings {
  readonly #hashes: Uint32Array;
  readonly #places: Uint32Array;
  readonly #marks: Uint8Array;

  constructor(column: Bytes, counts: Bytes, marks?: Bytes) {
    const view = new DataView(column.buffer, column.byteOffset);
    const many = column.length / 4;
    const packed = new BigUint64Array(many);
    let at = 0;
    for (const [place, count] of counts.entries()) {
      for (let number = 0; number < count; number += 1, at += 1) {
        packed[at] = (BigInt(view.getUint32(at * 4)) << 32n) | (BigInt(marks?.[at] ?? 255) << PLACE_BITS) | BigInt(place);
      }
    }
    packed.sort();
    this.#hashes = new Uint32Array(many);
    this.#places = new Uint32Array(many);
    this.#marks = new Uint8Array(many);
    const halves = new Uint32Array(packed.buffer);
    for (let number = 0; number < many; number += 1) {
      const low = halves[number * 2]!;
      this.#places[number] = low & 0xffffff;
      this.#marks[number] = low >>> 24;
      this.#hashes[number] = halves[number * 2 + 1]!;
    }
  }

  under(hash: number): Posted {
    const start = this.#first(hash);
    let end = start;
    while (this.#hashes[end] === hash) end += 1;
    return { places: this.#places.subarray(start, end), marks: this.#marks.subarray(start, end) };
  }

  #first(hash: number): number {
    let [low, high] = [0, this.#hashes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#hashes[middle]! < hash) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
