/** Events of the ledger as a device writes them: the twin of core/ledger/events.py, held to spec/vectors/event-v1.json. */
import { type Bytes, concat, toHex, utf8 } from './bytes';
import { write } from './cbor';
import { sha256 } from './keys';

const SCHEMA = 1;
const SIGNATURE_CONTEXT = utf8('safepassage/event/v1\0');

export type Body = Record<string, string | number | string[] | (string | number)[][]>;

export interface ClockReading {
  wall: number;
  counter: number;
  node: string;
}

/** Where a device's chain stands: what its next event has to follow. */
export interface ChainHead {
  operation: string;
  device: string;
  sequence: number;
  previous: string;
  clock: ClockReading;
}

/** An event as it is stored and uploaded. */
export interface SealedEvent {
  nonce: string;
  sequence: number;
  kind: string;
  content: Bytes;
  signature: Bytes;
}

export type Sign = (message: Bytes) => Promise<Bytes>;

export const beginChain = (operation: string, device: string): ChainHead => ({
  operation, device, sequence: 0, previous: '', clock: { wall: 0, counter: 0, node: device },
});

/** A counter that is driven so far moves the wall time on instead; as in `core/ledger/clock.py`. */
const COUNTERS = 2 ** 31;

/** The reading of a new event: later than the last one, and no earlier than the device's clock. */
export function tick(last: ClockReading, now: number): ClockReading {
  const wall = Math.max(last.wall, now);
  const counter = wall === last.wall ? last.counter + 1 : 0;
  return counter < COUNTERS ? { wall, counter, node: last.node } : { wall: wall + 1, counter: 0, node: last.node };
}

/** The canonical bytes that digest, id and signature are made from; times in milliseconds since 1970. */
export function encodeEvent(
  kind: string, head: Omit<ChainHead, 'sequence'>, sequence: number, deviceTime: number, nonce: string, body: Body,
): Bytes {
  const { wall, counter, node } = head.clock;
  return write([
    SCHEMA, kind, head.operation, head.device, sequence, deviceTime, [wall, counter, node], nonce, head.previous, body,
  ]);
}

/** The device's next event, chained and signed, and the head after it. */
export async function writeEvent(
  head: ChainHead, kind: string, body: Body, now: number, nonce: string, sign: Sign,
): Promise<{ event: SealedEvent; head: ChainHead }> {
  const clock = tick(head.clock, now);
  const sequence = head.sequence + 1;
  const content = encodeEvent(kind, { ...head, clock }, sequence, now, nonce, body);
  const digest = await sha256(content);
  const signature = await sign(signedBytes(digest));
  return { event: { nonce, sequence, kind, content, signature }, head: { ...head, sequence, previous: toHex(digest), clock } };
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID_BITS = 80;

/** The id of the event with this digest (hex): its first 80 bits. */
export function eventId(digest: string): string {
  let rest = BigInt(`0x${digest.slice(0, ID_BITS / 4)}`);
  let digits = '';
  for (let place = 0; place < ID_BITS / 5; place += 1) {
    digits = CROCKFORD[Number(rest & 31n)]! + digits;
    rest >>= 5n;
  }
  return `E-${digits}`;
}

/** What a device's signature is over. */
export const signedBytes = (digest: Bytes): Bytes => concat(SIGNATURE_CONTEXT, digest);
