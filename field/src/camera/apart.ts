/** Reads a zone character by character, each where the pitch puts it, by what its format allows there. */
import { isSound, parsed, type Reading, type Trust, WIDTHS } from './fit';
import { cellsOf, columnsSeen } from './cells';
import { type Allowed, type GlyphModel, type Glyphs, glyphsOf, type Kind, textOf } from './glyphs';
import type { Grey } from './grey';
import type { TextLine } from './lines';
import { LAYOUTS, type Layout, LETTERS_ONLY, lettersOf, type MrzFormat, type Span } from '../mrz/layout';

const LETTERS: Kind = { signs: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ<' };
const DIGITS: Kind = { signs: '0123456789<', alike: { 0: 'OQD', 1: 'IL', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' } };
const SEXES: Kind = { signs: 'MFX<' };
const ANY: Kind = { signs: `${LETTERS.signs}0123456789`, twins: '0O' };
/** Of marks that weren't found: at the ends of the lines, and of the leftmost column. */
const [MOST_OFF, SHIFTS] = [5, [0, 1, -1]];
/** Of marks that are none, so many columns at most: a pattern beside the zone that looks like more of it. */
const MOST_BESIDE = 14;
const MOST_TWINS = 6;
/** A zone with a character less certain than the first is left to the reader of lines; from the second on it needs no second reader. */
const [CERTAIN, SURE, AGAINST] = [0.7, 0.92, 0.98];

/** The zone if every check digit holds and every character is certain enough; else null. */
export function readApart(picture: Grey, zone: readonly TextLine[], model: GlyphModel, now: Date): Reading | null {
  const seen = columnsSeen(zone);
  const widths = (WIDTHS[zone.length] ?? []).filter((one) => seen - one <= MOST_BESIDE && one - seen <= MOST_OFF);
  for (const width of widths.toSorted((one, two) => Math.abs(one - seen) - Math.abs(two - seen))) {
    const beside = Math.max(0, seen - width - 1);
    const cells = cellsOf(zone, width + 2 + beside, 1);
    if (!cells) return null;
    const found = cells.map((line) => glyphsOf(picture, line, model));
    const format = formatOf(found.map((line) => line.slice(1, 1 + width)));
    const starts = [...SHIFTS, ...Array.from({ length: beside }, (_, at) => -2 - at)];
    const read = found.map((line, row) => starts.map((shift) => textOf(line.slice(1 - shift, 1 - shift + width), ALLOWED[format][row]!)));
    for (const shifts of shiftsOf(zone.length, starts.length)) {
      const reading = readingOfGlyphs(shifts.map((shift, row) => read[row]![shift]!), now);
      if (reading) return reading;
    }
  }
  return null;
}

/** Whether of a name that was read otherwise some character is certainly another, wherever the zone may begin. */
export function speaksAgainst(picture: Grey, zone: readonly TextLine[], model: GlyphModel, lines: readonly string[]): boolean {
  const [row, width] = [lines.length === 3 ? 2 : 0, lines[0]!.length];
  const cells = zone.length === lines.length && cellsOf(zone, width + 2, 1)?.[row];
  if (!cells) return false;
  const found = glyphsOf(picture, cells, model);
  const against = SHIFTS.map((shift) => [...lines[row]!].filter((sign, place) => {
    const { text, least } = textOf(found.slice(1 - shift + place, 2 - shift + place), () => LETTERS);
    return text !== sign && least >= AGAINST;
  }).length);
  return Math.min(...against) > 0;
}

/** For each line which of the starts: all the same; then, where check digits or the code of a document tell it, one of them otherwise. */
function shiftsOf(rows: number, starts: number): number[][] {
  const same = Array.from({ length: starts }, (_, shift) => Array.from({ length: rows }, () => shift));
  const one = [0, 1].flatMap((row) => SHIFTS.slice(1).map((_, shift) => Array.from({ length: rows }, (__, at) => (at === row ? shift + 1 : 0))));
  return [...same, ...one];
}

/**
 * The zone of which every check digit holds. Which of its twins are which the digits tell: as read if they hold so, else turned. A line is
 * doubted where a twin was turned, no digit stands over it, or the digits hold otherwise too: `OO` for `00` changes no sum.
 */
export function readingOfGlyphs(found: readonly Glyphs[], now: Date): Reading | null {
  if (found.some(({ least }) => least < CERTAIN)) return null;
  const own = found.map(({ text }) => text);
  const format = parsed(own, now)?.format;
  if (!format) return null;
  const places = found.flatMap(({ twins }, row) => twins.map((place): [number, number] => [row, place]));
  const isCovered = ([row, place]: [number, number]): boolean => COVERED[format].some(({ line, start, end }) => line === row && place >= start && place < end);
  const covered = places.filter(isCovered);
  const sound = turnsOf(own, covered.length > MOST_TWINS ? [] : covered).filter((lines) => {
    const mrz = parsed(lines, now);
    return mrz !== null && isSound(mrz);
  });
  const lines = sound[0];
  if (!lines) return null;
  const isOpen = ([row, place]: [number, number]): boolean => !isCovered([row, place]) || covered.length > MOST_TWINS
    || sound.some((one) => one[row]![place] !== own[row]![place]);
  const open = new Set(places.filter(isOpen).map(([row]) => row));
  const trust = found.map(({ least }, row): Trust => (least >= SURE && !open.has(row) ? 'sure' : 'doubted'));
  return { lines, isValid: true, by: 'glyphs', trust, ...(sound.length > 1 && { turns: sound.slice(1) }) };
}

/** The lines as read; then with ever more of their twins as the other. */
function turnsOf(own: string[], places: readonly [number, number][]): string[][] {
  let all = [own];
  for (const [row, place] of places) all = [...all, ...all.map((lines) => lines.with(row, otherTwin(lines[row]!, place)))];
  return all;
}

const otherTwin = (line: string, place: number): string => line.slice(0, place) + (line[place] === '0' ? 'O' : '0') + line.slice(place + 1);

function formatOf(found: readonly Float32Array[][]): MrzFormat {
  if (found.length === 3) return 'td1';
  const isVisa = textOf(found[0]!.slice(0, 1), () => LETTERS).text === 'V';
  if (found[0]!.length === 44) return isVisa ? 'mrv-a' : 'td3';
  return isVisa ? 'mrv-b' : 'td2';
}

/** What some check digit stands over; of visas it does not stand over optional data. */
const COVERED = Object.fromEntries(Object.entries(LAYOUTS).map(([format, { checked, composite, fields }]) =>
  [format, [...composite, ...checked.map(([field]) => fields[field]!)]])) as Record<MrzFormat, Span[]>;

/** What may stand at each place of each line of a format. */
const ALLOWED = Object.fromEntries(Object.entries(LAYOUTS).map(([format, layout]) => [format, allowedIn(layout)])) as Record<MrzFormat, Allowed[]>;

function allowedIn(layout: Layout): Allowed[] {
  const rows = Array.from({ length: layout.lines }, () => Array.from({ length: layout.width }, () => ANY));
  const say = ({ line, start, end }: Span, signs: Kind): void => {
    rows[line]!.fill(signs, start, end);
  };
  for (const field of LETTERS_ONLY) say(lettersOf(layout, field), LETTERS);
  for (const field of ['birth', 'expires'] as const) say(layout.fields[field]!, DIGITS);
  say(layout.fields.sex!, SEXES);
  for (const [, at] of layout.checked) say(at, DIGITS);
  if (layout.compositeCheck) say(layout.compositeCheck, DIGITS);
  return rows.map((row) => (place) => row[place]!);
}
