/**
 * The twin of core/passes/counterpart.py, held to spec/vectors/counterpart-v1.json. It stands in a page that is saved on a phone
 * that isn't ours and opened as a file: no WebCrypto is there, so that signatures are checked by noble alone.
 */
import { type Bytes, fromHex, isBytes, isSame, toHex, utf8 } from '../bytes';
import { loadExactly, write } from '../cbor';
import { ReadingError } from '../problems';
import { readText } from '../seal';
import { isSignedByNoble } from '../sign';

const PURPOSE = utf8('safe-passage/counterpart-v1');
const VERSION = 1;
const KEY_ID_BYTES = 4;
const LATEST = 0xffffffff;
const MOST_MINUTES = 7 * 24 * 60;
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/u;

/** A key of counterpart sheets, with the four bytes by which a signature names it; hex. */
export interface SheetKey {
  id: string;
  publicKey: string;
}

export interface Sheet {
  checkpoint: string;
  /** Seconds since 1970. */
  windowStart: number;
  windowEnd: number;
  rows: { token: string; plate: string; heads: number }[];
}

/** What a sheet says. Throws `ReadingError`: unreadable, signed by another key, or altered. */
export function readSheet(text: string, keys: SheetKey[]): Sheet {
  const fields = loadExactly(signedBy(readText(text), keys));
  if (!Array.isArray(fields) || fields.length !== 5) throw new ReadingError('unreadable');
  const [version, checkpoint, start, minutes, rows] = fields as unknown[];
  const isInForm = version === VERSION && typeof checkpoint === 'string' && checkpoint !== '' && isCount(start, 0, LATEST)
    && isCount(minutes, 1, MOST_MINUTES) && Array.isArray(rows) && rows.length > 0;
  if (!isInForm) throw new ReadingError('unreadable');
  return { checkpoint, windowStart: start, windowEnd: start + minutes * 60, rows: (rows as unknown[]).map(rowOf) };
}

const isCount = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;

function rowOf(row: unknown): Sheet['rows'][number] {
  const [token, plate, heads] = Array.isArray(row) && row.length === 3 ? (row as unknown[]) : [];
  const isInForm = typeof token === 'string' && TOKEN.test(token) && typeof plate === 'string' && plate !== '' && isCount(heads, 1, 100_000);
  if (!isInForm) throw new ReadingError('unreadable');
  return { token, plate, heads };
}

function signedBy(data: Bytes, keys: SheetKey[]): Bytes {
  const parts = loadExactly(data);
  if (!Array.isArray(parts) || parts.length !== 4) throw new ReadingError('unreadable');
  const [protectedPart, unprotected, payload, signature] = parts as unknown[];
  if (!isBytes(protectedPart) || !isBytes(payload) || !isBytes(signature, 64)) throw new ReadingError('unreadable');
  if (!(unprotected instanceof Map) || unprotected.size !== 0) throw new ReadingError('unreadable');
  const named = protectedPart.slice(-KEY_ID_BYTES);
  if (!isSame(protectedPart, write(new Map<number, unknown>([[1, -8], [4, named]])))) throw new ReadingError('unreadable');
  const known = keys.filter(({ id }) => id === toHex(named));
  if (known.length === 0) throw new ReadingError('unknown-key');
  const message = write(['Signature1', protectedPart, PURPOSE, payload]);
  if (!known.some(({ publicKey }) => isSignedByNoble(fromHex(publicKey), signature, message))) throw new ReadingError('bad-signature');
  return payload;
}
