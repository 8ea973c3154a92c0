/** For tests: a phone that has joined, and the site's side of the seal. The phone has no code that opens its own outbox. */
import { x25519 } from '@noble/curves/ed25519.js';
import { decode } from 'cborg';
import { type Bytes, concat, toHex, utf8 } from './bytes';
import { makeDeviceKey } from './device';
import { begin, type Identity, openDatabase, type Store, unlocked } from './store';
import { usable } from './vault/crypt';

const CONTEXT = utf8('safepassage/outbox/v1');
const SECRET = new Uint8Array(32).fill(5);
export const SITE_OUTBOX = toHex(x25519.getPublicKey(SECRET));

export async function openOutbox(sealed: Bytes, secret: Bytes = SECRET): Promise<[Bytes, Bytes]> {
  const own = sealed.slice(0, 32);
  const shared = x25519.getSharedSecret(secret, own) as Bytes;
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const salt = concat(own, x25519.getPublicKey(secret));
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: CONTEXT }, material, { name: 'AES-GCM', length: 256 }, false, ['decrypt'],
  );
  const iv = new Uint8Array(12);
  return decode(new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: CONTEXT }, key, sealed.slice(32)))) as [Bytes, Bytes];
}

export const identity = (secret: Bytes, device = 'D-1'): Identity => ({
  device, token: 't', operation: 'op', siteKey: '', outboxKey: SITE_OUTBOX, secret,
});

export async function joined(name: string): Promise<{ store: Store; publicKey: string }> {
  const store = unlocked(await openDatabase(name), await usable(crypto.getRandomValues(new Uint8Array(32))));
  const { secret, publicKey } = makeDeviceKey();
  await begin(store, identity(secret));
  return { store, publicKey };
}
