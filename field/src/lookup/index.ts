/** Finds people by a name and one more fact, in keyed hashes alone: the asking side of core/passes/lookup.py. */
import { createHMAC, createSHA256 } from 'hash-wasm';
import { type Bytes, utf8 } from '../bytes';
import { skeleton } from '../names';
import { EVERY, markedSkeleton } from '../names/marks';
import { type FactKind, valuesOf } from './facts';
import { Postings, type Posted } from './postings';
import { type Among, type Key, Ranking, type Under } from './rank';

export { FACT_KINDS, type FactKind, valuesOf } from './facts';

/** No more people are shown for one look-up. */
export const MOST_SHOWN = 3;
/** No more look-ups in so long: who takes an unlocked phone sees so many parties, each an event. */
export const MOST_LOOKUPS = 20;
export const LOOKUPS_PER_MS = 10 * 60_000;
/** What fits less than this share of the best isn't shown, */
const OF_BEST = 0.5;
/** nor what fits less than this share of a full agreement: a fact that many share wants more of the name. */
const OF_POSSIBLE: Readonly<Record<FactKind, number>> = { father: 0.3, 'birth-year': 0.25, phone: 0.15, document: 0 };
/** Of a father's name. */
const OF_FATHER = 0.3;
const FATHER_WEIGHS = 0.7;

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
  made_at?: string;
  parties: LookupParty[];
  persons: string[];
  party_of: number[];
  names: string;
  /** Absent in a table from before this was told. */
  name_marks?: string;
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
  readonly #hasher: Promise<(text: string) => number>;
  readonly #names: Postings;
  readonly #facts: Postings;
  readonly #keysOf: Bytes;

  constructor(readonly table: LookupTable) {
    this.#hasher = hasherOf(bytesOf(table.key));
    this.#keysOf = bytesOf(table.name_counts);
    this.#names = new Postings(bytesOf(table.names), this.#keysOf, table.name_marks === undefined ? undefined : bytesOf(table.name_marks));
    this.#facts = new Postings(bytesOf(table.facts), bytesOf(table.fact_counts));
  }

  /** How many people have every key of this name; none are shown. */
  async count(name: string): Promise<number> {
    const keys = [...new Set(skeleton(name))];
    const under = await this.#under(this.#names, 'name');
    const [first, ...others] = keys.map((key) => new Set(under(key).places));
    return first ? [...first].filter((place) => others.every((other) => other.has(place))).length : 0;
  }

  /** The people of whom the fact is true and whose name fits this one, those that fit best first. */
  async find(name: string, kind: FactKind, fact: string): Promise<{ hits: Hit[]; all: number }> {
    const [names, fathers] = [await this.#under(this.#names, 'name'), await this.#under(this.#facts, 'father')];
    const keys = merged(markedSkeleton(name));
    if (!keys.length && kind !== 'document') return { hits: [], all: 0 };
    const among = await this.#withFact(kind, fact);
    const asked = new Ranking(keys, this.table.persons.length, names, fathers);
    const ranked = asked.of(among, this.#keysOf);
    if (kind === 'document') for (const [place, weight] of among.entries()) if (weight && !ranked.has(place)) ranked.set(place, NO_AGREEMENT);
    const scored = [...ranked].filter(([, { score }]) => score >= OF_POSSIBLE[kind] * asked.possible || kind === 'document')
      .map(([place, one]) => ({ place, ...one, score: one.score + (kind === 'father' ? FATHER_WEIGHS * among[place]! : 0) }));
    scored.sort((one, two) => two.score - one.score || one.place - two.place);
    const fit = scored.filter(({ score }) => kind === 'document' || score >= OF_BEST * scored[0]!.score);
    const hits = fit.slice(0, MOST_SHOWN).map(({ place, agreeing }) => ({
      person: this.table.persons[place]!, party: this.table.parties[this.table.party_of[place]!]!, agreeing,
    }));
    return { hits, all: fit.length };
  }

  /** Who has the fact: 1 each; for a father's name how well it fits, where it fits enough. */
  async #withFact(kind: FactKind, fact: string): Promise<Among> {
    const among = new Float32Array(this.table.persons.length);
    const under = await this.#under(this.#facts, kind);
    if (kind !== 'father') {
      for (const value of valuesOf(kind, fact)) for (const place of under(value).places) among[place] = 1;
      return among;
    }
    const asked = new Ranking(merged(skeleton(fact).map((key) => [key, EVERY])), among.length, under, () => NOBODY);
    const least = OF_FATHER * asked.possible;
    for (const [place, { score }] of asked.of(new Float32Array(among.length).fill(1), new Uint8Array(among.length))) {
      if (score >= least) among[place] = score;
    }
    return among;
  }

  async #under(postings: Postings, kind: string): Promise<Under> {
    const hash = await this.#hasher;
    const known = new Map<string, Posted>();
    return (value) => {
      const found = known.get(value) ?? postings.under(hash(`${kind}\x1f${value}`));
      known.set(value, found);
      return found;
    };
  }
}

const NO_AGREEMENT = { score: 0, agreeing: 0 };
const NOBODY: Posted = { places: new Uint32Array(), marks: new Uint8Array() };

/** Each key once, with all that its spellings say. */
function merged(keys: [string, number][]): Key[] {
  const marks = new Map<string, number>();
  for (const [key, mark] of keys) marks.set(key, (marks.get(key) ?? 0) | mark);
  return [...marks].map(([key, mark]) => ({ key, mark }));
}

/** The first four bytes of HMAC-SHA-256; a look-up asks some thousand times, which WebCrypto's promises make slow. */
async function hasherOf(key: Bytes): Promise<(text: string) => number> {
  const mac = await createHMAC(createSHA256(), key);
  return (text) => {
    const tag = mac.init().update(utf8(text)).digest('binary');
    return new DataView(tag.buffer, tag.byteOffset).getUint32(0);
  };
}

/** Times of look-ups that still count against the limit. */
export const counted = (times: readonly number[], now: number): number[] => times.filter((at) => now - at < LOOKUPS_PER_MS);
