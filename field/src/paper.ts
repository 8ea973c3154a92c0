/** A document as it was shown: typed field by field with its check digits, or read from its lines. Evidence, not identity. */
import { bindDocument, bindingTag } from './binding';
import { checkDigit } from './mrz/layout';
import type { Mrz } from './mrz/read';
import type { Content, PointDayKey } from './values';

export type PaperKind = 'passport' | 'card' | 'card2' | 'visa';
export type Remark = 'expired' | 'ofChild' | 'visaOnly' | 'foreign' | 'unchecked';

/** The eight fields that an officer types where no camera reads them; digits apart, as they are checked while typing. */
export interface TypedPaper {
  kind: PaperKind;
  issuer: string;
  number: string;
  numberDigit: string;
  nationality: string;
  birth: string;
  birthDigit: string;
  sex: 'f' | 'm' | 'x' | 'u';
  expires: string;
  expiresDigit: string;
}

export interface Paper {
  kind: PaperKind;
  issuer: string;
  nationality: string;
  number: string;
  /** Six characters as printed, unknown ones as fillers. */
  birth: string;
  sex: 'f' | 'm' | 'x' | 'u';
  ageYears: number | null;
  remarks: Remark[];
}

const NUMBER_WIDTH = 9;
const ADULT_YEARS = 18;

const plain = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z<]/gu, '');

/** Whether a check digit fits what stands before it; null while one of the two is missing. */
export function isFitting(text: string, digit: string, width: number): boolean | null {
  const field = plain(text);
  if (!field || !digit) return null;
  if (digit === '<') return field.replaceAll('<', '') === '';
  return checkDigit(field.padEnd(width, '<')) === digit;
}

/** Digits of the typed fields, in their order: number, birth, expiry. */
export const fitsOf = (paper: TypedPaper): (boolean | null)[] => [
  isFitting(paper.number, paper.numberDigit, NUMBER_WIDTH),
  isFitting(paper.birth, paper.birthDigit, 6),
  isFitting(paper.expires, paper.expiresDigit, 6),
];

export function paperTyped(typed: TypedPaper, now: Date): Paper {
  const isRight = fitsOf(typed).every((one) => one === true);
  return paperOf({ ...typed, isRight, number: plain(typed.number), birth: plain(typed.birth) || '<<<<<<', expires: plain(typed.expires) }, now);
}

const KINDS: Record<Mrz['format'], PaperKind> = { td1: 'card', td2: 'card2', td3: 'passport', 'mrv-a': 'visa', 'mrv-b': 'visa' };

export function paperRead(mrz: Mrz, now: Date): Paper {
  const expires = mrz.expires?.last.slice(2).replaceAll('-', '') ?? '';
  return paperOf({ ...mrz, kind: KINDS[mrz.format], birth: mrz.birthText, expires, isRight: mrz.isValid }, now);
}

function paperOf(
  from: Omit<Paper, 'remarks' | 'ageYears'> & { expires: string; isRight: boolean }, now: Date,
): Paper {
  const { kind, number, birth, sex } = from;
  const [issuer, nationality] = [plain(from.issuer).replaceAll('<', ''), plain(from.nationality).replaceAll('<', '')];
  const ageYears = ageOf(birth, now);
  const remarks: Remark[] = [
    ...(from.isRight ? [] : ['unchecked' as const]),
    ...(isOver(from.expires, now) ? ['expired' as const] : []),
    ...(ageYears !== null && ageYears < ADULT_YEARS ? ['ofChild' as const] : []),
    ...(kind === 'visa' ? ['visaOnly' as const] : []),
    ...(issuer && nationality && issuer !== nationality && kind !== 'visa' ? ['foreign' as const] : []),
  ];
  return { kind, issuer, nationality, number, birth, sex, ageYears, remarks };
}

const yymmdd = (date: Date): string => date.toISOString().slice(2, 10).replaceAll('-', '');

/** Whether an expiry (YYMMDD, read in the century nearest to now) lies behind us. */
function isOver(expires: string, now: Date): boolean {
  if (!/^\d{6}$/u.test(expires)) return false;
  const ahead = (Number(expires.slice(0, 2)) - (now.getUTCFullYear() % 100) + 150) % 100 - 50;
  return ahead < 0 || (ahead === 0 && expires < yymmdd(now));
}

/** Full years, of a birth that is never ahead of now; null if the year isn't known. */
function ageOf(birth: string, now: Date): number | null {
  if (!/^\d\d/u.test(birth)) return null;
  const known = birth.replaceAll('<', '0');
  const today = yymmdd(now);
  const years = (Number(today.slice(0, 2)) - Number(known.slice(0, 2)) + 100) % 100;
  const isBefore = today.slice(2) < known.slice(2);
  return years === 0 && isBefore ? 99 : years - (isBefore ? 1 : 0);
}

/** Whose it is among the members of a pass. A record that knows less of the birth date than the paper still counts. */
export async function placesOf(paper: Paper, content: Content, keys: PointDayKey[]): Promise<number[]> {
  for (const birth of birthsOf(paper)) {
    const places = await bindDocument(content, paper.number, birth, keys);
    if (places.length) return places;
  }
  return [];
}

export const birthsOf = ({ birth }: Paper): string[] => [...new Set([birth, `${birth.slice(0, 2)}<<<<`, '<<<<<<'])];

/** Its tags under every key that this device has: what is remembered of it once its holder is inside. */
export const tagsOf = async (paper: Paper, keys: PointDayKey[]): Promise<string[]> =>
  (await Promise.all(keys.map((key) => Promise.all(birthsOf(paper).map((birth) => bindingTag(paper.number, birth, key)))))).flat();
