/** What people hold out, as a party: the twin of core/passes/presented.py, held to spec/vectors/presented-v1.json. */
import { type Bytes, fromHex, toHex, utf8 } from '../bytes';
import { readShortCode } from '../codes';
import { hmac } from '../keys';
import { slipTyped } from '../walkin';

const TAG_BYTES = 8;
/** So many signs of a party's id are enough, as it stands on a manifest of paper. */
const LEAST_OF_AN_ID = 4;

export async function presentedTag(key: Bytes, kind: 'text' | 'pass' | 'slip', value: string): Promise<string> {
  return toHex((await hmac(key, utf8(`${kind}\x1f${value}`))).subarray(0, TAG_BYTES));
}

/** The tags that a text may have: as the text of a pass, as the code beside its square, as the number of a slip. */
export async function tagsOfText(text: string, key: string): Promise<string[]> {
  const raw = fromHex(key);
  const plain = text.trim();
  const pass = readShortCode(plain);
  const slip = slipTyped(plain);
  return Promise.all([
    presentedTag(raw, 'text', plain),
    ...(pass ? [presentedTag(raw, 'pass', pass)] : []),
    ...(slip ? [presentedTag(raw, 'slip', slip)] : []),
  ]);
}

/** The party whose id ends so; empty if none does, or more than one. */
export function partyTyped(text: string, parties: readonly string[]): string {
  const plain = text.trim().toUpperCase();
  if (plain.length < LEAST_OF_AN_ID) return '';
  const found = [...new Set(parties.filter((one) => one.endsWith(plain)))];
  return found.length === 1 ? found[0]! : '';
}
