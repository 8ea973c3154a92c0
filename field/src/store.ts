/**
 * What the phone keeps. All but the vault and the outbox lies under the vault's key; the outbox is sealed to the site.
 * In the clear: the vault (salt, two slots, wrong codes), how many events wait, and what the site said of parked ones.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { type Bytes, concat, fromHex, toHex, utf8 } from './bytes';
import type { Bundle } from './bundle';
import { type DeviceKey, signerOf } from './device';
import { beginChain, type Body, type ChainHead, eventId, type SealedEvent, type Sign, writeEvent } from './event';
import { sha256 } from './keys';
import { Lookup, type LookupTable } from './lookup';
import type { Use } from './values';
import { openBytes, openValue, sealBytes, type Sealed, sealValue } from './vault/crypt';
import { sealOutbox } from './vault/outbox';
import type { Vault } from './vault/vault';

export interface Identity {
  device: string;
  token: string;
  operation: string;
  /** The site's public keys: receipts are believed under the one, events are sealed to the other. */
  siteKey: string;
  outboxKey: string;
  secret: Bytes;
  /** What a duress code opens: it keeps nothing and tells nobody. */
  isDecoy?: boolean;
}

/** An event that the site has not receipted: sealed to it, so that nobody reads it here. */
export interface Waiting {
  nonce: string;
  sequence: number;
  sealed: Bytes;
  parked: string;
}

/** What was written lately, to be undone or named. */
export interface Recent {
  nonce: string;
  event: string;
  kind: string;
  act: string;
  at: number;
}

type One = 'identity' | 'bundle' | 'head' | 'pending' | 'settings';

interface Schema extends DBSchema {
  vault: { key: 'vault'; value: Vault };
  one: { key: One; value: Sealed };
  uses: { key: number; value: Sealed };
  recent: { key: string; value: Sealed };
  outbox: { key: string; value: Waiting };
  blob: { key: string; value: Sealed };
}

export type Database = IDBPDatabase<Schema>;
const ALL = ['vault', 'one', 'uses', 'recent', 'blob'] as const;

/** An unlocked store: the database, and the key that exists only while unlocked. */
export interface Store {
  db: Database;
  key: CryptoKey;
  /** Decrypted once; counted anew each time, since another tab may have written. */
  known: { uses: StoredUse[]; sign: Sign | null; bundle: Bundle | undefined; lookup: Lookup | undefined };
}

export interface StoredUse extends Use {
  act: string;
}

export const openDatabase = (name = 'field'): Promise<Database> =>
  openDB<Schema>(name, 2, {
    upgrade(db) {
      for (const old of [...db.objectStoreNames]) db.deleteObjectStore(old);
      for (const name of ['vault', 'one', 'recent', 'blob'] as const) db.createObjectStore(name);
      db.createObjectStore('uses', { autoIncrement: true });
      db.createObjectStore('outbox', { keyPath: 'nonce' });
    },
  });

export const unlocked = (db: Database, key: CryptoKey): Store => ({ db, key, known: { uses: [], sign: null, bundle: undefined, lookup: undefined } });

export const vaultOf = (db: Database): Promise<Vault | undefined> => db.get('vault', 'vault');

export async function keepVault(db: Database, vault: Vault): Promise<void> {
  const transaction = db.transaction('vault', 'readwrite', { durability: 'strict' });
  await transaction.store.put(vault, 'vault');
  await transaction.done;
}

/**
 * The vault read and written in one transaction, so that no other tab and no second tap comes between: what it was, and what it is. With nothing given back
 * both slots are gone from the disk: what is kept opens no more, but by a copy of the vault that is still in memory.
 */
export async function changeVault(
  db: Database, change: (kept: Vault | undefined) => Vault | undefined,
): Promise<{ was: Vault | undefined; is: Vault | undefined }> {
  const transaction = db.transaction('vault', 'readwrite', { durability: 'strict' });
  const was = await transaction.store.get('vault');
  const is = change(was);
  await (is ? transaction.store.put(is, 'vault') : transaction.store.delete('vault'));
  await transaction.done;
  return { was, is };
}

/** Everything but what is sealed to the site: a phone that has never been here. */
export async function wipe(db: Database): Promise<void> {
  const transaction = db.transaction(ALL, 'readwrite', { durability: 'strict' });
  for (const name of ALL) void transaction.objectStore(name).clear();
  await transaction.done;
}

async function read<T>(store: Store, place: One): Promise<T | undefined> {
  const sealed = await store.db.get('one', place);
  return sealed && openValue<T>(store.key, `one/${place}`, sealed);
}

const sealOne = (store: Store, place: One, value: unknown): Promise<Sealed> => sealValue(store.key, `one/${place}`, value);

async function keepOne(store: Store, place: One, value: unknown): Promise<void> {
  const sealed = await sealOne(store, place, value);
  const transaction = store.db.transaction('one', 'readwrite', { durability: 'strict' });
  await transaction.store.put(sealed, place);
  await transaction.done;
}

export const identityOf = (store: Store): Promise<Identity | undefined> => read(store, 'identity');
export const bundleOf = async (store: Store): Promise<Bundle | undefined> => (store.known.bundle ??= await read(store, 'bundle'));

/** Keeps what the site gave; the uses that this device saw stay, whatever the bundle says. */
export async function keepBundle(store: Store, bundle: Bundle): Promise<void> {
  await keepOne(store, 'bundle', bundle);
  store.known.bundle = bundle;
}

export interface Settings {
  point?: string;
  /** Which leg this phone loads. */
  leg?: string;
  /** Slips written so far. */
  slips?: number;
  /** When the site made the index of look-ups that lies here. */
  lookupMade?: string;
  /** Times of look-ups that showed people. */
  lookups?: number[];
}

export const settingsOf = async (store: Store): Promise<Settings> => (await read<Settings>(store, 'settings')) ?? {};
export const keepSettings = async (store: Store, change: Settings): Promise<void> =>
  keepOne(store, 'settings', { ...(await settingsOf(store)), ...change });

/** The index of look-ups, as one blob. */
export async function keepLookup(store: Store, table: LookupTable): Promise<void> {
  const sealed = await sealBytes(store.key, 'blob/lookup', utf8(JSON.stringify(table)));
  await store.db.put('blob', sealed, 'lookup');
  store.known.lookup = undefined;
}

/** Opened and indexed once, when it is first asked for. */
export async function lookupOf(store: Store): Promise<Lookup | undefined> {
  if (store.known.lookup) return store.known.lookup;
  const sealed = await store.db.get('blob', 'lookup');
  if (!sealed) return undefined;
  const table = JSON.parse(new TextDecoder().decode(await openBytes(store.key, 'blob/lookup', sealed))) as LookupTable;
  return (store.known.lookup = new Lookup(table));
}

/** The key with which this device is joining: kept before it is sent, so that a lost answer can be asked for again. */
export async function pendingKey(store: Store, make: () => DeviceKey): Promise<DeviceKey> {
  const known = await read<DeviceKey>(store, 'pending');
  if (known) return known;
  const made = make();
  await keepOne(store, 'pending', made);
  return made;
}

/** Joined: a new identity begins a chain of its own. */
export async function begin(store: Store, identity: Identity): Promise<void> {
  const sealed = await sealOne(store, 'identity', identity);
  const standing = { device: identity.device, ticket: await ticketOf(identity.token) };
  const transaction = store.db.transaction(['one', 'vault'], 'readwrite', { durability: 'strict' });
  const one = transaction.objectStore('one');
  void one.put(sealed, 'identity');
  for (const old of ['pending', 'head'] as const) void one.delete(old);
  const vault = await transaction.objectStore('vault').get('vault');
  if (vault && !identity.isDecoy) void transaction.objectStore('vault').put({ ...vault, standing }, 'vault');
  await transaction.done;
  store.known.sign = null;
}

/** By which a locked phone asks whether it was withdrawn: from the token's hash, which the site holds. */
async function ticketOf(token: string): Promise<string> {
  return toHex(await sha256(concat(utf8('safepassage/standing/v1\0'), await sha256(utf8(token)))));
}

export interface Act {
  kind: string;
  body: Body;
}

/** What was written: nonces and ids of the events of one act, by which it can be undone. */
export interface Written {
  act: string;
  events: Recent[];
}

let turn: Promise<unknown> = Promise.resolve();

/**
 * Writes the events of one act, all or none, with the admission that they mean; they are on the disk when it returns.
 * One after another, since each event names the one before it.
 */
export function record(
  store: Store, acts: Act[], use: Use | null, now: number, act: string = crypto.randomUUID(),
): Promise<Written> {
  const next = turn.then(() => locked(() => recordNow(store, acts, use, now, act)));
  turn = next.catch(() => undefined);
  return next;
}

/** One tab at a time where the browser can say so. */
const locked = <T>(act: () => Promise<T>): Promise<T> =>
  globalThis.navigator?.locks ? (navigator.locks.request('chain', act) as Promise<T>) : act();

async function recordNow(store: Store, acts: Act[], use: Use | null, now: number, act: string): Promise<Written> {
  const identity = await identityOf(store);
  if (!identity) throw new Error('this device has not joined');
  let head = (await read<ChainHead>(store, 'head')) ?? beginChain(identity.operation, identity.device);
  const sign = (store.known.sign ??= await signerOf(identity.secret));
  const waiting: Waiting[] = [];
  const events: Recent[] = [];
  for (const { kind, body } of identity.isDecoy ? [] : acts) {
    const written = await writeEvent(head, kind, body, now, crypto.randomUUID(), sign);
    head = written.head;
    waiting.push(await sealedToSite(written.event, identity.outboxKey));
    events.push({ nonce: written.event.nonce, event: eventId(head.previous), kind, act, at: now });
  }
  const sealedHead = await sealOne(store, 'head', head);
  const stored = use && { ...use, act };
  const sealedUse = stored && (await sealValue(store.key, 'uses', stored));
  const named = await Promise.all(events.map((one) => sealValue(store.key, `recent/${one.nonce}`, one)));
  const transaction = store.db.transaction(['one', 'outbox', 'uses', 'recent'], 'readwrite', { durability: 'strict' });
  for (const item of waiting) void transaction.objectStore('outbox').add(item);
  for (const [place, one] of events.entries()) void transaction.objectStore('recent').put(named[place]!, one.nonce);
  void transaction.objectStore('one').put(sealedHead, 'head');
  if (sealedUse) void transaction.objectStore('uses').add(sealedUse);
  await transaction.done;
  if (stored) store.known.uses.push(stored);
  return { act, events };
}

async function sealedToSite({ nonce, sequence, content, signature }: SealedEvent, site: string): Promise<Waiting> {
  return { nonce, sequence, sealed: await sealOutbox(content, signature, fromHex(site)), parked: '' };
}

/** Events that the site has not taken yet, in the order of the chain; none for who has no identity to send them under. */
export async function waitingOf(store: Store): Promise<Waiting[]> {
  const identity = await identityOf(store);
  if (!identity || identity.isDecoy) return [];
  return (await store.db.getAll('outbox')).sort((one, two) => one.sequence - two.sequence);
}

/** The admissions that this device has seen, since it joined. */
export async function usesOf(store: Store): Promise<StoredUse[]> {
  if ((await store.db.count('uses')) !== store.known.uses.length) {
    const sealed = await store.db.getAll('uses');
    store.known.uses = await Promise.all(sealed.map((one) => openValue<StoredUse>(store.key, 'uses', one)));
  }
  return store.known.uses;
}

/** What was written lately, the latest first. */
export async function recentOf(store: Store): Promise<Recent[]> {
  const keys = await store.db.getAllKeys('recent');
  const sealed = await store.db.getAll('recent');
  const found = await Promise.all(sealed.map((one, place) => openValue<Recent>(store.key, `recent/${keys[place]!}`, one)));
  return found.sort((one, two) => two.at - one.at);
}

/** Forgets what lies longer than the time in which it can be undone, unless it still waits. */
export async function forgetRecent(store: Store, before: number): Promise<void> {
  const waiting = new Set(await store.db.getAllKeys('outbox'));
  const old = (await recentOf(store)).filter((one) => one.at < before && !waiting.has(one.nonce));
  const transaction = store.db.transaction('recent', 'readwrite');
  for (const { nonce } of old) void transaction.store.delete(nonce);
  await transaction.done;
}

/** Takes the admission of an act that was undone out of memory: the pass may be used again. */
export async function forgetUse(store: Store, act: string): Promise<void> {
  const keys = await store.db.getAllKeys('uses');
  const uses = await Promise.all((await store.db.getAll('uses')).map((one) => openValue<StoredUse>(store.key, 'uses', one)));
  const transaction = store.db.transaction('uses', 'readwrite', { durability: 'strict' });
  for (const [place, use] of uses.entries()) if (use.act === act) void transaction.store.delete(keys[place]!);
  await transaction.done;
  store.known.uses = uses.filter((use) => use.act !== act);
}

export interface Receipt {
  nonce: string;
  outcome: 'stored' | 'known' | 'parked';
  event: string;
  reason: string;
}

/** Forgets what the site has stored; what it parked stays, is shown, and never blocks the others. */
export async function settle(store: Store, receipts: Receipt[]): Promise<void> {
  const transaction = store.db.transaction('outbox', 'readwrite', { durability: 'strict' });
  for (const { nonce, outcome, reason } of receipts) {
    const item = await transaction.store.get(nonce);
    if (!item) continue;
    if (outcome === 'parked') await transaction.store.put({ ...item, parked: reason });
    else await transaction.store.delete(nonce);
  }
  await transaction.done;
}
