/** The device's own key: made here, never leaves; WebCrypto keeps it unexportable where it knows Ed25519. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, toHex } from './bytes';
import type { Sign } from './event';

export interface DeviceKey {
  key: CryptoKey | Bytes;
  publicKey: string;
}

export async function makeDeviceKey(): Promise<DeviceKey> {
  try {
    const pair = (await crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify'])) as CryptoKeyPair;
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    return { key: pair.privateKey, publicKey: toHex(raw) };
  } catch {
    const secret = crypto.getRandomValues(new Uint8Array(32));
    return { key: secret, publicKey: toHex(ed25519.getPublicKey(secret)) };
  }
}

export function signWith(key: CryptoKey | Bytes): Sign {
  return async (message) =>
    key instanceof Uint8Array
      ? (ed25519.sign(message, key) as Bytes)
      : new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, key, message));
}
