/** The device's own key: made here, kept under the vault's key, usable only while unlocked. */
import { ed25519 } from '@noble/curves/ed25519.js';
import { type Bytes, concat, fromHex, toHex } from './bytes';
import type { Sign } from './event';

export interface DeviceKey {
  /** 32 secret bytes (RFC 8032). */
  secret: Bytes;
  publicKey: string;
}

/** The only PKCS #8 frame of an Ed25519 key (RFC 8410). */
const PKCS8 = fromHex('302e020100300506032b657004220420');

export function makeDeviceKey(): DeviceKey {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  return { secret, publicKey: toHex(ed25519.getPublicKey(secret)) };
}

/** Signs by WebCrypto, with a key that can't be taken out again, where it knows Ed25519; else by noble. */
export async function signerOf(secret: Bytes): Promise<Sign> {
  try {
    const key = await crypto.subtle.importKey('pkcs8', concat(PKCS8, secret), { name: 'Ed25519' }, false, ['sign']);
    return async (message) => new Uint8Array(await crypto.subtle.sign({ name: 'Ed25519' }, key, message));
  } catch {
    return async (message) => ed25519.sign(message, secret) as Bytes;
  }
}
