import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, fromHex, isBytes, isSame, toHex, utf8 } from './bytes';
import { loadExactly, write } from './cbor';
import { KEY_ID_BYTES, keyId } from './keys';
import { ReadingError } from './problems';

const SIGNATURE_BYTES = 64;

/** Whether the signature is of the message: WebCrypto where it knows Ed25519, else noble. */
export async function isSigned(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean> {
  let key: CryptoKey;
  try {
    key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return isSignedByNoble(publicKey, signature, message);
  }
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message);
}

export function isSignedByNoble(publicKey: Bytes, signature: Bytes, message: Bytes): boolean {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

/** Opens a COSE_Sign1 in our one layout: its payload, and the id of the key that signed it. */
export async function openSigned(data: Bytes, keys: string[], purpose: string): Promise<{ payload: Bytes; keyId: string }> {
  const parts = loadExactly(data);
  if (!Array.isArray(parts) || parts.length !== 4) throw new ReadingError('unreadable');
  const [protectedPart, unprotected, payload, signature] = parts as unknown[];
  if (!isBytes(protectedPart) || !isBytes(payload) || !isBytes(signature, SIGNATURE_BYTES)) throw new ReadingError('unreadable');
  if (!(unprotected instanceof Map) || unprotected.size !== 0) throw new ReadingError('unreadable');
  const named = protectedPart.slice(-KEY_ID_BYTES);
  if (!isSame(protectedPart, protectedBy(named))) throw new ReadingError('unreadable');
  const candidates: Bytes[] = [];
  for (const key of keys.map(fromHex)) if ((await keyId(key)) === toHex(named)) candidates.push(key);
  if (candidates.length === 0) throw new ReadingError('unknown-key');
  const message = write(['Signature1', protectedPart, utf8(purpose), payload]);
  for (const key of candidates) {
    if (await isSigned(key, signature, message)) return { payload, keyId: toHex(named) };
  }
  throw new ReadingError('bad-signature');
}

const protectedBy = (named: Bytes): Bytes => write(new Map<number, unknown>([[1, -8], [4, named]]));
