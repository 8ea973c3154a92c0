import 'fake-indexeddb/auto';
import { decode } from 'cborg';
import { expect, test } from 'vitest';
import { record, usesOf, waitingOf } from './store';
import { joined, openOutbox } from './testsite';
import { lastAct, UNDO_MS, undoLast } from './undo';

const act = { kind: 'encounter', body: { point: 'north-gate', verdict: 'valid' } };
const use = { pass: 'K-000000000001', members: [0], point: 'north-gate' };

test('the latest act is annulled event by event, and its pass may be used again', async () => {
  const { store } = await joined('undo');
  await record(store, [act], use, 1000);
  const { events } = await record(store, [act, act], { ...use, members: [1] }, 2000);
  expect(await undoLast(store, 3000)).toBe(true);
  expect((await usesOf(store)).map(({ members }) => members)).toEqual([[0]]);
  const told = await Promise.all((await waitingOf(store)).map(async ({ sealed }) => decode((await openOutbox(sealed))[0]) as unknown[]));
  const annulled = told.filter((event) => event[1] === 'annulled').map((event) => (event[9] as { event: string }).event);
  expect(annulled.sort()).toEqual(events.map((one) => one.event).sort());
});

test('nothing is undone twice, nor after its time', async () => {
  const { store } = await joined('undo-twice');
  await record(store, [act], use, 1000);
  expect(await lastAct(store, 1000 + UNDO_MS)).toEqual([]);
  expect(await undoLast(store, 2000)).toBe(true);
  expect(await undoLast(store, 2000)).toBe(false);
});
