import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { fromHex } from './bytes';
import { makeDeviceKey } from './device';
import { signedBytes } from './event';
import { sha256 } from './keys';
import { isSigned } from './sign';
import {
  begin, bundleOf, identityOf, openDatabase, pendingKey, record, settle, unlocked, usesOf, waitingOf, wipe,
} from './store';
import { identity, joined, openOutbox } from './testsite';
import { usable } from './vault/crypt';

const act = { kind: 'encounter', body: { point: 'north-gate', verdict: 'valid' } };
const use = { pass: 'K-000000000001', members: [0], point: 'north-gate' };

test('events written at once form one chain, each signed by the device, and only the site can read them', async () => {
  const { store, publicKey } = await joined('chain');
  await Promise.all(Array.from({ length: 5 }, (_, place) => record(store, [act, act], null, 1000 + place)));
  const waiting = await waitingOf(store);
  expect(waiting.map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const { sealed } of waiting) {
    const [content, signature] = await openOutbox(sealed);
    expect(await isSigned(fromHex(publicKey), signature, signedBytes(await sha256(content)))).toBe(true);
  }
});

test('what the site took is forgotten, what it parked stays, and the use is remembered after upload', async () => {
  const { store } = await joined('receipts');
  const [first, second] = (await record(store, [act, act], use, 1000)).events;
  await settle(store, [
    { nonce: first!.nonce, outcome: 'stored', event: '', reason: '' },
    { nonce: second!.nonce, outcome: 'parked', event: '', reason: 'refused-body' },
    { nonce: 'never-sent', outcome: 'stored', event: '', reason: '' },
  ]);
  expect((await waitingOf(store)).map(({ nonce, parked }) => [nonce, parked])).toEqual([[second!.nonce, 'refused-body']]);
  expect(await usesOf(store)).toMatchObject([use]);
  expect(await usesOf(unlocked(store.db, store.key))).toMatchObject([use]);
});

test('a device that has not joined writes nothing', async () => {
  const store = unlocked(await openDatabase('stranger'), await usable(new Uint8Array(32)));
  await expect(record(store, [act], null, 1000)).rejects.toThrow('not joined');
  expect(await store.db.count('outbox')).toBe(0);
});

test('a key is made once for a join, however often it is tried, and a new identity begins a new chain', async () => {
  const { store } = await joined('again');
  await record(store, [act], null, 1000);
  const first = await pendingKey(store, makeDeviceKey);
  expect((await pendingKey(store, makeDeviceKey)).publicKey).toBe(first.publicKey);
  await begin(store, identity(first.secret, 'D-2'));
  await record(store, [act], null, 2000);
  expect((await waitingOf(store)).map((event) => event.sequence)).toEqual([1, 1]);
  expect((await pendingKey(store, makeDeviceKey)).publicKey).not.toBe(first.publicKey);
});

test('a wiped phone keeps what it has to tell and nothing that opens a pass', async () => {
  const { store } = await joined('wiped');
  await record(store, [act], use, 1000);
  await wipe(store.db);
  expect([await identityOf(store), await bundleOf(store), await usesOf(store)]).toEqual([undefined, undefined, []]);
  expect(await store.db.count('outbox')).toBe(1);
  await begin(store, identity(makeDeviceKey().secret, 'D-3'));
  expect(await waitingOf(store)).toHaveLength(1);
});
