/** Reads the zone of a document in one picture: found, straightened, read line by line, brought to its format. Keeps nothing. */
import { type Reading, readingOf } from './fit';
import { type Grey, shrunk, turned } from './grey';
import { type TextLine, zonesOf } from './lines';
import { marksOf } from './marks';
import { type Look, stripOf } from './strip';
import { Ballot, type Outcome } from './vote';

/** The reader of characters: the text of one straight line. */
export type ReadLine = (strip: Grey) => string;

const SIDES = [1400, 2000];
const SHARES = [0.86, 0.75, 0.93];
const LOOKS: readonly Look[] = [
  { tall: 30, margin: 0.35, wide: 1, smooth: 1 },
  { tall: 26, margin: 0.3, wide: 1.2, smooth: 0 },
  { tall: 26, margin: 0.35, wide: 0.85, smooth: 0 },
  { tall: 34, margin: 0.3, wide: 1, smooth: 1 },
  { tall: 26, margin: 0.3, wide: 1.4, smooth: 1 },
];
const ZONES_TRIED = 2;
const LOOKS_AGREEING = 3;

/** One frame of a stream: the place that finds the likeliest zone, and two looks at most. `turn` varies them from frame to frame. */
export function readFrame(frame: Grey, read: ReadLine, now: Date, turn: number): Reading | null {
  const picture = shrunk(frame, SIDES[0]!);
  const zone = zonesOf(marksOf(picture, SHARES[turn % 2]!))[0];
  if (!zone) return null;
  let seen: Reading | null = null;
  for (const look of [LOOKS[turn % LOOKS.length]!, LOOKS[(turn + 1) % LOOKS.length]!]) {
    const reading = readZone(picture, zone, look, read, now);
    if (reading?.isValid) return reading;
    seen ??= reading;
  }
  return seen;
}

/** A still picture, with all the patience there is: every look is a vote, as if it were a frame. */
export function readStill(still: Grey, read: ReadLine, now: Date): Outcome | null {
  const ballot = new Ballot(LOOKS_AGREEING);
  let [last, quarter] = [null as Outcome | null, still];
  for (let turns = 0; turns < 4; turns += 1) {
    for (const side of SIDES.slice(0, Math.max(still.width, still.height) > SIDES[0]! ? 2 : 1)) {
      const picture = shrunk(quarter, side);
      for (const share of SHARES) {
        for (const zone of zonesOf(marksOf(picture, share)).slice(0, ZONES_TRIED)) {
          for (const look of LOOKS) {
            const reading = readZone(picture, zone, look, read, now);
            if (reading) ballot.add(reading);
            else break;
            last = ballot.outcome(now);
            if (last?.state === 'read') return last;
          }
        }
      }
    }
    if (last) break;
    quarter = turned(quarter);
  }
  return last;
}

function readZone(picture: Grey, zone: TextLine[], look: Look, read: ReadLine, now: Date): Reading | null {
  const left = Math.min(...zone.map((line) => line.left));
  const right = Math.max(...zone.map((line) => line.right));
  return readingOf(zone.map((line) => read(stripOf(picture, line, left, right, look))), now);
}
