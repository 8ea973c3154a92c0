import { decodeBase45, encodeBase45 } from './base45';
import { type Bytes, isBytes, isSame, toHex } from './bytes';
import { loadExactly, write } from './cbor';
import { hintOf, KEY_ID_BYTES, subkey } from './keys';
import { ReadingError } from './problems';
import type { PointDayKey } from './values';

const VERSION = 1;
const NONCE_BYTES = 12;
const MOST_CHARACTERS = 2000;

/** The bytes of a QR's text; only the one base45 text of its bytes is read. */
export function readText(text: string): Bytes {
  const data = text.length <= MOST_CHARACTERS ? decodeBase45(text) : null;
  if (!data || data.length === 0 || encodeBase45(data) !== text) throw new ReadingError('unreadable');
  return data as Bytes;
}

/** Opens the seal: what is inside, and the key that opened it. */
export async function openSeal(data: Bytes, keys: PointDayKey[]): Promise<{ inside: Bytes; key: PointDayKey }> {
  if (data[0] !== VERSION) throw new ReadingError('unreadable');
  const { protectedPart, nonce, ciphertext } = partsOf(data.slice(1));
  const hint = toHex(protectedPart.subarray(-KEY_ID_BYTES));
  const additionalData = write(['Encrypt0', protectedPart, Uint8Array.of(VERSION)]);
  let fits = false;
  for (const key of keys) {
    if ((await hintOf(key, nonce)) !== hint) continue;
    fits = true;
    const sealKey = await crypto.subtle.importKey('raw', await subkey(key, 'seal'), 'AES-GCM', false, ['decrypt']);
    try {
      const inside = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData }, sealKey, ciphertext);
      return { inside: new Uint8Array(inside), key };
    } catch {
      continue;
    }
  }
  throw new ReadingError(fits ? 'bad-signature' : 'unknown-key');
}

function partsOf(data: Bytes): { protectedPart: Bytes; nonce: Bytes; ciphertext: Bytes } {
  const parts = loadExactly(data);
  if (!Array.isArray(parts) || parts.length !== 3) throw new ReadingError('unreadable');
  const [protectedPart, unprotected, ciphertext] = parts as unknown[];
  const nonce: unknown = unprotected instanceof Map && unprotected.size === 1 ? unprotected.get(5) : null;
  if (!isBytes(protectedPart) || !isBytes(nonce, NONCE_BYTES) || !isBytes(ciphertext) || ciphertext.length <= 16) {
    throw new ReadingError('unreadable');
  }
  if (!isSame(protectedPart, protectedBy(protectedPart.slice(-KEY_ID_BYTES)))) throw new ReadingError('unreadable');
  return { protectedPart, nonce, ciphertext };
}

const protectedBy = (hint: Bytes): Bytes => write(new Map<number, unknown>([[1, 3], [4, hint]]));
