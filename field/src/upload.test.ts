/** Days without a network, a site that dies in the middle: nothing that was confirmed is lost, nothing is taken twice. */
import 'fake-indexeddb/auto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { decode } from 'cborg';
import { afterEach, expect, test, vi } from 'vitest';
import { fromBase64, toBase64 } from './bundle';
import { concat, toHex, utf8 } from './bytes';
import { write } from './cbor';
import { makeDeviceKey } from './device';
import { eventId } from './event';
import { sha256 } from './keys';
import { begin, openDatabase, record, type Store, unlocked, usesOf, waitingOf } from './store';
import { upload } from './sync';
import { identity, openOutbox } from './testsite';
import { usable } from './vault/crypt';

const SITE = new Uint8Array(32).fill(7);
const ENCOUNTERS = 250;

/** A site that stores by device and nonce, and whose answers get lost as told. */
class Site {
  readonly stored: unknown[][] = [];
  twice = 0;
  #nonces = new Set<unknown>();

  async answer(items: { sealed: string }[], fails: 'before' | 'after' | 'forged' | ''): Promise<Response> {
    if (fails === 'before') throw new TypeError('network');
    const receipts = [];
    for (const { sealed } of items) {
      const [content] = await openOutbox(fromBase64(sealed));
      const event = decode(content) as unknown[];
      const isKnown = this.#nonces.has(event[7]);
      if (isKnown) this.twice += 1;
      else this.stored.push(event);
      this.#nonces.add(event[7]);
      receipts.push({ nonce: event[7], outcome: isKnown ? 'known' : 'stored', event: eventId(toHex(await sha256(content))), reason: '' });
    }
    if (fails === 'after') throw new TypeError('network');
    const told = write(receipts.map(({ nonce, outcome, event, reason }) => [nonce, outcome, event, reason]));
    const key = fails === 'forged' ? new Uint8Array(32).fill(8) : SITE;
    const signature = toBase64(ed25519.sign(concat(utf8('safepassage/receipt/v1\0'), told), key));
    return Response.json({ receipts, signature });
  }
}

afterEach(() => vi.unstubAllGlobals());

test('encounters of days, the app begun anew, answers lost and forged: all arrive, in order, none is stored twice', { timeout: 60_000 }, async () => {
  const key = await usable(crypto.getRandomValues(new Uint8Array(32)));
  const open = async (): Promise<Store> => unlocked(await openDatabase('days'), key);
  let store = await open();
  await begin(store, { ...identity(makeDeviceKey().secret), siteKey: toHex(ed25519.getPublicKey(SITE)) });
  const site = new Site();
  const faults = ['before', 'after', 'forged', '', 'after', ''] as const;
  let calls = 0;
  vi.stubGlobal('fetch', (_path: string, { body }: { body: string }) =>
    site.answer((JSON.parse(body) as { items: { sealed: string }[] }).items, faults[calls++ % faults.length]!));
  const confirmed: string[] = [];
  for (let number = 0; number < ENCOUNTERS; number += 1) {
    const use = { pass: `K-${String(number).padStart(12, '0')}`, members: [0], point: 'north-gate' };
    const { events } = await record(store, [{ kind: 'encounter', body: { point: 'north-gate', heads: number } }], use, 1000 + number);
    confirmed.push(...events.map((one) => one.nonce));
    if (number % 13 === 0) store = await open();
    if (number % 29 === 0) await upload(store).catch(() => undefined);
  }
  for (let round = 0; round < 20 && (await waitingOf(store)).length; round += 1) await upload(store).catch(() => undefined);
  expect(await waitingOf(store)).toEqual([]);
  expect(site.stored.map((event) => event[7])).toEqual(confirmed);
  expect(site.stored.map((event) => event[4])).toEqual(Array.from({ length: ENCOUNTERS }, (_, place) => place + 1));
  expect(site.twice).toBeGreaterThan(0);
  expect(await usesOf(await open())).toHaveLength(ENCOUNTERS);
});
