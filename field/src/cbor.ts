import { decode, encode } from 'cborg';
import { type Bytes, isSame } from './bytes';
import { ReadingError } from './problems';

/** Encodes in the one deterministic encoding (RFC 8949, 4.2.1). */
export const write = (value: unknown): Bytes => encode(value) as Bytes;

/** Decodes CBOR that is in its one deterministic encoding; anything else is unreadable. */
export function loadExactly(data: Uint8Array): unknown {
  let value: unknown;
  let again: Uint8Array;
  try {
    value = decode(data, { useMaps: true, strict: true, allowIndefinite: false, rejectDuplicateMapKeys: true });
    again = write(value);
  } catch {
    throw new ReadingError('unreadable');
  }
  if (!isSame(again, data)) throw new ReadingError('unreadable');
  return value;
}
