import { type Bytes, isBytes, toHex } from './bytes';
import { loadExactly } from './cbor';
import { refer } from './keys';
import { passId } from './payload';
import { ReadingError } from './problems';
import { openSigned } from './sign';
import type { RevocationList } from './values';

const PURPOSE = 'safe-passage/revocations-v1';

/** Reads a signed list of what is withdrawn; throws if it isn't of this operation or not signed by a known key. */
export async function readRevocations(data: Bytes, operation: string, issuingKeys: string[]): Promise<RevocationList> {
  const { payload } = await openSigned(data, issuingKeys, PURPOSE);
  const fields = loadExactly(payload);
  if (!Array.isArray(fields) || fields.length !== 6) throw new ReadingError('unreadable');
  const [version, reference, issuedAt, serial, passes, keys] = fields as unknown[];
  const isInForm =
    version === 1 && isBytes(reference) && toHex(reference) === (await refer('operation', operation)) &&
    typeof issuedAt === 'number' && typeof serial === 'number' && Array.isArray(passes) && Array.isArray(keys) &&
    passes.every((entry) => Array.isArray(entry) && entry.length === 2 && isBytes(entry[0], 8)) &&
    keys.every((key) => isBytes(key, 4));
  if (!isInForm) throw new ReadingError('unreadable');
  return {
    operation,
    issuedAt,
    serial,
    passes: (passes as [Bytes, number][]).map(([identity]) => passId(identity)),
    keys: (keys as Bytes[]).map(toHex),
  };
}
