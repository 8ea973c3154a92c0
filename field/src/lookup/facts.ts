/** What is known of a person beside the name, as it is asked for. */
import { skeleton } from '../names';

export type FactKind = 'father' | 'birth-year' | 'phone' | 'document';
export const FACT_KINDS: readonly FactKind[] = ['father', 'birth-year', 'phone', 'document'];

const PHONE_DIGITS = 8;
const LEAST_FIGURES = 6;
const ZEROS = ['٠', '۰'].map((zero) => zero.codePointAt(0)!);

/** Western figures for Eastern ones. */
const western = (text: string): string =>
  [...text].map((sign) => {
    const zero = ZEROS.find((start) => sign.codePointAt(0)! >= start && sign.codePointAt(0)! < start + 10);
    return zero === undefined ? sign : String(sign.codePointAt(0)! - zero);
  }).join('');

/** What a fact is looked up as; a Solar Hijri year stands for the two years that it overlaps. */
export function valuesOf(kind: FactKind, fact: string): string[] {
  if (kind === 'father') return skeleton(fact);
  const plain = western(fact);
  const digits = plain.replaceAll(/\D/gu, '');
  if (kind === 'document') return [digits.length >= LEAST_FIGURES ? digits : plain.toUpperCase().replaceAll(/[^0-9A-Z]/gu, '')].filter(Boolean);
  if (kind === 'phone') return digits.length >= PHONE_DIGITS ? [digits.slice(-PHONE_DIGITS)] : [];
  const year = Number(digits);
  if (digits.length !== 4) return [];
  return year < 1500 ? [String(year + 621), String(year + 622)] : [String(year)];
}
