import 'fake-indexeddb/auto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { describe, expect, test } from 'vitest';
import type { Bundle } from '../bundle';
import { toHex } from '../bytes';
import { makeDeviceKey, signerOf } from '../device';
import { begin, openDatabase, record, type Store, unlocked, usesOf } from '../store';
import { identity } from '../testsite';
import { undoLast } from '../undo';
import { usable } from '../vault/crypt';
import { hear, noteTold, relayStateOf, tell } from './kept';
import { Gathering, isRelayPart, MOST_ENTRIES, openRelay, partsOf, type Relay, sealRelay } from './relay';

const NOW = Date.parse('2026-03-01T10:00:00Z') / 1000;
const GATE = 'north-gate';
const KEY = { point: GATE, day: '2026-03-01', secret: '11'.repeat(32) };
const pass = (place: number): string => `K-${String(place).padStart(12, '0')}`;

interface Phone { store: Store; bundle: Bundle; secret: Uint8Array<ArrayBuffer> }

/** Phones of one point, each of which the site has named to the others. */
async function phones(name: string, ...devices: string[]): Promise<Phone[]> {
  const keys = devices.map(() => makeDeviceKey());
  const peers = devices.map((device, place) => ({ device, public_key: keys[place]!.publicKey }));
  return Promise.all(devices.map(async (device, place) => {
    const store = unlocked(await openDatabase(`${name}-${device}`), await usable(crypto.getRandomValues(new Uint8Array(32))));
    await begin(store, identity(keys[place]!.secret, device));
    const bundle = { operation: 'op', device, points: [GATE], point_day_keys: [KEY], passes: [], peers } as unknown as Bundle;
    return { store, bundle, secret: keys[place]!.secret };
  }));
}

const admits = (phone: Phone, ...places: number[]): Promise<unknown> =>
  Promise.all(places.map((place) => record(phone.store, [], { pass: pass(place), members: [0, 1], point: GATE }, NOW * 1000)));

async function carry(from: Phone, to: Phone, isAll = false): Promise<{ count: number; isGap: boolean }> {
  const told = (await tell(from.store, from.bundle, GATE, NOW, isAll))!;
  const gathering = new Gathering();
  let whole = null;
  for (const part of (await partsOf(told.data)).reverse()) whole = await gathering.add(part);
  const taken = await hear(to.store, await openRelay(whole!, to.bundle, NOW));
  await noteTold(from.store, told.upTo);
  return taken;
}

const refused = async (phone: Phone): Promise<string[]> => [...new Set((await usesOf(phone.store)).map((use) => use.pass))].filter(Boolean).sort();

test('what one phone admitted the other knows, and again is as once', async () => {
  const [one, two] = (await phones('told', 'D-1', 'D-2')) as [Phone, Phone];
  await admits(one, 1, 2);
  expect(await carry(one, two)).toEqual({ count: 2, isGap: false });
  expect(await carry(one, two, true)).toEqual({ count: 0, isGap: false });
  expect(await refused(two)).toEqual([pass(1), pass(2)]);
  expect(await refused({ ...two, store: unlocked(two.store.db, two.store.key) })).toEqual([pass(1), pass(2)]);
});

test('the next relay tells what came since, and each tells its own alone', async () => {
  const [one, two] = (await phones('since', 'D-1', 'D-2')) as [Phone, Phone];
  await admits(one, 1);
  await carry(one, two);
  await admits(one, 2);
  await admits(two, 3);
  expect((await tell(one.store, one.bundle, GATE, NOW, false))!.count).toBe(1);
  expect(await carry(one, two)).toEqual({ count: 1, isGap: false });
  expect(await carry(two, one)).toEqual({ count: 1, isGap: false });
  expect(await refused(one)).toEqual(await refused(two));
});

test('a phone that missed a round heeds what it reads and says that something is missing', async () => {
  const [one, two, three] = (await phones('gap', 'D-1', 'D-2', 'D-3')) as [Phone, Phone, Phone];
  await admits(one, 1);
  await carry(one, two);
  await admits(one, 2);
  expect(await carry(one, three)).toEqual({ count: 1, isGap: true });
  expect((await relayStateOf(three.store)).heard['D-1']).toEqual({ upTo: 0, madeAt: 0 });
  expect(await carry(one, three, true)).toEqual({ count: 1, isGap: false });
  expect(await refused(three)).toEqual([pass(1), pass(2)]);
});

test('an admission that was undone is told so, and its pass opens again at the other phone', async () => {
  const [one, two] = (await phones('undone', 'D-1', 'D-2')) as [Phone, Phone];
  await record(one.store, [{ kind: 'encounter', body: {} }], { pass: pass(1), members: [0], point: GATE }, NOW * 1000);
  await carry(one, two);
  expect(await undoLast(one.store, NOW * 1000 + 1000)).toBe(true);
  await carry(one, two);
  expect(await refused(two)).toEqual([]);
});

test('a relay is bounded; what is more comes with the next', async () => {
  const [one, two] = (await phones('many', 'D-1', 'D-2')) as [Phone, Phone];
  await admits(one, ...Array.from({ length: MOST_ENTRIES + 5 }, (_, place) => place + 1));
  const told = (await tell(one.store, one.bundle, GATE, NOW, false))!;
  expect([told.count, told.rest]).toEqual([MOST_ENTRIES, 5]);
  expect((await partsOf(told.data)).length).toBeLessThanOrEqual(20);
  await carry(one, two);
  await carry(one, two);
  expect((await refused(two)).length).toBe(MOST_ENTRIES + 5);
});

describe('who is no phone of this point and day', () => {
  const plain: Relay = { device: 'D-1', point: GATE, madeAt: NOW, from: 0, upTo: 1, entries: [{ serial: 1, pass: pass(1), members: [0] }], heard: {} };

  test('learns nothing, and tells nothing', async () => {
    const [one, two] = (await phones('strangers', 'D-1', 'D-2')) as [Phone, Phone];
    const sign = await signerOf(one.secret);
    const data = await sealRelay(plain, 'op', KEY, sign);
    const opened = (bundle: Bundle, bytes = data): Promise<unknown> => openRelay(bytes, bundle, NOW);
    await expect(opened(two.bundle)).resolves.toEqual(plain);
    await expect(opened({ ...two.bundle, point_day_keys: [{ ...KEY, secret: '22'.repeat(32) }] })).rejects.toThrow('other-point');
    await expect(opened({ ...two.bundle, peers: [] })).rejects.toThrow('unknown-phone');
    await expect(opened(one.bundle)).rejects.toThrow('own');
    await expect(opened({ ...two.bundle, operation: 'another' })).rejects.toThrow('altered');
    for (const at of [20, data.length - 1]) {
      const changed = data.slice();
      changed[at]! ^= 1;
      await expect(opened(two.bundle, changed)).rejects.toThrow('altered');
    }
    const forged = await sealRelay(plain, 'op', KEY, async (message) => ed25519.sign(message, new Uint8Array(32).fill(9)) as Uint8Array<ArrayBuffer>);
    await expect(opened(two.bundle, forged)).rejects.toThrow('altered');
    await expect(opened(two.bundle, await sealRelay({ ...plain, madeAt: NOW - 86_400 }, 'op', KEY, sign))).rejects.toThrow('altered');
    await expect(opened(two.bundle, await sealRelay({ ...plain, madeAt: NOW + 1000 }, 'op', KEY, sign))).rejects.toThrow('clock');
    await expect(opened(two.bundle, await sealRelay({ ...plain, upTo: 0 }, 'op', KEY, sign))).rejects.toThrow('altered');
    expect(toHex(data)).not.toContain(toHex(new TextEncoder().encode('D-1')));
  });

  test('squares that go round before the camera make one whole, told once', async () => {
    const [one] = (await phones('round', 'D-1')) as [Phone];
    const entries = Array.from({ length: 40 }, (_, place) => ({ serial: place + 1, pass: pass(place), members: [0] }));
    const parts = await partsOf(await sealRelay({ ...plain, upTo: 40, entries }, 'op', KEY, await signerOf(one.secret)));
    expect(parts.length).toBeGreaterThan(1);
    const gathering = new Gathering();
    const told = await Promise.all([...parts, ...parts.slice(0, -1)].map((part) => gathering.add(part)));
    expect(told.filter(Boolean)).toHaveLength(1);
  });

  test('a square of something else, or of two relays mixed, makes no whole', async () => {
    const [one] = (await phones('mixed', 'D-1')) as [Phone];
    const entries = Array.from({ length: 40 }, (_, place) => ({ serial: place + 1, pass: pass(place), members: [0] }));
    const sign = await signerOf(one.secret);
    const parts = [];
    for (const madeAt of [NOW, NOW + 1]) parts.push(await partsOf(await sealRelay({ ...plain, madeAt, upTo: 40, entries }, 'op', KEY, sign)));
    const gathering = new Gathering();
    expect(parts[0]!.length).toBeGreaterThan(1);
    await gathering.add(parts[0]![0]!);
    for (const part of parts[1]!.slice(1)) expect(await gathering.add(part)).toBeNull();
    expect(isRelayPart(parts[0]![0]!)).toBe(true);
    expect(isRelayPart('NCFOXN%TS3DH3ZSUZK+.V0ETD%65NL-AH')).toBe(false);
    await expect(gathering.add('NOTHING')).rejects.toThrow('not-whole');
  });
});

/** A cut network: whatever the two do in between, a pass that both have told of is used once. */
test('two phones that relay use a pass once; before they relay, once at each and no more', async () => {
  const [one, two] = (await phones('cut', 'D-1', 'D-2')) as [Phone, Phone];
  const opens = async (phone: Phone, place: number): Promise<number> => {
    if ((await refused(phone)).includes(pass(place))) return 0;
    await admits(phone, place);
    return 1;
  };
  const uses = new Map<number, number>();
  let seed = 7;
  const drawn = (below: number): number => ((seed = (seed * 48271) % 0x7fffffff) >>> 8) % below;
  const told = new Set<number>();
  for (let turn = 0; turn < 120; turn += 1) {
    if (turn % 10 === 9) {
      await carry(one, two);
      await carry(two, one);
      for (const place of uses.keys()) told.add(place);
      continue;
    }
    const place = drawn(30);
    const more = await opens(drawn(2) ? one : two, place);
    if (told.has(place)) expect(more).toBe(0);
    uses.set(place, (uses.get(place) ?? 0) + more);
  }
  expect(Math.max(...uses.values())).toBeLessThanOrEqual(2);
  expect([...uses.values()].filter((one) => one > 1).length).toBeGreaterThan(0);
});
