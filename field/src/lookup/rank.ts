/**
 * How well the names under an index fit a name that is asked for. A rare key says more than a common one; a key that is
 * spelt otherwise, two that were written as one, and one written as two say less. Of the index only hashes are known.
 */
import { ENDS, JOINS, LAST } from '../names/marks';
import { near, SLIGHT } from './near';
import type { Posted } from './postings';

/** Ends, last vowel, or abdul and -ullah beside it speak against each other. */
const AGAINST: readonly [number, number][] = [[ENDS, 0.7], [LAST, 0.8], [JOINS, 0.7]];
/** A key nearby against which more than one of them speaks is another name (Omid, Ahmadi). */
const ANOTHER_NAME = 0.6;
/** Names beside the given one: lists drop and change them, and families share them. */
const LATER = 0.7;
const WRITTEN_AS_ONE = 0.9;
const WRITTEN_AS_TWO = 0.8;
/** One half alone of a long key. */
const HALF = 0.5;
/** The father's name as a name of the person. */
const AS_FATHERS = 0.5;
/** For each key that a person has and that wasn't asked for. */
const NOT_ASKED = 0.3;
const LEAST_DIVIDED = 4;
/** A key that more than this share of people has (Mohammad, Ahmad) isn't taken for the given name if another follows. */
const COMMON = 0.04;

export interface Key {
  key: string;
  mark: number;
}

/** Answers who is under a key. */
export type Under = (key: string) => Posted;

/** People with a fact: a weight for each place of the index, 0 for everybody else. */
export type Among = Float32Array;

export interface Ranked {
  score: number;
  /** Keys asked for that the name has in some spelling. */
  agreeing: number;
}

export class Ranking {
  readonly #weights: number[];
  readonly #given: number;

  constructor(readonly keys: Key[], readonly people: number, readonly names: Under, readonly fathers: Under) {
    this.#weights = keys.map(({ key }) => this.#rarity(names(key)));
    this.#given = Math.max(0, keys.findIndex(({ key }) => names(key).places.length < COMMON * people));
  }

  /** What a name that fits in every key scores. */
  get possible(): number {
    return this.#weights.reduce((sum, weight, place) => sum + weight * this.#share(place), 0);
  }

  /** The scores of the people among those given. */
  of(among: Among, keysOf: ArrayLike<number>): Map<number, Ranked> {
    const fits = this.keys.map((key, place) => this.#spelt(key, this.#weights[place]!, among));
    for (const [place, { key }] of this.keys.entries()) this.#divided(fits[place]!, key, this.#weights[place]!, among);
    this.#joined(fits, among);
    const found = new Map<number, Ranked>();
    for (const [place, fit] of fits.entries()) {
      for (const [person, worth] of fit) {
        const one = found.get(person) ?? { score: 0, agreeing: 0 };
        found.set(person, { score: one.score + worth * this.#share(place), agreeing: one.agreeing + Number(worth > 0) });
      }
    }
    for (const [place, { key }] of this.keys.entries()) {
      for (const person of this.fathers(key).places) {
        const one = found.get(person);
        if (one && !fits[place]!.has(person)) one.score += AS_FATHERS * this.#weights[place]! * this.#share(place);
      }
    }
    for (const [person, one] of found) one.score -= NOT_ASKED * Math.max(0, keysOf[person]! - one.agreeing);
    return found;
  }

  #share(place: number): number {
    return place === this.#given ? 1 : LATER;
  }

  #rarity({ places }: Posted): number {
    return Math.log2(1 + this.people / Math.max(1, places.length));
  }

  #spelt({ key, mark }: Key, weight: number, among: Among, isSlightOnly = false): Map<number, number> {
    const fit = new Map<number, number>();
    for (const [spelt, quality] of near(key, isSlightOnly)) {
      const { places, marks } = this.names(spelt);
      if (!places.length) continue;
      const worth = quality * Math.min(weight, this.#rarity({ places, marks }));
      for (const [at, person] of places.entries()) {
        if (!among[person]) continue;
        const told = AGAINST.reduce((left, [group, share]) => (mark & marks[at]! & group ? left : left * share), worth);
        const isOther = spelt !== key && told < ANOTHER_NAME * worth;
        if (!isOther && (fit.get(person) ?? 0) < told) fit.set(person, told);
      }
    }
    return fit;
  }

  /** A long key of which the index has both halves as keys, or one. */
  #divided(fit: Map<number, number>, key: string, weight: number, among: Among): void {
    const put = (person: number, worth: number): void => {
      if (among[person] && (fit.get(person) ?? 0) < worth) fit.set(person, worth);
    };
    for (let cut = 1; key.length >= LEAST_DIVIDED && cut < key.length; cut += 1) {
      const [start, end] = [this.names(key.slice(0, cut)), this.names(key.slice(cut))];
      const worth = [start, end].map((half) => this.#rarity(half));
      const first = new Set(start.places);
      const both = WRITTEN_AS_TWO * Math.min(weight, worth[0]! + worth[1]!);
      for (const person of end.places) if (first.has(person)) put(person, both);
      if (cut < 2 || cut > key.length - 2) continue;
      for (const [at, half] of [start, end].entries()) for (const person of half.places) put(person, HALF * Math.min(weight, worth[at]!));
    }
  }

  /** Two keys that the index has as one. */
  #joined(fits: Map<number, number>[], among: Among): void {
    for (const [place, { key, mark }] of this.keys.entries()) {
      const next = this.keys[place + 1];
      if (!next) continue;
      const whole = this.#spelt({ key: key + next.key, mark: mark | next.mark | ENDS | LAST }, this.#rarity(this.names(key + next.key)), among, true);
      for (const [person, worth] of whole) {
        const apart = (fits[place]!.get(person) ?? 0) + (fits[place + 1]!.get(person) ?? 0);
        if (worth * SLIGHT <= apart) continue;
        fits[place]!.set(person, worth * WRITTEN_AS_ONE);
        fits[place + 1]!.delete(person);
      }
    }
  }
}
