/** A still picture, with all the patience there is: any way up, at several sizes; every look is a vote, as if it were a frame. */
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

/** The four ways up are tried quickly first; the most promising one then gets all the looks. Nothing found: the same between the quarters. */
export function readPatiently(still: Grey, looks: readonly LookAt[], now: Date): Outcome | null {
  return readAnyWayUp(still, looks, now) ?? readAnyWayUp(diagonal(shrunk(still, SIDES[1]!)), looks, now);
}

function readAnyWayUp(still: Grey, looks: readonly LookAt[], now: Date): Outcome | null {
  const ways: Way[] = [];
  let picture = shrunk(still, SIDES.at(-1)!);
  for (let quarters = 0; quarters < 4; quarters += 1) {
    const way: Way = { picture, ballot: new Ballot(LOOKS_AGREEING), careful: new Ballot(MORE_AGREEING), promise: 0 };
    ways.push(way);
    const outcome = readAt(way, SIDES[0]!, SHARES[0]!, looks.slice(0, FIRST_LOOKS), now);
    if (outcome) return outcome;
    if (way.promise === VALID) break;
    if (quarters < 3) picture = turned(picture);
  }
  let [best, tried] = [null as Outcome | null, 0];
  for (const way of ways.toSorted((one, two) => two.promise - one.promise)) {
    if (best && way.promise <= BY_LUCK && tried > BY_LUCK) break;
    for (const [size, side] of SIDES.entries()) {
      if (size > 0 && Math.max(still.width, still.height) <= SIDES[size - 1]!) break;
      for (const share of SHARES) {
        const left = side === SIDES[0] && share === SHARES[0] ? looks.slice(FIRST_LOOKS) : looks;
        const outcome = readAt(way, side, share, left, now);
        if (outcome) return outcome;
      }
    }
    if (!best || way.promise > tried) best = way.careful.outcome(now) ?? best;
    tried = Math.max(tried, way.promise);
  }
  return best;
}

/** What the looks so far agree on; each zone gets all of these looks while they give anything. */
function readAt(way: Way, side: number, share: number, looks: readonly LookAt[], now: Date): Outcome | null {
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
      if (outcome?.state === 'read') return outcome;
    }
  }
  return null;
}

const promiseOf = ({ lines, isValid }: Reading, now: Date): number =>
  (isValid ? VALID : parsed(lines, now)?.checks.filter(isRight).length ?? 0);
