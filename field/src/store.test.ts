import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { Bytes } from './bytes';
import { makeDeviceKey, signWith } from './device';
import { isSigned } from './sign';
import { fromHex } from './bytes';
import { signedBytes } from './event';
import { sha256 } from './keys';
import { begin, bundleOf, forget, identityOf, keep, openStore, pendingKey, record, settle, type Store, usesOf, waitingOf } from './store';

async function joined(name: string): Promise<{ store: Store; publicKey: string; key: CryptoKey | Bytes }> {
  const store = await openStore(name);
  const { key, publicKey } = await makeDeviceKey();
  await keep(store, { identity: { device: 'D-1', token: 't', operation: 'op', siteKey: '', key } });
  return { store, publicKey, key };
}

const act = { kind: 'encounter', body: { point: 'north-gate', verdict: 'valid' } };

test('events written at once form one chain, each signed by the device', async () => {
  const { store, publicKey, key } = await joined('chain');
  await Promise.all(Array.from({ length: 5 }, (_, place) => record(store, [act, act], null, 1000 + place, signWith(key))));
  const waiting = await waitingOf(store);
  expect(waiting.map((event) => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const { content, signature } of waiting) {
    expect(await isSigned(fromHex(publicKey), signature, signedBytes(await sha256(content)))).toBe(true);
  }
});

test('what the site took is forgotten, what it parked stays, and the use is remembered after upload', async () => {
  const { store, key } = await joined('receipts');
  const use = { pass: 'K-000000000001', members: [0], point: 'north-gate' };
  const [first, second] = await record(store, [act, act], use, 1000, signWith(key));
  await settle(store, [
    { nonce: first!.nonce, outcome: 'stored', event: '', reason: '' },
    { nonce: second!.nonce, outcome: 'parked', event: '', reason: 'refused-body' },
    { nonce: 'never-sent', outcome: 'stored', event: '', reason: '' },
  ]);
  expect((await waitingOf(store)).map(({ nonce, parked }) => [nonce, parked])).toEqual([[second!.nonce, 'refused-body']]);
  expect(await usesOf(store)).toEqual([use]);
});

test('a device that has not joined writes nothing', async () => {
  const store = await openStore('stranger');
  const { key } = await makeDeviceKey();
  await expect(record(store, [act], null, 1000, signWith(key))).rejects.toThrow('not joined');
  expect(await waitingOf(store)).toEqual([]);
});

test('a key is made once for a join, however often it is tried, and a new identity begins a new chain', async () => {
  const { store, key } = await joined('again');
  await record(store, [act], null, 1000, signWith(key));
  const first = await pendingKey(store, makeDeviceKey);
  expect((await pendingKey(store, makeDeviceKey)).publicKey).toBe(first.publicKey);
  await begin(store, { device: 'D-2', token: 't', operation: 'op', siteKey: '', key: first.key });
  const [event] = await record(store, [act], null, 2000, signWith(first.key));
  expect(event!.sequence).toBe(1);
  expect((await pendingKey(store, makeDeviceKey)).publicKey).not.toBe(first.publicKey);
});

test('a withdrawn device keeps what it has to tell and nothing that opens a pass', async () => {
  const { store, key } = await joined('withdrawn');
  await record(store, [act], { pass: 'K-000000000001', members: [0], point: 'north-gate' }, 1000, signWith(key));
  await forget(store);
  expect([await identityOf(store), await bundleOf(store), await usesOf(store)]).toEqual([undefined, undefined, []]);
  expect(await waitingOf(store)).toHaveLength(1);
});
