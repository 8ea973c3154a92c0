/** Reads the zone of a document in one picture: found, straightened, read line by line, brought to its format. Keeps nothing. */
import { readApart } from './apart';
import { type Reading, readingOf } from './fit';
import type { GlyphModel } from './glyphs';
import { type Grey, shrunk } from './grey';
import { type TextLine, zonesOf } from './lines';
import { marksOf } from './marks';
import { type LookAt, readPatiently } from './still';
import { type Look, stripOf } from './strip';
import type { Outcome } from './vote';

/** The reader of characters: the text of one straight line. */
export type ReadLine = (strip: Grey) => string;

/** Single characters first, whole lines where those don't give a zone; `line` is null until it is here (`whole`). */
export interface Readers {
  glyphs: GlyphModel;
  line: ReadLine | null;
  whole?: Promise<void>;
}

const SIDE = 1400;
const SHARES = [0.86, 0.75];
const LOOKS: readonly Look[] = [
  { tall: 30, margin: 0.35, wide: 1, smooth: 1 },
  { tall: 26, margin: 0.3, wide: 1.2, smooth: 0 },
  { tall: 26, margin: 0.35, wide: 0.85, smooth: 0 },
  { tall: 34, margin: 0.3, wide: 1, smooth: 1 },
  { tall: 26, margin: 0.3, wide: 1.4, smooth: 1 },
];

/**
 * One frame of a stream, read by the reader that the ballot wants, and by the other where that gives no zone; but whole lines are not
 * read of the first frame: the next may be sharper, and is here sooner. `turn` varies place and look from frame to frame.
 */
export function readFrame(frame: Grey, { glyphs, line }: Readers, now: Date, turn: number, wanted: Reading['by'] = 'glyphs'): Reading | null {
  const picture = shrunk(frame, SIDE);
  const zone = zonesOf(marksOf(picture, SHARES[turn % 2]!))[0];
  const apart = (): Reading | null =>
    (zone && readApart(picture, zone, glyphs, now)) ?? again(zonesOf(marksOf(picture, SHARES[(turn + 1) % 2]!))[0], picture, glyphs, now);
  const whole = (): Reading | null => (line && zone && turn > 0 ? readWhole(picture, zone, line, now, turn) : null);
  const [first, second] = wanted === 'lines' ? [whole, apart] : [apart, whole];
  const reading = first();
  return reading?.isValid ? reading : second() ?? reading;
}

/** Two looks at most. */
function readWhole(picture: Grey, zone: TextLine[], line: ReadLine, now: Date, turn: number): Reading | null {
  let seen: Reading | null = null;
  for (const look of [LOOKS[turn % LOOKS.length]!, LOOKS[(turn + 1) % LOOKS.length]!]) {
    const reading = readZone(picture, zone, look, line, now);
    if (reading?.isValid) return reading;
    seen ??= reading;
  }
  return seen;
}

const again = (zone: TextLine[] | undefined, picture: Grey, glyphs: GlyphModel, now: Date): Reading | null =>
  (zone ? readApart(picture, zone, glyphs, now) : null);

/** A still picture, with patience: line by line alone, for of one picture single characters err alike in every look. */
export function readStill(still: Grey, { line }: Readers, now: Date): Outcome | null {
  return line && readPatiently(still, LOOKS.map((look): LookAt => (picture, zone) => readZone(picture, zone, look, line, now)), now);
}

function readZone(picture: Grey, zone: TextLine[], look: Look, read: ReadLine, now: Date): Reading | null {
  const left = Math.min(...zone.map((line) => line.left));
  const right = Math.max(...zone.map((line) => line.right));
  return readingOf(zone.map((line) => read(stripOf(picture, line, left, right, look))), now);
}
