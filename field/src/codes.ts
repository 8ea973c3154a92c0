import { toHex, utf8 } from './bytes';
import { hmac, subkey } from './keys';
import type { PointDayKey } from './values';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004, table 5.1. */
const DAMM = [
  '0317598642', '7092154863', '4206871359', '1750983426', '6123045978',
  '3674209581', '5869720134', '8945362017', '9438617205', '2581436790',
];

/** A weighted sum over GF(32), x^5 + x^2 + 1. */
function checkDigit(digits: string): string {
  let total = 0;
  for (const digit of digits) {
    total = (total ^ ALPHABET.indexOf(digit)) << 1;
    if (total & 32) total ^= 0b100101;
  }
  return ALPHABET[total]!;
}

/** The code printed beside the QR. */
export function shortCode(passId: string): string {
  const digits = passId.replace(/^K-/, '');
  return `${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}${checkDigit(digits)}`;
}

/** The pass id of a typed short code; null if its check digit doesn't fit. */
export function readShortCode(text: string): string | null {
  const digits = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (digits.length !== 13 || [...digits].some((digit) => !ALPHABET.includes(digit))) return null;
  return checkDigit(digits.slice(0, 12)) === digits[12] ? `K-${digits.slice(0, 12)}` : null;
}

const ZEROS = ['0', '٠', '۰'].map((zero) => zero.codePointAt(0)!);

/** The eight digits of a code learnt by heart, as said or typed; null if it can't be one. */
export function readRecognitionCode(text: string): string | null {
  const digits = [...text.replaceAll(/[\s-]/g, '')].map((sign) => {
    const zero = ZEROS.find((start) => sign.codePointAt(0)! >= start && sign.codePointAt(0)! < start + 10);
    return zero === undefined ? -1 : sign.codePointAt(0)! - zero;
  });
  if (digits.length !== 8 || digits.includes(-1)) return null;
  return digits.reduce((state, digit) => Number(DAMM[state]![digit]), 0) === 0 ? digits.join('') : null;
}

/** Finds the pass of a code learnt by heart; `isWatched`: they say that somebody watches them. */
export async function recognise(
  text: string, keys: PointDayKey[], known: Record<string, string>,
): Promise<{ pass: string; isWatched: boolean } | null> {
  const digits = readRecognitionCode(text);
  if (!digits) return null;
  for (const key of keys) {
    const codeKey = await subkey(key, 'code');
    for (const label of ['recognition', 'watched']) {
      const tag = toHex((await hmac(codeKey, utf8(`${label}\x1f${digits}`))).subarray(0, 10));
      const pass = known[tag];
      if (pass) return { pass, isWatched: label === 'watched' };
    }
  }
  return null;
}
