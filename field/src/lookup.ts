/** Finds people by a name and one more fact, in keyed hashes alone: the twin of core/passes/lookup.py. */
import { utf8 } from './bytes';
import type { Bytes } from './bytes';
import { skeleton } from './names';

export type FactKind = 'father' | 'birth-year' | 'phone' | 'document';
export const FACT_KINDS: readonly FactKind[] = ['father', 'birth-year', 'phone', 'document'];

/** No more people are shown for one look-up. */
export const MOST_SHOWN = 3;
/** No more look-ups in so long: who takes an unlocked phone sees so many parties, each an event. */
export const MOST_LOOKUPS = 20;
export const LOOKUPS_PER_MS = 10 * 60_000;
const PHONE_DIGITS = 8;
const LEAST_FIGURES = 6;

export interface LookupParty {
  id: string;
  tier: number | null;
  point: string;
  begins: number;
  ends: number;
}

/** As the site gives it: columns in base64, numbers big-endian. */
export interface LookupTable {
  key: string;
  parties: LookupParty[];
  persons: string[];
  party_of: number[];
  names: string;
  name_counts: string;
  facts: string;
  fact_counts: string;
}

export interface Hit {
  person: string;
  party: LookupParty;
  /** How many of the keys that were asked for its name has. */
  agreeing: number;
}

const bytesOf = (text: string): Bytes => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** An index in memory: for each hash the people under it. */
export class Lookup {
  readonly #key: Promise<CryptoKey>;
  readonly #names: Postings;
  readonly #facts: Postings;
  readonly #keysOf: Bytes;

  constructor(readonly table: LookupTable) {
    this.#key = crypto.subtle.importKey('raw', bytesOf(table.key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    this.#keysOf = bytesOf(table.name_counts);
    this.#names = new Postings(bytesOf(table.names), this.#keysOf);
    this.#facts = new Postings(bytesOf(table.facts), bytesOf(table.fact_counts));
  }

  /** How many people have every key of this name; none are shown. */
  async count(name: string): Promise<number> {
    const keys = skeleton(name);
    if (!keys.length) return 0;
    const agreeing = await this.#agreeing(keys);
    return [...agreeing.values()].filter((shared) => shared === keys.length).length;
  }

  /** The people whose name shares a key with this one and of whom the fact is true, those that share most first. */
  async find(name: string, kind: FactKind, fact: string): Promise<{ hits: Hit[]; all: number }> {
    const true_ = await this.#withFact(kind, fact);
    const keys = skeleton(name);
    const agreeing = keys.length ? await this.#agreeing(keys) : new Map([...true_].map((place) => [place, 0]));
    if (!keys.length && kind !== 'document') return { hits: [], all: 0 };
    const found = [...true_].filter((place) => agreeing.has(place));
    const rank = (place: number): number => agreeing.get(place)! * 256 - this.#keysOf[place]!;
    found.sort((one, two) => rank(two) - rank(one) || one - two);
    const best = agreeing.get(found[0] ?? -1) ?? 0;
    const fit = found.filter((place) => agreeing.get(place)! >= Math.min(best, keys.length));
    const hits = fit.slice(0, MOST_SHOWN).map((place) => ({
      person: this.table.persons[place]!, party: this.table.parties[this.table.party_of[place]!]!, agreeing: agreeing.get(place)!,
    }));
    return { hits, all: fit.length };
  }

  async #agreeing(keys: string[]): Promise<Map<number, number>> {
    const agreeing = new Map<number, number>();
    for (const key of new Set(keys)) {
      for (const place of this.#names.under(await this.#hash('name', key))) agreeing.set(place, (agreeing.get(place) ?? 0) + 1);
    }
    return agreeing;
  }

  async #withFact(kind: FactKind, fact: string): Promise<Set<number>> {
    const values = valuesOf(kind, fact);
    const found = new Set<number>();
    for (const value of values) for (const place of this.#facts.under(await this.#hash(kind, value))) found.add(place);
    return found;
  }

  async #hash(kind: string, value: string): Promise<number> {
    const tag = new Uint8Array(await crypto.subtle.sign('HMAC', await this.#key, utf8(`${kind}\x1f${value}`)));
    return new DataView(tag.buffer).getUint32(0);
  }
}

const ZEROS = ['٠', '۰'].map((zero) => zero.codePointAt(0)!);

/** Western figures for Eastern ones. */
const western = (text: string): string =>
  [...text].map((sign) => {
    const zero = ZEROS.find((start) => sign.codePointAt(0)! >= start && sign.codePointAt(0)! < start + 10);
    return zero === undefined ? sign : String(sign.codePointAt(0)! - zero);
  }).join('');

/** What a fact is looked up as; a Solar Hijri year stands for the two years that it overlaps. */
export function valuesOf(kind: FactKind, fact: string): string[] {
  if (kind === 'father') return skeleton(fact);
  const plain = western(fact);
  const digits = plain.replaceAll(/\D/gu, '');
  if (kind === 'document') return [digits.length >= LEAST_FIGURES ? digits : plain.toUpperCase().replaceAll(/[^0-9A-Z]/gu, '')].filter(Boolean);
  if (kind === 'phone') return digits.length >= PHONE_DIGITS ? [digits.slice(-PHONE_DIGITS)] : [];
  const year = Number(digits);
  if (digits.length !== 4) return [];
  return year < 1500 ? [String(year + 621), String(year + 622)] : [String(year)];
}

/** People by hash: two columns sorted by hash, searched by halves. */
class Postings {
  readonly #hashes: Uint32Array;
  readonly #places: Uint32Array;

  constructor(column: Bytes, counts: Bytes) {
    const view = new DataView(column.buffer, column.byteOffset);
    const many = column.length / 4;
    const packed = new BigUint64Array(many);
    let at = 0;
    for (const [place, count] of counts.entries()) {
      for (let number = 0; number < count; number += 1) packed[at] = (BigInt(view.getUint32(at++ * 4)) << 32n) | BigInt(place);
    }
    packed.sort();
    this.#hashes = new Uint32Array(many);
    this.#places = new Uint32Array(many);
    const halves = new Uint32Array(packed.buffer);
    for (let number = 0; number < many; number += 1) {
      this.#places[number] = halves[number * 2]!;
      this.#hashes[number] = halves[number * 2 + 1]!;
    }
  }

  under(hash: number): Uint32Array {
    const start = this.#first(hash);
    let end = start;
    while (this.#hashes[end] === hash) end += 1;
    return this.#places.subarray(start, end);
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

/** Times of look-ups that still count against the limit. */
export const counted = (times: readonly number[], now: number): number[] => times.filter((at) => now - at < LOOKUPS_PER_MS);
