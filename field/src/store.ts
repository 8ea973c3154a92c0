/**
 * What the phone keeps: its identity, the site's bundle, the chain's head, admissions, and events not yet receipted.
 * Not yet encrypted at rest (docs/keys.md says so): until it is, a phone is as safe as its own screen lock.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Bytes } from './bytes';
import type { Bundle } from './bundle';
import type { DeviceKey } from './device';
import { beginChain, type Body, type ChainHead, type SealedEvent, type Sign, writeEvent } from './event';
import type { Use } from './values';

export interface Identity {
  device: string;
  token: string;
  operation: string;
  /** The site's public key: receipts are believed if it signed them. */
  siteKey: string;
  key: CryptoKey | Bytes;
}

export type Waiting = SealedEvent & { parked: string };

interface Schema extends DBSchema {
  one: { key: 'identity' | 'bundle' | 'head' | 'pending'; value: Identity | Bundle | ChainHead | DeviceKey };
  waiting: { key: string; value: Waiting };
  uses: { key: number; value: Use };
}

export type Store = IDBPDatabase<Schema>;

export const openStore = (name = 'field'): Promise<Store> =>
  openDB<Schema>(name, 1, {
    upgrade(db) {
      db.createObjectStore('one');
      db.createObjectStore('waiting', { keyPath: 'nonce' });
      db.createObjectStore('uses', { autoIncrement: true });
    },
  });

export const identityOf = (store: Store): Promise<Identity | undefined> =>
  store.get('one', 'identity') as Promise<Identity | undefined>;
export const bundleOf = (store: Store): Promise<Bundle | undefined> => store.get('one', 'bundle') as Promise<Bundle | undefined>;

/** Keeps what the site gave; the uses that this device saw stay, whatever the bundle says. */
export async function keep(store: Store, what: { identity?: Identity; bundle?: Bundle }): Promise<void> {
  const transaction = store.transaction('one', 'readwrite', { durability: 'strict' });
  if (what.identity) await transaction.store.put(what.identity, 'identity');
  if (what.bundle) await transaction.store.put(what.bundle, 'bundle');
  await transaction.done;
}

/** The key with which this device is joining: kept before it is sent, so that a lost answer can be asked for again. */
export async function pendingKey(store: Store, make: () => Promise<DeviceKey>): Promise<DeviceKey> {
  const known = (await store.get('one', 'pending')) as DeviceKey | undefined;
  if (known) return known;
  const made = await make();
  await store.put('one', made, 'pending');
  return made;
}

/** Joined: a new identity begins a chain of its own. */
export async function begin(store: Store, identity: Identity): Promise<void> {
  const transaction = store.transaction('one', 'readwrite', { durability: 'strict' });
  await transaction.store.put(identity, 'identity');
  await transaction.store.delete('pending');
  await transaction.store.delete('head');
  await transaction.done;
}

/** Withdrawn by the site: keys, bundle and uses go; what waits stays, and is sent after joining anew. */
export async function forget(store: Store): Promise<void> {
  const transaction = store.transaction(['one', 'uses'], 'readwrite', { durability: 'strict' });
  await transaction.objectStore('one').clear();
  await transaction.objectStore('uses').clear();
  await transaction.done;
}

export interface Act {
  kind: string;
  body: Body;
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Writes the events of one act, all or none, with the admission that they mean; they are on the disk when it returns.
 * One after another, since each event names the one before it.
 */
export function record(store: Store, acts: Act[], use: Use | null, now: number, sign: Sign): Promise<SealedEvent[]> {
  const next = turn.then(() => locked(() => recordNow(store, acts, use, now, sign)));
  turn = next.catch(() => undefined);
  return next;
}

/** One tab at a time where the browser can say so. */
const locked = <T>(act: () => Promise<T>): Promise<T> =>
  globalThis.navigator?.locks ? (navigator.locks.request('chain', act) as Promise<T>) : act();

async function recordNow(store: Store, acts: Act[], use: Use | null, now: number, sign: Sign): Promise<SealedEvent[]> {
  const identity = await identityOf(store);
  if (!identity) throw new Error('this device has not joined');
  let head = ((await store.get('one', 'head')) as ChainHead | undefined) ?? beginChain(identity.operation, identity.device);
  const events: SealedEvent[] = [];
  for (const { kind, body } of acts) {
    const written = await writeEvent(head, kind, body, now, crypto.randomUUID(), sign);
    events.push(written.event);
    head = written.head;
  }
  const transaction = store.transaction(['one', 'waiting', 'uses'], 'readwrite', { durability: 'strict' });
  for (const event of events) void transaction.objectStore('waiting').add({ ...event, parked: '' });
  void transaction.objectStore('one').put(head, 'head');
  if (use) void transaction.objectStore('uses').add(use);
  await transaction.done;
  return events;
}

/** Events that the site has not taken yet, in the order of the chain. */
export async function waitingOf(store: Store): Promise<Waiting[]> {
  return (await store.getAll('waiting')).sort((one, two) => one.sequence - two.sequence);
}

export const usesOf = (store: Store): Promise<Use[]> => store.getAll('uses');

export interface Receipt {
  nonce: string;
  outcome: 'stored' | 'known' | 'parked';
  event: string;
  reason: string;
}

/** Forgets what the site has stored; what it parked stays, is shown, and never blocks the others. */
export async function settle(store: Store, receipts: Receipt[]): Promise<void> {
  const transaction = store.transaction('waiting', 'readwrite', { durability: 'strict' });
  for (const { nonce, outcome, reason } of receipts) {
    const item = await transaction.store.get(nonce);
    if (!item) continue;
    if (outcome === 'parked') await transaction.store.put({ ...item, parked: reason });
    else await transaction.store.delete(nonce);
  }
  await transaction.done;
}
