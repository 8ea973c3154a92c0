/** A still picture, with all the patience there is: any way up, at several sizes, by both readers; of lines every look is a vote, as if it were a frame. */
import { isRight } from '../mrz/read';
import { parsed, type Reading } from './fit';
import { diagonal, type Grey, shrunk, turned } from './grey';
import { type TextLine, zonesOf } from './lines';
import { marksOf } from './marks';
import { Ballot, type Outcome } from './vote';

/** One way to read a zone that was found in a picture. */
export type LookAt = (picture: Grey, zone: TextLine[]) => Reading | null;

/** Longer sides at which zones are looked for: whole pages near by, then pages that fill a part of a large photo. */
const SIDES = [1400, 2000, 2800];
const SHARES = [0.86, 0.75, 0.93];
const ZONES_TRIED = 2;
const FIRST_LOOKS = 2;
const VALID = 9;
/** So many check digits hold by luck in lines that are none, or stand on their head. */
const BY_LUCK = 1;
/** Looks at one picture err alike more often than frames do, most of all where a character has few pixels. */
const [LOOKS_AGREEING, MORE_AGREEING, FEW_PIXELS] = [3, 5, 10];

interface Way {
  picture: Grey;
  ballot: Ballot;
  /** The same votes where characters are small. */
  careful: Ballot;
  /** The most check digits that held in one reading; `VALID` if all of them did. */
  promise: number;
}

/** Both readers of one zone, and the looks of the one that takes lines. */
export interface Eyes {
  apart: LookAt;
  looks: readonly LookAt[];
  /** Whether single characters that are certain speak against a name. */
  isContradicted: (picture: Grey, zone: TextLine[], lines: readonly string[]) => boolean;
}

/** Any way up, and then between the quarters: first by single characters, which are quick, and confirmed line by line; else by lines alone. */
export function readPatiently(still: Grey, eyes: Eyes, now: Date): Outcome | null {
  let best: Outcome | null = null;
  for (const turn of [(): Grey => still, (): Grey => diagonal(shrunk(still, SIDES[1]!))]) {
    const picture = turn();
    const outcome = readByBoth(picture, eyes) ?? readAnyWayUp(picture, eyes, now);
    if (outcome?.state === 'read') return outcome;
    best ??= outcome;
  }
  return best;
}

/** What single characters give of one way up, if every check digit holds; null if of none. */
function readByBoth(still: Grey, eyes: Eyes): Outcome | null {
  let picture = shrunk(still, SIDES.at(-1)!);
  const ways = [picture];
  for (let quarters = 1; quarters < 4; quarters += 1) ways.push((picture = turned(picture)));
  for (const side of sidesOf(still)) {
    for (const way of ways) {
      const outcome = confirmed(way, side, eyes);
      if (outcome) return outcome;
    }
  }
  return null;
}

const sidesOf = ({ width, height }: Grey): number[] => SIDES.filter((_, size) => size === 0 || Math.max(width, height) > SIDES[size - 1]!);

/** Two readers that err in different ways say the same: read. They differ, or one says nothing: proposed. */
function confirmed(way: Grey, from: number, { apart, looks }: Eyes): Outcome | null {
  const [single, whole] = [[] as Reading[], [] as Reading[]];
  for (const side of sidesOf(way).filter((one) => one >= from)) {
    const picture = shrunk(way, side);
    for (const share of SHARES.slice(0, 2)) {
      for (const zone of zonesOf(marksOf(picture, share)).slice(0, ZONES_TRIED)) {
        const reading = apart(picture, zone);
        if (!reading) continue;
        single.push(reading);
        const isSmall = (zone[0]!.pitch * way.width) / picture.width < FEW_PIXELS;
        for (const look of looks) {
          const other = look(picture, zone);
          if (other?.isValid) whole.push(other);
          const lines = agreed(single, whole, isSmall);
          if (lines) return { state: 'read', lines };
        }
        break;
      }
    }
    if (!single.length) return null;
  }
  return { state: 'proposed', lines: (whole[0] ?? single[0]!).lines };
}

/** The lines that both readers gave, the one of lines in more looks than not; of few pixels only what is sure, twice. */
function agreed(single: readonly Reading[], whole: readonly Reading[], isSmall: boolean): string[] | null {
  const wanted = isSmall ? 2 : 1;
  for (const { lines, trust, turns = [] } of single) {
    if (isSmall && trust.includes('doubted')) continue;
    for (const told of [lines, ...turns]) {
      const same = whole.filter((one) => one.lines.join() === told.join()).length;
      if (same >= wanted && same > whole.length - same && single.every((one) => isSaid(told, one))) return [...told];
    }
  }
  return null;
}

const isSaid = (told: readonly string[], { lines, turns = [] }: Reading): boolean => [lines, ...turns].some((one) => one.join() === told.join());

/** By lines alone: the four ways up are tried quickly first; the most promising one then gets all the looks. */
function readAnyWayUp(still: Grey, eyes: Eyes, now: Date): Outcome | null {
  const { looks } = eyes;
  const ways: Way[] = [];
  let picture = shrunk(still, SIDES.at(-1)!);
  for (let quarters = 0; quarters < 4; quarters += 1) {
    const way: Way = { picture, ballot: new Ballot(LOOKS_AGREEING), careful: new Ballot(MORE_AGREEING), promise: 0 };
    ways.push(way);
    const outcome = readAt(way, SIDES[0]!, SHARES[0]!, looks.slice(0, FIRST_LOOKS), eyes, now);
    if (outcome) return outcome;
    if (way.promise === VALID) break;
    if (quarters < 3) picture = turned(picture);
  }
  let [best, tried] = [null as Outcome | null, 0];
  for (const way of ways.toSorted((one, two) => two.promise - one.promise)) {
    if (best && way.promise <= BY_LUCK && tried > BY_LUCK) break;
    for (const side of sidesOf(still)) {
      for (const share of SHARES) {
        const left = side === SIDES[0] && share === SHARES[0] ? looks.slice(FIRST_LOOKS) : looks;
        const outcome = readAt(way, side, share, left, eyes, now);
        if (outcome) return outcome;
      }
    }
    if (!best || way.promise > tried) best = way.careful.outcome(now) ?? best;
    tried = Math.max(tried, way.promise);
  }
  return best;
}

/** What the looks so far agree on; each zone gets all of these looks while they give anything. */
function readAt(way: Way, side: number, share: number, looks: readonly LookAt[], eyes: Eyes, now: Date): Outcome | null {
  const picture = shrunk(way.picture, side);
  for (const zone of zonesOf(marksOf(picture, share)).slice(0, ZONES_TRIED)) {
    const isSmall = (zone[0]!.pitch * way.picture.width) / picture.width < FEW_PIXELS;
    for (const look of looks) {
      const reading = look(picture, zone);
      if (!reading) break;
      way.ballot.add(reading);
      way.careful.add(reading);
      way.promise = Math.max(way.promise, promiseOf(reading, now));
      const outcome = (isSmall ? way.careful : way.ballot).outcome(now);
      if (outcome?.state !== 'read') continue;
      return eyes.isContradicted(picture, zone, outcome.lines) ? { ...outcome, state: 'proposed' } : outcome;
    }
  }
  return null;
}

const promiseOf = ({ lines, isValid }: Reading, now: Date): number =>
  (isValid ? VALID : parsed(lines, now)?.checks.filter(isRight).length ?? 0);
