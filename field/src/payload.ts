import { type Bytes, fromHex, isBytes, toHex } from './bytes';
import { loadExactly } from './cbor';
import { ReadingError } from './problems';
import { AGE_BANDS, type Content, type Member, SEXES } from './values';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LATEST = 0xffffffff;
const MOST_MINUTES = 7 * 24 * 60;
const MOST_MEMBERS = 40;
const TAG_BYTES = 6;
const PACK_BYTES = 28;
const FILLER = 0x1f;

const isCount = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;

/** `K-` and twelve base32 digits: the first 60 bits of eight bytes. */
export function passId(raw: Uint8Array): string {
  const number = BigInt(`0x${toHex(raw)}`) >> 4n;
  let digits = '';
  for (let shift = 55n; shift >= 0n; shift -= 5n) digits += ALPHABET[Number((number >> shift) & 31n)];
  return `K-${digits}`;
}

/** The eight bytes of a pass id. */
export function passBytes(id: string): Bytes {
  let number = 0n;
  for (const digit of id.replace(/^K-/u, '')) number = (number << 5n) | BigInt(ALPHABET.indexOf(digit));
  return fromHex((number << 4n).toString(16).padStart(16, '0'));
}

/** Reads the content of a pass; anything that isn't exactly in the form of the spec is unreadable. */
export function decodeContent(data: Bytes): Content {
  const fields = loadExactly(data);
  if (!Array.isArray(fields) || fields.length !== 10) throw new ReadingError('unreadable');
  const [version, operation, identity, policy, issued, start, minutes, point, route, packed] = fields as unknown[];
  const isInForm =
    version === 1 && isBytes(operation, 6) && isBytes(identity, 8) && isBytes(policy, 4) && isBytes(point, 4) &&
    isBytes(route, 4) && isBytes(packed) && (identity[7]! & 15) === 0 && isCount(issued, 0, LATEST) &&
    isCount(start, 0, LATEST) && isCount(minutes, 1, MOST_MINUTES);
  if (!isInForm) throw new ReadingError('unreadable');
  return {
    operation: toHex(operation),
    id: passId(identity),
    policy: toHex(policy),
    issuedAt: issued,
    windowStart: start,
    windowEnd: start + minutes * 60,
    point: toHex(point),
    route: toHex(route),
    members: decodeMembers(packed),
  };
}

function decodeMembers(packed: Bytes): Member[] {
  const members: Member[] = [];
  let at = 0;
  while (at < packed.length && packed[at] !== FILLER) {
    const count = packed[at]! >> 5;
    const head = packed[at]! & 31;
    const end = at + 1 + count * TAG_BYTES;
    const sex = SEXES[Math.floor(head / AGE_BANDS.length)];
    const ageBand = AGE_BANDS[head % AGE_BANDS.length];
    if (!sex || !ageBand || end > packed.length) throw new ReadingError('unreadable');
    const tags: string[] = [];
    for (let tag = at + 1; tag < end; tag += TAG_BYTES) tags.push(toHex(packed.subarray(tag, tag + TAG_BYTES)));
    members.push({ sex, ageBand, tags });
    at = end;
  }
  const filler = packed.subarray(at);
  const isFilled = filler.length < PACK_BYTES && packed.length % PACK_BYTES === 0 && filler.every((byte) => byte === FILLER);
  if (!isFilled || members.length === 0 || members.length > MOST_MEMBERS) throw new ReadingError('unreadable');
  return members;
}
