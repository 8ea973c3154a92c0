/** Seals an event to the site, so that it outlives lock and wipe and nobody here can read it: the twin of core/ledger/outbox.py. */
import { x25519 } from '@noble/curves/ed25519.js';
import { type Bytes, concat, utf8 } from '../bytes';
import { write } from '../cbor';

const CONTEXT = utf8('safepassage/outbox/v1');
/** Each key seals one message. */
const NONCE = new Uint8Array(12);

export async function sealOutbox(
  content: Bytes, signature: Bytes, site: Bytes, ephemeral: Bytes = crypto.getRandomValues(new Uint8Array(32)),
): Promise<Bytes> {
  const shared = x25519.getSharedSecret(ephemeral, site) as Bytes;
  const own = x25519.getPublicKey(ephemeral) as Bytes;
  const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const key = await crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: concat(own, site), info: CONTEXT }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt'],
  );
  const plain = write([content, signature]);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: NONCE, additionalData: CONTEXT }, key, plain);
  return concat(own, new Uint8Array(sealed));
}
