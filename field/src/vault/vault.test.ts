import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { argon2id } from 'hash-wasm';
import { expect, test, vi } from 'vitest';
import { fromHex, toHex } from '../bytes';
import { openDecoy } from '../decoy';
import { tryCode } from '../screens/unlock';
import { bundleOf, keepVault, openDatabase, record, type Store, unlocked, usesOf, vaultOf, waitingOf } from '../store';
import { faultOf } from '../screens/setup';
import { openValue, sealValue, usable } from './crypt';
import { codesLike, timeToTry } from './guess';
import { sealOutbox } from './outbox';
import { makeVault, MOST_WRONG, openVault } from './vault';

vi.mock('hash-wasm', async (original) => {
  const real = await original<typeof import('hash-wasm')>();
  return { ...real, argon2id: vi.fn(real.argon2id) };
});
const derived = vi.mocked(argon2id);
const CHEAP = { memory: 64, passes: 1 };

async function phone(name: string): Promise<{ db: Awaited<ReturnType<typeof openDatabase>>; opened: Store[]; open: (store: Store) => Promise<void> }> {
  const db = await openDatabase(name);
  const { vault } = await makeVault('six horses', 'seven goats', CHEAP);
  await keepVault(db, vault);
  const opened: Store[] = [];
  return { db, opened, open: async (store) => void opened.push(store) };
}

test('the code opens the store, another opens nothing, and nobody can tell whether there is a duress code', async () => {
  const [one, two] = [await makeVault('six horses', 'seven goats', CHEAP), await makeVault('six horses', '', CHEAP)];
  const place = 'one/bundle';
  const sealed = await sealValue(one.key, place, { secret: 'canary' });
  expect(await openValue((await openVault(one.vault, 'six horses'))!.key, place, sealed)).toEqual({ secret: 'canary' });
  expect((await openVault(one.vault, 'seven goats'))!.kind).toBe('duress');
  expect(await openVault(one.vault, 'six horse')).toBeNull();
  expect(await openVault(two.vault, 'seven goats')).toBeNull();
  expect(one.vault.slots.map((slot) => slot.data.length)).toEqual(two.vault.slots.map((slot) => slot.data.length));
});

test('what is sealed for one place opens at no other', async () => {
  const key = await usable(new Uint8Array(32));
  const sealed = await sealValue(key, 'one/bundle', 1);
  await expect(openValue(key, 'one/identity', sealed)).rejects.toThrow();
});

test('a right code forgets the wrong ones; too many wrong ones in a row wipe the phone', async () => {
  const app = await phone('wrong');
  for (let tries = 1; tries < MOST_WRONG; tries += 1) expect(await tryCode(app, 'nine cows')).toBe(MOST_WRONG - tries);
  expect(await tryCode(app, 'six horses')).toBeNull();
  expect((await vaultOf(app.db))!.wrong).toBe(0);
  await app.db.put('one', await sealValue(app.opened[0]!.key, 'one/bundle', {}), 'bundle');
  for (let tries = 1; tries <= MOST_WRONG; tries += 1) await tryCode(app, 'nine cows');
  expect([await vaultOf(app.db), await app.db.count('one')]).toEqual([undefined, 0]);
});

test('a try that is cut off has been counted', async () => {
  const app = await phone('cut');
  const trying = tryCode(app, 'nine cows');
  await new Promise((resume) => setTimeout(resume, 1));
  await trying;
  expect((await vaultOf(app.db))!.wrong).toBe(1);
});

test('tries made at once, or by another tab, count one by one: the tenth destroys, and none after it finds a key', async () => {
  const app = await phone('at-once');
  const other = { ...app, db: await openDatabase('at-once') };
  await app.db.put('one', await sealValue(await usable(new Uint8Array(32)), 'one/bundle', {}), 'bundle');
  derived.mockClear();
  const left = await Promise.all(Array.from({ length: 30 }, (_, tried) => tryCode(tried % 2 ? app : other, 'nine cows')));
  expect([...left].sort((one, two) => two! - one!)).toEqual([...Array.from({ length: MOST_WRONG }, (_, wrong) => MOST_WRONG - 1 - wrong), ...Array(20).fill(0)]);
  expect([await vaultOf(app.db), await app.db.count('one'), derived.mock.calls.length]).toEqual([undefined, 0, MOST_WRONG]);
});

test('a right code among ten at once brings back no key that the tenth destroyed', async () => {
  const app = await phone('among');
  const codes = ['six horses', ...Array<string>(MOST_WRONG).fill('nine cows')];
  const left = await Promise.all(codes.map((code) => tryCode(app, code)));
  expect([left[0], app.opened, await vaultOf(app.db)]).toEqual([0, [], undefined]);
});

test('the duress code destroys what was kept and opens an empty app that works and tells nobody', async () => {
  const app = await phone('duress');
  await tryCode(app, 'six horses');
  const real = app.opened[0]!;
  await real.db.put('outbox', { nonce: 'n', sequence: 1, sealed: new Uint8Array(3), parked: '' });
  const decoy = await openDecoy(app.db, (await openVault((await vaultOf(app.db))!, 'seven goats'))!.anew);
  expect((await bundleOf(decoy))!.passes).toEqual([]);
  await expect(bundleOf(unlocked(app.db, real.key))).rejects.toThrow();
  await record(decoy, [{ kind: 'encounter', body: { point: 'gate-1' } }], { pass: 'K-1', members: [0], point: 'gate-1' }, 1);
  expect([await waitingOf(decoy), (await usesOf(decoy)).length, await app.db.count('outbox')]).toEqual([[], 1, 1]);
  expect((await openVault((await vaultOf(app.db))!, 'seven goats'))!.kind).toBe('real');
  expect(await openVault((await vaultOf(app.db))!, 'six horses')).toBeNull();
});

test('before the last try is made no key is left on the disk; a right one brings it back, one that is cut off nothing', async () => {
  const app = await phone('last');
  const nineWrong = async (): Promise<void> => keepVault(app.db, { ...(await vaultOf(app.db))!, wrong: MOST_WRONG - 1 });
  const seen: unknown[] = [];
  const looking = async (code: string): Promise<number | null> => {
    await nineWrong();
    derived.mockImplementationOnce(async (options) => {
      seen.push(await vaultOf(app.db));
      return (await vi.importActual<typeof import('hash-wasm')>('hash-wasm')).argon2id(options) as never;
    });
    return tryCode(app, code);
  };
  expect(await looking('six horses')).toBeNull();
  expect((await vaultOf(app.db))!.wrong).toBe(0);
  await app.db.put('one', await sealValue(app.opened[0]!.key, 'one/bundle', {}), 'bundle');
  expect(await looking('nine cows')).toBe(0);
  expect([await vaultOf(app.db), await app.db.count('one'), seen]).toEqual([undefined, 0, [undefined, undefined]]);
});

test('a vault on which the tries are used up is destroyed with no code derived at all', async () => {
  const app = await phone('used-up');
  await keepVault(app.db, { ...(await vaultOf(app.db))!, wrong: MOST_WRONG });
  derived.mockClear();
  expect(await tryCode(app, 'six horses')).toBe(0);
  expect([await vaultOf(app.db), derived.mock.calls.length, app.opened]).toEqual([undefined, 0, []]);
});

test('the right code, the duress code and a wrong one derive one key each: none is told by its time', async () => {
  for (const code of ['six horses', 'seven goats', 'nine cows']) {
    const app = await phone(`once ${code}`);
    derived.mockClear();
    await tryCode(app, code);
    expect(derived).toHaveBeenCalledTimes(1);
  }
});

test('the seal of the outbox is that of the vectors', async () => {
  const file = new URL('../../../spec/vectors/outbox-v1.json', import.meta.url);
  const { site, seals } = JSON.parse(readFileSync(file, 'utf8')) as { site: string; seals: Record<'content' | 'signature' | 'ephemeral' | 'sealed', string>[] };
  expect(seals.length).toBeGreaterThan(2);
  for (const { content, signature, ephemeral, sealed } of seals) {
    expect(toHex(await sealOutbox(fromHex(content), fromHex(signature), fromHex(site), fromHex(ephemeral)))).toBe(sealed);
  }
});

test('what guessing costs', () => {
  expect([timeToTry(1e4), timeToTry(1e6), timeToTry(1e8)]).toEqual([
    { amount: 10, unit: 'second' }, { amount: 17, unit: 'minute' }, { amount: 1, unit: 'day' },
  ]);
  expect(codesLike('123456')).toBe(1e6);
  expect(codesLike('111111')).toBe(60);
  expect(codesLike('abcdefgh')).toBe(26 ** 8);
});

test('a code is long enough, typed twice alike, and not the duress code', () => {
  expect(faultOf('12345', '12345', '')).toBe('tooShort');
  expect(faultOf('123456', '123457', '')).toBe('differs');
  expect(faultOf('123456', '123456', '123456')).toBe('sameAsDuress');
  expect(faultOf('123456', '123456', '12345')).toBe('tooShort');
  expect(faultOf('123456', '123456', '')).toBe('');
});
