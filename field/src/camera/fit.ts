/** What was read of each line, brought to the width of a format. Fillers are counted anew; a letter is taken for another sign only where digits alone may stand. */
import { LAYOUTS, type Span } from '../mrz/layout';
import { isRight, parseMrz, type Mrz } from '../mrz/read';
import { isLikelyState } from '../mrz/states';

/** One look at one frame: lines of a format's width, and whether every check digit holds. */
export interface Reading {
  lines: string[];
  isValid: boolean;
  /** The reader of whole lines, or that of single characters: they err in different ways. */
  by: 'lines' | 'glyphs';
  /** Of each line. */
  trust: readonly Trust[];
  /** The same with other twins turned, where every check digit holds so too: one reading with these lines, told apart by another reader. */
  turns?: readonly (readonly string[])[];
}

/** Doubted: single characters, one of them not certain. Sure: single characters, each as good as certain. Vouched for: by the reader of whole lines. */
export type Trust = 'doubted' | 'sure' | 'vouched';

const VOUCHED: readonly Trust[] = ['vouched', 'vouched', 'vouched'];
const wholly = (lines: string[], isValid: boolean): Reading => ({ lines, isValid, by: 'lines', trust: VOUCHED.slice(0, lines.length) });

/** Columns of the formats with so many lines. */
export const WIDTHS: Record<number, number[]> = { 2: [36, 44], 3: [30] };
const MOST_OFF = 4;
const MOST_TRIED = 64;
/** What specks and edges beside a line are read as. Anything else was printed there, and a sign too many stands within the line. */
const SPECKS = /^[<I1LJCK]*$/u;

/** The zone that these texts may be: a valid one if one fits, else the likeliest; null if they are none. */
export function readingOf(texts: string[], now: Date): Reading | null {
  const cleaned = texts.map(clean);
  const longest = Math.max(...cleaned.map((one) => one.length));
  const widths = (WIDTHS[texts.length] ?? []).toSorted((one, two) => Math.abs(one - longest) - Math.abs(two - longest));
  let [mended, likeliest]: (Reading | null)[] = [null, null];
  for (const width of widths) {
    const choices = cleaned.map((one, place) => fittings(one, width, place === 0));
    if (choices.some((one) => !one.length)) continue;
    for (const lines of combined(choices).slice(0, MOST_TRIED)) {
      const mrz = parsed(lines, now);
      if (mrz && isSound(mrz)) return wholly(lines, true);
      const digits: Mrz | null = mrz && !mended ? parsed(withDigits(mrz), now) : null;
      if (digits && isSound(digits)) mended = wholly(digits.lines, true);
      if (mrz) likeliest ??= wholly(lines, false);
    }
  }
  return mended ?? likeliest ?? null;
}

const ALIKE: Readonly<Record<string, string>> = { O: '0', Q: '0', D: '0', I: '1', L: '1', Z: '2', S: '5', G: '6', B: '8' };

/** Where digits alone may stand a letter is the digit that it is drawn like; and of a number that fails its check digit an O is a zero. */
function withDigits({ lines, format, checks }: Mrz): string[] {
  const layout = LAYOUTS[format];
  const grid = lines.map((line) => [...line]);
  const write = ({ line, start, end }: Span, alike: Readonly<Record<string, string>>): void => {
    for (let at = start; at < end; at += 1) grid[line]![at] = alike[grid[line]![at]!] ?? grid[line]![at]!;
  };
  for (const span of [layout.fields.birth!, layout.fields.expires!, ...layout.checked.map(([, at]) => at)]) write(span, ALIKE);
  if (layout.compositeCheck) write(layout.compositeCheck, ALIKE);
  if (checks.some((check) => check.field === 'number' && !isRight(check))) write(layout.fields.number!, { O: '0' });
  return grid.map((line) => line.join(''));
}

export function parsed(lines: string[], now: Date): Mrz | null {
  try {
    return parseMrz(lines, now);
  } catch {
    return null;
  }
}

/** Every check digit holds, and what has none says what it may say. A 0 alone at the start of optional data is doubted: a filler weighs the same, and no digit tells them apart. */
export function isSound(mrz: Mrz): boolean {
  return mrz.isValid && mrz.birth !== null && mrz.expires !== null && /^(?:[PV][A-Z]?|[IAC][A-Z0-9]?)$/u.test(mrz.documentCode)
    && /^[A-Z]{1,3}$/u.test(mrz.issuer) && /^[A-Z]{1,3}$/u.test(mrz.nationality) && mrz.surname !== '' && hasKnownSex(mrz)
    && isLikelyState(mrz.issuer) && isLikelyState(mrz.nationality) && !mrz.optional.some((one) => one === '0');
}

function hasKnownSex({ format, lines }: Mrz): boolean {
  return /[MFX<]/u.test(format === 'td1' ? lines[1]![7]! : lines[1]![20]!);
}

const clean = (text: string): string => text.toUpperCase().replaceAll('«', '<<').replaceAll(/[^A-Z0-9<]/gu, '');

/** A line too long or too short by a few: its longest run of fillers is counted anew, or what stands outside is left off. */
function fittings(line: string, width: number, isFirst: boolean): string[] {
  const off = line.length - width;
  const found = new Set<string>();
  if (off === 0) found.add(line);
  if (Math.abs(off) > MOST_OFF) return [];
  const runs = [...line.matchAll(/<{2,}/gu)].toSorted((one, two) => two[0].length - one[0].length).slice(0, 2);
  for (const run of off === 0 ? [] : runs) {
    const kept = run[0].length - off;
    if (kept < 1 || (run[0].length < 4 && isFirst)) continue;
    found.add(line.slice(0, run.index) + '<'.repeat(kept) + line.slice(run.index + run[0].length));
  }
  for (let start = 0; start <= off && off > 0; start += 1) {
    if (SPECKS.test(line.slice(0, start) + line.slice(start + width))) found.add(line.slice(start, start + width));
  }
  return [...found].filter((one) => one.length === width && (!isFirst || /^[PIACV]/u.test(one)));
}

function combined(choices: string[][]): string[][] {
  return choices.reduce<string[][]>((done, next) => done.flatMap((lines) => next.map((one) => [...lines, one])), [[]]);
}
