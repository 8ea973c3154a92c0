/** Reads a zone character by character, each where the pitch puts it, by what its format allows there. */
import { isSound, parsed, type Reading, WIDTHS } from './fit';
import { cellsOf, columnsSeen } from './cells';
import { type Allowed, type GlyphModel, glyphsOf, textOf } from './glyphs';
import type { Grey } from './grey';
import type { TextLine } from './lines';
import { LAYOUTS, type Layout, LETTERS_ONLY, lettersOf, type MrzFormat, type Span } from '../mrz/layout';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<';
const DIGITS = '0123456789<';
const SEXES = 'MFX<';
const ANY = `${LETTERS}0123456789`;
/** Of marks that weren't found: at the ends of the lines, and of the leftmost column. */
const [MOST_OFF, SHIFTS] = [5, [0, 1, -1]];
/** A zone with a character less certain than the first is left to the reader of lines; from the second on it needs no second reader. */
const [CERTAIN, SURE] = [0.7, 0.92];

/** The zone if every check digit holds and every character is certain enough; else null. */
export function readApart(picture: Grey, zone: readonly TextLine[], model: GlyphModel, now: Date): Reading | null {
  const seen = columnsSeen(zone);
  const widths = (WIDTHS[zone.length] ?? []).filter((one) => seen - one <= 1 && one - seen <= MOST_OFF);
  for (const width of widths.toSorted((one, two) => Math.abs(one - seen) - Math.abs(two - seen))) {
    const cells = cellsOf(zone, width + 2, 1);
    if (!cells) return null;
    const found = cells.map((line) => glyphsOf(picture, line, model));
    for (const shift of SHIFTS) {
      const lines = found.map((line) => line.slice(1 - shift, 1 - shift + width));
      const reading = readingOfGlyphs(lines, now);
      if (reading) return reading;
    }
  }
  return null;
}

function readingOfGlyphs(found: readonly Float32Array[][], now: Date): Reading | null {
  const format = formatOf(found);
  const lines: string[] = [];
  let least = 1;
  for (const [row, line] of found.entries()) {
    const read = textOf(line, ALLOWED[format][row]!);
    if (read.least < CERTAIN) return null;
    least = Math.min(least, read.least);
    lines.push(read.text);
  }
  const mrz = parsed(lines, now);
  return mrz && isSound(mrz) ? { lines, isValid: true, by: 'glyphs', isSure: least >= SURE } : null;
}

function formatOf(found: readonly Float32Array[][]): MrzFormat {
  if (found.length === 3) return 'td1';
  const isVisa = textOf(found[0]!.slice(0, 1), () => LETTERS).text === 'V';
  if (found[0]!.length === 44) return isVisa ? 'mrv-a' : 'td3';
  return isVisa ? 'mrv-b' : 'td2';
}

/** What may stand at each place of each line of a format. */
const ALLOWED = Object.fromEntries(Object.entries(LAYOUTS).map(([format, layout]) => [format, allowedIn(layout)])) as Record<MrzFormat, Allowed[]>;

function allowedIn(layout: Layout): Allowed[] {
  const rows = Array.from({ length: layout.lines }, () => Array.from({ length: layout.width }, () => ANY));
  const say = ({ line, start, end }: Span, signs: string): void => {
    rows[line]!.fill(signs, start, end);
  };
  for (const field of LETTERS_ONLY) say(lettersOf(layout, field), LETTERS);
  for (const field of ['birth', 'expires'] as const) say(layout.fields[field]!, DIGITS);
  say(layout.fields.sex!, SEXES);
  for (const [, at] of layout.checked) say(at, DIGITS);
  if (layout.compositeCheck) say(layout.compositeCheck, DIGITS);
  return rows.map((row) => (place) => row[place]!);
}
