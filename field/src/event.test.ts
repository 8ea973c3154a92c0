import { readFileSync } from 'node:fs';
import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { type Bytes, fromHex, toHex } from './bytes';
import { beginChain, type Body, encodeEvent, eventId, signedBytes, tick, writeEvent } from './event';
import { sha256 } from './keys';

interface Vector {
  kind: string; operation: string; device: string; sequence: number; device_time: number;
  clock: [number, number, string]; nonce: string; previous: string; body: Body;
  content: string; id: string; digest: string; signature: string;
}
const file = new URL('../../spec/vectors/event-v1.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as { private_key: string; events: Vector[] };
const sign = async (message: Bytes): Promise<Bytes> => ed25519.sign(message, fromHex(vectors.private_key)) as Bytes;

test('every event of the vectors has the same bytes, digest and signature', async () => {
  expect(vectors.events.length).toBeGreaterThan(20);
  for (const one of vectors.events) {
    const [wall, counter, node] = one.clock;
    const head = { operation: one.operation, device: one.device, previous: one.previous, clock: { wall, counter, node } };
    const content = encodeEvent(one.kind, head, one.sequence, one.device_time, one.nonce, one.body);
    expect(toHex(content), one.kind).toBe(one.content);
    const digest = await sha256(content);
    expect(toHex(digest)).toBe(one.digest);
    expect(eventId(one.digest)).toBe(one.id);
    expect(toHex(await sign(signedBytes(digest)))).toBe(one.signature);
  }
});

test('each event names the one before it, and no clock goes back', async () => {
  const first = await writeEvent(beginChain('op', 'phone-1'), 'encounter', { point: 'north-gate' }, 2000, 'a', sign);
  const second = await writeEvent(first.head, 'encounter', { point: 'north-gate' }, 1000, 'b', sign);
  expect(second.event.sequence).toBe(2);
  expect(first.head.previous).toBe(toHex(await sha256(first.event.content)));
  expect(second.head.clock).toEqual({ wall: 2000, counter: 1, node: 'phone-1' });
  expect(tick(second.head.clock, 3000)).toEqual({ wall: 3000, counter: 0, node: 'phone-1' });
});
