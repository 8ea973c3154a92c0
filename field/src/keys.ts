import { type Bytes, concat, fromHex, toHex, utf8 } from './bytes';
import type { PointDayKey } from './values';

const LABEL = 'safe-passage/pass-v1/';
export const KEY_ID_BYTES = 4;

export async function sha256(data: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', data));
}

export async function hmac(key: Bytes, message: Bytes): Promise<Bytes> {
  const usable = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', usable, message));
}

/** The reference by which a pass names an operation (6 bytes), a point, a route or a policy version (4 bytes); hex. */
export async function refer(kind: 'operation' | 'point' | 'route' | 'policy', text: string): Promise<string> {
  const digest = await sha256(utf8(`${LABEL}${kind}\x1f${text}`));
  return toHex(digest.subarray(0, kind === 'operation' ? 6 : 4));
}

/** The four bytes by which a signature names its key; hex. */
export async function keyId(publicKey: Bytes): Promise<string> {
  return toHex((await sha256(publicKey)).subarray(0, KEY_ID_BYTES));
}

/** One of the keys derived from a point-and-day secret. */
export function subkey(key: PointDayKey, purpose: 'seal' | 'hint' | 'bind' | 'code' | 'relay'): Promise<Bytes> {
  return hmac(fromHex(key.secret), concat(utf8(LABEL + purpose), Uint8Array.of(1)));
}

/** The hint that a pass with this nonce bears under this key; hex. */
export async function hintOf(key: PointDayKey, nonce: Bytes): Promise<string> {
  return toHex((await hmac(await subkey(key, 'hint'), nonce)).subarray(0, KEY_ID_BYTES));
}
