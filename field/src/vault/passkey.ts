/**
 * A passkey beside the code word: the phone's own lock (finger, face, PIN) has its secure part give a secret, by WebAuthn's
 * PRF, that never lies in the store. Who copies the store can't guess it; who forces the finger opens the phone, and no
 * second code helps: the screen says both.
 */
import { type Bytes, utf8 } from '../bytes';
import { openBytes, type Sealed, sealBytes } from './crypt';

/** What lies on the phone of it, in the clear: it says that there is one. */
export interface Passkey {
  id: Bytes;
  salt: Bytes;
  slot: Sealed;
}

const PLACE = 'vault/passkey';
const PATIENCE_MS = 60_000;
const INFO = utf8('safepassage/passkey/v1');
const ES256 = -7;
const RS256 = -257;

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Whether this phone has a lock of its own that can stand behind a passkey. */
export async function isPasskeyPossible(): Promise<boolean> {
  try {
    return (await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable()) ?? false;
  } catch {
    return false;
  }
}

/** Makes a passkey that holds this key; null if the person or the phone says no, or it has no PRF. */
export async function makePasskey(raw: Bytes): Promise<Passkey | null> {
  const salt = random(32);
  const made = await quietly(() => navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name: 'Safe Passage' },
      user: { id: random(16), name: 'field', displayName: 'Field' },
      pubKeyCredParams: [{ type: 'public-key', alg: ES256 }, { type: 'public-key', alg: RS256 }],
      authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required', residentKey: 'discouraged' },
      attestation: 'none',
      timeout: PATIENCE_MS,
      extensions: { prf: { eval: { first: salt } } },
    },
  }));
  if (!made) return null;
  const id = new Uint8Array(made.rawId);
  const secret = secretOf(made) ?? (await askSecret(id, salt));
  return secret && { id, salt, slot: await sealBytes(await keyFrom(secret), PLACE, raw) };
}

/** The key that the passkey holds; null if the person or the phone says no. */
export async function openPasskey({ id, salt, slot }: Passkey): Promise<Bytes | null> {
  const secret = await askSecret(id, salt);
  return secret && openBytes(await keyFrom(secret), PLACE, slot).catch(() => null);
}

async function askSecret(id: Bytes, salt: Bytes): Promise<Bytes | null> {
  const given = await quietly(() => navigator.credentials.get({
    publicKey: {
      challenge: random(32), allowCredentials: [{ type: 'public-key', id, transports: ['internal'] }],
      userVerification: 'required', timeout: PATIENCE_MS, extensions: { prf: { eval: { first: salt } } },
    },
  }));
  return given && secretOf(given);
}

function secretOf(credential: PublicKeyCredential): Bytes | null {
  const first = credential.getClientExtensionResults().prf?.results?.first;
  if (!first) return null;
  return ArrayBuffer.isView(first) ? new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength) : new Uint8Array(first);
}

async function keyFrom(secret: Bytes): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  secret.fill(0);
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: INFO }, material, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Cancelling, time that ran out and a phone that can't are one answer. */
async function quietly(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential | null> {
  try {
    return (await ask()) as PublicKeyCredential | null;
  } catch {
    return null;
  }
}
