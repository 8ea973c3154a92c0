/** Reads the zone of a document in one picture: found, straightened, read line by line, brought to its format. Keeps nothing. */
import { type Reading, readingOf } from './fit';
import { type Grey, shrunk } from './grey';
import { type TextLine, zonesOf } from './lines';
import { marksOf } from './marks';
import { type LookAt, readPatiently } from './still';
import { type Look, stripOf } from './strip';
import type { Outcome } from './vote';

/** The reader of characters: the text of one straight line. */
export type ReadLine = (strip: Grey) => string;

const SIDE = 1400;
const SHARES = [0.86, 0.75];
const LOOKS: readonly Look[] = [
  { tall: 30, margin: 0.35, wide: 1, smooth: 1 },
  { tall: 26, margin: 0.3, wide: 1.2, smooth: 0 },
  { tall: 26, margin: 0.35, wide: 0.85, smooth: 0 },
  { tall: 34, margin: 0.3, wide: 1, smooth: 1 },
  { tall: 26, margin: 0.3, wide: 1.4, smooth: 1 },
];

/** One frame of a stream: the place that finds the likeliest zone, and two looks at most. `turn` varies them from frame to frame. */
export function readFrame(frame: Grey, read: ReadLine, now: Date, turn: number): Reading | null {
  const picture = shrunk(frame, SIDE);
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

/** A still picture, with patience. */
export function readStill(still: Grey, read: ReadLine, now: Date): Outcome | null {
  return readPatiently(still, LOOKS.map((look): LookAt => (picture, zone) => readZone(picture, zone, look, read, now)), now);
}

function readZone(picture: Grey, zone: TextLine[], look: Look, read: ReadLine, now: Date): Reading | null {
  const left = Math.min(...zone.map((line) => line.left));
  const right = Math.max(...zone.map((line) => line.right));
  return readingOf(zone.map((line) => read(stripOf(picture, line, left, right, look))), now);
}
