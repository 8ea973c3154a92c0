/** Reads the zone of a document in one picture: found, straightened, read line by line, brought to its format. Keeps nothing. */
import { readApart, speaksAgainst } from './apart';
import { type Reading, readingOf, type Trust } from './fit';
import type { GlyphModel } from './glyphs';
import { type Grey, shrunk } from './grey';
import { type TextLine, zonesOf } from './lines';
import { marksOf } from './marks';
import { type LookAt, readPatiently } from './still';
import { type Look, stripOf } from './strip';
import type { Outcome, Wanted } from './vote';

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
 * One frame of a stream: single characters first; whole lines where the ballot wants them. `turn` varies place and look from frame to frame.
 */
export function readFrame(frame: Grey, { glyphs, line }: Readers, now: Date, turn: number, wanted: Wanted): Reading | null {
  const picture = shrunk(frame, SIDE);
  const looks = [LOOKS[turn % LOOKS.length]!, LOOKS[(turn + 1) % LOOKS.length]!];
  let place: TextLine[] | undefined;
  for (const other of [0, 1]) {
    const zone = zonesOf(marksOf(picture, SHARES[(turn + other) % 2]!))[0];
    const reading = zone ? readApart(picture, zone, glyphs, now) : null;
    if (reading) return line && wanted.doubts && isDoubted(reading) ? vouchedFor(reading, picture, zone!, line, looks, now) : reading;
    place ??= zone;
  }
  return line && place && wanted.zone ? readWhole(picture, place, line, looks, now) : null;
}

function readWhole(picture: Grey, zone: TextLine[], line: ReadLine, looks: readonly Look[], now: Date): Reading | null {
  let seen: Reading | null = null;
  for (const look of looks) {
    const reading = readZone(picture, zone, look, line, now);
    if (reading?.isValid) return reading;
    seen ??= reading;
  }
  return seen;
}

const isDoubted = ({ trust }: Reading): boolean => trust.includes('doubted');

/** The doubted lines by the reader of whole lines. Check digits judge between the two; a name, which has none, is doubted on where they differ. */
function vouchedFor(reading: Reading, picture: Grey, zone: TextLine[], line: ReadLine, looks: readonly Look[], now: Date): Reading {
  for (const look of looks) {
    const other = readZone(picture, zone, look, line, now, reading);
    if (!other?.isValid) continue;
    const name = reading.lines.length === 3 ? 2 : 0;
    const trust = reading.trust.map((one, row): Trust =>
      (one !== 'doubted' ? one : row === name && other.lines[row] !== reading.lines[row] ? 'doubted' : 'vouched'));
    return { ...other, trust };
  }
  return reading;
}

/** A still picture, with patience: of one picture each reader errs alike in every look, so the two have to agree. */
export function readStill(still: Grey, { glyphs, line }: Readers, now: Date): Outcome | null {
  return line && readPatiently(still, {
    apart: (picture, zone) => readApart(picture, zone, glyphs, now),
    looks: LOOKS.map((look): LookAt => (picture, zone) => readZone(picture, zone, look, line, now)),
    isContradicted: (picture, zone, lines) => speaksAgainst(picture, zone, glyphs, lines),
  }, now);
}

/** Line by line; of a zone that was `given` only the lines in doubt. */
function readZone(picture: Grey, zone: TextLine[], look: Look, read: ReadLine, now: Date, given?: Reading): Reading | null {
  const left = Math.min(...zone.map((line) => line.left));
  const right = Math.max(...zone.map((line) => line.right));
  const isKnown = (row: number): boolean => given !== undefined && given.trust[row] !== 'doubted';
  return readingOf(zone.map((line, row) => (isKnown(row) ? given!.lines[row]! : read(stripOf(picture, line, left, right, look)))), now);
}
