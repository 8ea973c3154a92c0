/** Reads a machine-readable zone: the twin of core/documents/mrz_read.py, held to spec/vectors/mrz-v1.json. */
import { NotAnMrzError } from '../problems';
import {
  checkDigit, type FieldName, isContinuable, type Layout, LAYOUTS, LETTERS_ONLY, lettersOf, type MrzFormat, spanText,
} from './layout';
import { proposeRepairs, type Repair } from './repair';

export interface PartialDate {
  first: string;
  last: string;
  precision: 'day' | 'month' | 'year';
}

export interface Check {
  field: FieldName | 'composite';
  found: string;
  expected: string;
}

export interface Mrz {
  format: MrzFormat;
  documentCode: string;
  issuer: string;
  surname: string;
  given: string;
  number: string;
  nationality: string;
  sex: 'f' | 'm' | 'x' | 'u';
  birth: PartialDate | null;
  /** Six characters as printed: what a binding tag is made of. */
  birthText: string;
  expires: PartialDate | null;
  optional: string[];
  checks: Check[];
  repairs: Repair[];
  lines: string[];
  isNameCut: boolean;
  isValid: boolean;
}

const SEXES: Record<string, Mrz['sex']> = { F: 'f', M: 'm', X: 'x' };

/** Nothing is corrected: what doesn't fit is in `checks`, what might have been meant in `repairs`. Throws `not-an-mrz`. */
export function parseMrz(written: readonly string[], now: Date): Mrz {
  const lines = written.map((line) => line.replaceAll('«', '<<').toUpperCase().replaceAll(/\s+/gu, '')).filter(Boolean);
  const format = formatOf(lines);
  const layout = LAYOUTS[format];
  const fields = Object.fromEntries(
    Object.entries(layout.fields).map(([name, span]) => [name, spanText(span, lines)]),
  ) as Partial<Record<FieldName, string>>;
  const field = (name: FieldName): string => fields[name] ?? '';
  const { number, optional, checks } = checked(lines, format, layout, field);
  const wrong = new Set(checks.filter((check) => !isRight(check)).map((check) => check.field));
  const [surname, given] = divided(bare(field('name')));
  return {
    format,
    documentCode: bare(field('document-code')),
    issuer: bare(field('issuer')),
    surname: spoken(surname),
    given: spoken(given),
    number,
    nationality: bare(field('nationality')),
    sex: SEXES[field('sex')] ?? 'u',
    birth: readDate(field('birth'), now, true),
    birthText: field('birth'),
    expires: readDate(field('expires'), now, false),
    optional: [optional, field('optional-2')].map(bare).filter(Boolean),
    checks,
    repairs: proposeRepairs(lines, format, layout, wrong),
    lines,
    isNameCut: !field('name').endsWith('<'),
    isValid: wrong.size === 0,
  };
}

export const isRight = ({ found, expected }: Check): boolean => found === expected;

const bare = (text: string): string => text.replace(/<+$/u, '');
const spoken = (name: string): string => name.replaceAll('<', ' ').trim().split(/\s+/u).join(' ');

function divided(name: string): [string, string] {
  const at = name.indexOf('<<');
  return at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 2)];
}

function formatOf(lines: string[]): MrzFormat {
  for (const [format, layout] of Object.entries(LAYOUTS) as [MrzFormat, Layout][]) {
    const isOfSize = lines.length === layout.lines && lines.every((line) => line.length === layout.width);
    if (isOfSize && lines[0]!.startsWith('V') === layout.isVisa && lines.every((line) => /^[A-Z0-9<]+$/u.test(line))) return format;
  }
  throw new NotAnMrzError('no machine-readable zone');
}

function checked(
  lines: string[], format: MrzFormat, layout: Layout, field: (name: FieldName) => string,
): { number: string; optional: string; checks: Check[] } {
  let number = bare(field('number'));
  let optional = field('optional');
  const checks: Check[] = [];
  for (const [name, at] of layout.checked) {
    const found = spanText(at, lines);
    const text = field(name);
    if (name === 'number' && found === '<' && isContinuable(format) && !text.includes('<')) {
      const end = optional.indexOf('<');
      const tail = end < 0 ? optional : optional.slice(0, end);
      optional = end < 0 ? '' : optional.slice(end + 1);
      number += tail.slice(0, -1);
      checks.push({ field: name, found: tail.slice(-1) || '<', expected: checkDigit(number) });
    } else if (found === '<' && !bare(text).replaceAll('<', '') && name === 'optional') {
      checks.push({ field: name, found, expected: '<' });
    } else {
      checks.push({ field: name, found, expected: checkDigit(text) });
    }
  }
  if (layout.compositeCheck) {
    const whole = layout.composite.map((at) => spanText(at, lines)).join('');
    checks.push({ field: 'composite', found: spanText(layout.compositeCheck, lines), expected: checkDigit(whole) });
  }
  for (const name of LETTERS_ONLY) if (/\d/u.test(spanText(lettersOf(layout, name), lines))) checks.push({ field: name, found: 'digits', expected: 'letters' });
  return { number, optional, checks };
}

/** The date of six characters; unknown parts are fillers. Null if it is none at all. */
function readDate(text: string, now: Date, isPast: boolean): PartialDate | null {
  const [yy, mm, dd] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
  if (!/^\d\d$/u.test(yy)) return null;
  const year = isPast ? birthYear(Number(yy), text.slice(2), now) : expiryYear(Number(yy), now);
  if (mm === '<<') return { first: iso(year, 1, 1), last: iso(year, 12, 31), precision: 'year' };
  const month = /^\d\d$/u.test(mm) ? Number(mm) : 0;
  if (month < 1 || month > 12) return null;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (dd === '<<') return { first: iso(year, month, 1), last: iso(year, month, days), precision: 'month' };
  const day = /^\d\d$/u.test(dd) ? Number(dd) : 0;
  if (day < 1 || day > days) return null;
  return { first: iso(year, month, day), last: iso(year, month, day), precision: 'day' };
}

const two = (value: number): string => String(value).padStart(2, '0');
const iso = (year: number, month: number, day: number): string => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** The latest year not ahead of today. */
function birthYear(short: number, rest: string, now: Date): number {
  const year = now.getUTCFullYear();
  const today = `${two(year % 100)}${two(now.getUTCMonth() + 1)}${two(now.getUTCDate())}`;
  const isAhead = `${two(short)}${rest.replaceAll('<', '0')}` > today;
  return year - (year % 100) + short - (isAhead ? 100 : 0);
}

/** The year nearest to today's. */
function expiryYear(short: number, now: Date): number {
  const year = now.getUTCFullYear();
  const century = year - (year % 100) + short;
  const far = (one: number): number => Math.abs(one - year);
  return [century - 100, century, century + 100].reduce((best, one) => (far(one) < far(best) ? one : best));
}
