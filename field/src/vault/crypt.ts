/** What lies on the phone: values as CBOR under AES-256-GCM, bound to the place where they lie. */
import { decode } from 'cborg';
import { type Bytes, utf8 } from '../bytes';
import { write } from '../cbor';

export interface Sealed {
  iv: Bytes;
  data: Bytes;
}

const IV_BYTES = 12;

export const usable = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);

/** Seals bytes for one place ("one/bundle"): nothing can be put elsewhere unseen. */
export async function sealBytes(key: CryptoKey, place: string, plain: Bytes): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(place) }, key, plain);
  return { iv, data: new Uint8Array(data) };
}

/** The bytes that were sealed for this place; throws if key, place or a single bit is another. */
export async function openBytes(key: CryptoKey, place: string, { iv, data }: Sealed): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8(place) }, key, data));
}

export const sealValue = (key: CryptoKey, place: string, value: unknown): Promise<Sealed> => sealBytes(key, place, write(value));

export async function openValue<T>(key: CryptoKey, place: string, sealed: Sealed): Promise<T> {
  return decode(await openBytes(key, place, sealed)) as T;
}
