/**
 * What one phone of a point tells another with no site between: the admissions that it made. Signed by the device, sealed under the
 * point's key of the day, cut into squares. docs/gate-protocol.md, "From phone to phone".
 */
import { decodeBase45, encodeBase45 } from '../base45';
import { type Bundle } from '../bundle';
import { type Bytes, concat, fromHex, isBytes, isSame, toHex, utf8 } from '../bytes';
import { loadExactly, write } from '../cbor';
import type { Sign } from '../event';
import { hintOf, KEY_ID_BYTES, refer, sha256, subkey } from '../keys';
import { passBytes, passId } from '../payload';
import { isSigned } from '../sign';
import type { PointDayKey } from '../values';

/** Admissions in one relay, so that it stays within a dozen squares or so; what is more comes with the next. */
export const MOST_ENTRIES = 180;
const MOST_PARTS = 20;
const KIND = 2;
const PART_BYTES = 272;
const NAME_BYTES = 4;
const NONCE_BYTES = 12;
const CLOCK_TOLERANCE = 300;
const MOST_MEMBERS = 40;
const PURPOSE = utf8('safepassage/relay/v1\0');

/** An admission of the sender under its running number, or that the one with another number was undone. */
export type Entry = { serial: number; pass: string; members: number[] } | { serial: number; undoes: number };

export interface Heard {
  upTo: number;
  /** When the relay was made that was read, in seconds. */
  madeAt: number;
}

export interface Relay {
  device: string;
  point: string;
  madeAt: number;
  /** It tells of the numbers after `from` and up to `upTo`. */
  from: number;
  upTo: number;
  entries: Entry[];
  /** Up to where the sender had read others. */
  heard: Record<string, Heard>;
}

export const RELAY_PROBLEMS = ['not-whole', 'other-point', 'altered', 'unknown-phone', 'own', 'clock'] as const;
export type RelayProblem = (typeof RELAY_PROBLEMS)[number];

export class RelayError extends Error {
  constructor(readonly code: RelayProblem) {
    super(code);
  }
}

const dayOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);

/** The key under which this phone tells the others today; none if it holds none, and then it has to see the site first. */
export const keyOfToday = (bundle: Bundle, point: string, now: number): PointDayKey | undefined =>
  bundle.point_day_keys.find((key) => key.point === point && key.day === dayOf(now));

export async function sealRelay(relay: Relay, operation: string, key: PointDayKey, sign: Sign): Promise<Bytes> {
  const heard = Object.entries(relay.heard).sort(([one], [two]) => (one < two ? -1 : 1)).map(([device, { upTo, madeAt }]) => [device, upTo, madeAt]);
  const content = write([
    1, fromHex(await refer('operation', operation)), relay.device, relay.point, relay.madeAt, relay.from, relay.upTo,
    relay.entries.map((one) => ('undoes' in one ? [one.serial, one.undoes] : [one.serial, passBytes(one.pass), one.members])), heard,
  ]);
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealKey = await crypto.subtle.importKey('raw', await subkey(key, 'relay'), 'AES-GCM', false, ['encrypt']);
  const inside = write([content, await sign(concat(PURPOSE, content))]);
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: PURPOSE }, sealKey, inside);
  return concat(nonce, fromHex(await hintOf(key, nonce)), new Uint8Array(ciphertext));
}

/** Opens what another phone sealed: only under a key of a point of this device, and only from a phone that the site named. */
export async function openRelay(data: Bytes, bundle: Bundle, now: number): Promise<Relay> {
  const nonce = data.slice(0, NONCE_BYTES);
  const hint = toHex(data.subarray(NONCE_BYTES, NONCE_BYTES + KEY_ID_BYTES));
  for (const key of bundle.point_day_keys) {
    if ((await hintOf(key, nonce)) !== hint) continue;
    const sealKey = await crypto.subtle.importKey('raw', await subkey(key, 'relay'), 'AES-GCM', false, ['decrypt']);
    let inside: ArrayBuffer;
    try {
      inside = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: PURPOSE }, sealKey, data.slice(NONCE_BYTES + KEY_ID_BYTES));
    } catch {
      throw new RelayError('altered');
    }
    return signedBy(new Uint8Array(inside), key, bundle, now);
  }
  throw new RelayError('other-point');
}

async function signedBy(inside: Bytes, key: PointDayKey, bundle: Bundle, now: number): Promise<Relay> {
  let content: unknown;
  let signature: unknown;
  let relay: Relay | null = null;
  try {
    [content, signature] = loadExactly(inside) as unknown[];
    if (isBytes(content) && isBytes(signature, 64)) relay = relayOf(loadExactly(content), await refer('operation', bundle.operation));
  } catch {
    throw new RelayError('altered');
  }
  if (!relay || relay.point !== key.point || dayOf(relay.madeAt) !== key.day) throw new RelayError('altered');
  if (relay.device === bundle.device) throw new RelayError('own');
  const peer = (bundle.peers ?? []).find((one) => one.device === relay.device);
  if (!peer) throw new RelayError('unknown-phone');
  if (!(await isSigned(fromHex(peer.public_key), signature as Bytes, concat(PURPOSE, content as Bytes)))) throw new RelayError('altered');
  if (relay.madeAt > now + CLOCK_TOLERANCE) throw new RelayError('clock');
  return relay;
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isPlace = (value: unknown): value is number => isCount(value) && value < MOST_MEMBERS;

function relayOf(fields: unknown, operation: string): Relay | null {
  if (!Array.isArray(fields) || fields.length !== 9) return null;
  const [version, reference, device, point, madeAt, from, upTo, rows, heard] = fields as unknown[];
  const isInForm = version === 1 && isBytes(reference, 6) && toHex(reference) === operation && typeof device === 'string' && typeof point === 'string'
    && isCount(madeAt) && isCount(from) && isCount(upTo) && from <= upTo && Array.isArray(rows) && rows.length <= MOST_ENTRIES && Array.isArray(heard);
  if (!isInForm) return null;
  const entries: Entry[] = [];
  for (const row of rows as unknown[][]) {
    const [serial, what, members] = Array.isArray(row) ? row : [];
    if (!isCount(serial) || serial <= from || serial > upTo) return null;
    if (row.length === 2 && isCount(what)) entries.push({ serial, undoes: what });
    else if (row.length === 3 && isBytes(what, 8) && Array.isArray(members) && members.every(isPlace)) entries.push({ serial, pass: passId(what), members });
    else return null;
  }
  const read: Record<string, Heard> = {};
  for (const row of heard as unknown[][]) {
    const [other, until, at] = Array.isArray(row) ? row : [];
    if (typeof other !== 'string' || !isCount(until) || !isCount(at)) return null;
    read[other] = { upTo: until, madeAt: at };
  }
  return { device, point, madeAt, from, upTo, entries, heard: read };
}

/** The texts of the squares in which a relay is shown: kind, the first bytes of its hash, place, number, and its piece. */
export async function partsOf(data: Bytes): Promise<string[]> {
  const name = (await sha256(data)).subarray(0, NAME_BYTES);
  const many = Math.ceil(data.length / PART_BYTES);
  return Array.from({ length: many }, (_, place) =>
    encodeBase45(concat(Uint8Array.of(KIND), name, Uint8Array.of(place, many), data.subarray(place * PART_BYTES, (place + 1) * PART_BYTES))));
}

const partOf = (text: string): Uint8Array | null => {
  const bytes = text.length <= 600 ? decodeBase45(text) : null;
  const [place, many] = [bytes?.[NAME_BYTES + 1] ?? 0, bytes?.[NAME_BYTES + 2] ?? 0];
  return bytes && bytes[0] === KIND && bytes.length > NAME_BYTES + 3 && place < many && many <= MOST_PARTS ? bytes : null;
};

/** Whether this is a square of a relay, and so no pass. */
export const isRelayPart = (text: string): boolean => partOf(text) !== null;

/** Puts squares together in whatever order they come; a square of another relay begins anew. */
export class Gathering {
  #name = '';
  #parts: (Uint8Array | undefined)[] = [];

  get seen(): number {
    return this.#parts.filter(Boolean).length;
  }

  get all(): number {
    return this.#parts.length;
  }

  /** The whole once its last square was seen; null before. */
  async add(text: string): Promise<Bytes | null> {
    const bytes = partOf(text);
    if (!bytes) throw new RelayError('not-whole');
    const name = toHex(bytes.subarray(1, NAME_BYTES + 1));
    const [place, many] = [bytes[NAME_BYTES + 1]!, bytes[NAME_BYTES + 2]!];
    if (name !== this.#name || many !== this.#parts.length) [this.#name, this.#parts] = [name, Array<Uint8Array | undefined>(many).fill(undefined)];
    this.#parts[place] = bytes.subarray(NAME_BYTES + 3);
    if (this.seen < many) return null;
    const whole = concat(...(this.#parts as Uint8Array[]));
    this.#name = ''; // before the wait: the next square of the same relay begins anew, and the whole is told once
    const isWhole = isSame((await sha256(whole)).subarray(0, NAME_BYTES), fromHex(name));
    if (!isWhole) throw new RelayError('not-whole');
    return whole;
  }
}
