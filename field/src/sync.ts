/** The device endpoint of the site, under /api/gate/v1/. Nothing here is needed to check a pass. */
import { type Bundle, fromBase64, toBase64 } from './bundle';
import { concat, fromHex, toHex, utf8 } from './bytes';
import { write } from './cbor';
import { makeDeviceKey, signerOf } from './device';
import { isSigned } from './sign';
import {
  begin, bundleOf, forgetRecent, identityOf, keepBundle, keepLookup, keepSettings, pendingKey, type Receipt, settle, type Store, waitingOf, wipe,
} from './store';
import { bundleOfBase, keepManifests, type Manifests } from './legs/manifests';
import type { LookupTable } from './lookup';
import { UNDO_MS } from './undo';

const BASE = '/api/gate/v1';
const BASE_ROLE = 'staging-base';
const BATCH = 100;
const PATIENCE_MS = 15_000;
const RECEIPT_CONTEXT = utf8('safepassage/receipt/v1\0');

/** The site said no: a closed code, and what it advises. */
export class RefusedError extends Error {
  constructor(readonly code: string, told: string) {
    super(told);
  }
}

async function call<T>(path: string, token: string, body?: unknown): Promise<T> {
  const answer = await fetch(BASE + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw await refusalOf(answer);
  return (await answer.json()) as T;
}

async function refusalOf(answer: Response): Promise<RefusedError> {
  try {
    const { code, message, advice } = (await answer.json()) as { code: string; message: string; advice: string };
    return new RefusedError(code, `${message} ${advice}`.trim());
  } catch {
    return new RefusedError('unreadable', `The site answered ${answer.status}.`);
  }
}

interface Joined {
  device: string;
  token: string;
  operation: string;
  site_key: string;
  outbox_key: string;
}

const JOIN_CONTEXT = utf8('safepassage/join/v1\0');

/**
 * Answers an invitation with a key of this device's own, and shows that it has it; then loads the bundle.
 * May be repeated if the answer is lost.
 */
export async function join(store: Store, code: string): Promise<void> {
  const { secret, publicKey } = await pendingKey(store, makeDeviceKey);
  const sign = await signerOf(secret);
  const proof = toHex(await sign(concat(JOIN_CONTEXT, utf8(code), Uint8Array.of(0x1f), fromHex(publicKey))));
  const { device, token, operation, site_key: siteKey, outbox_key: outboxKey } = await call<Joined>(
    '/join', '', { code, public_key: publicKey, proof },
  );
  await begin(store, { device, token, operation, siteKey, outboxKey, secret });
  await load(store);
}

/** Loads what this device needs for its points and days. False: the site has withdrawn this device, and all is wiped. */
export async function load(store: Store): Promise<boolean> {
  const identity = await identityOf(store);
  if (!identity || identity.isDecoy) return identity !== undefined;
  try {
    await loadFor(store, identity.token);
    return true;
  } catch (error) {
    if (!(error instanceof RefusedError) || error.code !== 'device-revoked') throw error;
    await wipe(store.db);
    return false;
  }
}

/** What its role is given: a staging base has no bundle, a bus its manifests beside one, the others something to look people up in. */
async function loadFor(store: Store, token: string): Promise<void> {
  const isBase = (await bundleOf(store))?.role === BASE_ROLE;
  const bundle = isBase ? null : await call<Bundle>('/bundle', token).catch((error: unknown) => {
    if (error instanceof RefusedError && error.code === 'call-not-allowed') return null;
    throw error;
  });
  if (bundle && bundle.role !== 'bus') {
    await keepBundle(store, bundle);
    return loadLookup(store, token);
  }
  const told = await call<Manifests>('/manifests', token);
  await keepManifests(store, told);
  await keepBundle(store, bundle ?? bundleOfBase(told));
}

const LOOKUP_EVERY_MS = 15 * 60_000;
const loaded = new WeakMap<Store, number>();

/** Loads the index of look-ups now and then; a role that has none is told so, and goes on. */
async function loadLookup(store: Store, token: string): Promise<void> {
  if (Date.now() - (loaded.get(store) ?? 0) < LOOKUP_EVERY_MS) return;
  try {
    const table = await call<LookupTable>('/lookup', token);
    await keepLookup(store, table);
    if (table.made_at) await keepSettings(store, { lookupMade: table.made_at });
    loaded.set(store, Date.now());
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
  }
}

/** Asked while locked: whether the site has withdrawn this device. */
export async function isWithdrawn(standing: { device: string; ticket: string }): Promise<boolean> {
  return (await call<{ is_withdrawn: boolean }>('/standing', '', standing)).is_withdrawn;
}

interface Answer {
  receipts: Receipt[];
  signature: string;
}

/** Sends what waits, oldest first; stops where the site can't be reached, and loses nothing. */
export async function upload(store: Store): Promise<void> {
  const identity = await identityOf(store);
  const waiting = identity ? (await waitingOf(store)).filter((event) => !event.parked) : [];
  for (let at = 0; at < waiting.length; at += BATCH) {
    const sent = waiting.slice(at, at + BATCH);
    const items = sent.map(({ sealed }) => ({ sealed: toBase64(sealed) }));
    const answer = await call<Answer>('/encounters', identity!.token, { items });
    if (!(await isReceipted(answer, identity!.siteKey, sent.length))) throw new Error('the receipts are not the site’s');
    await settle(store, namedBy(answer.receipts, sent));
  }
  await forgetRecent(store, Date.now() - UNDO_MS);
}

/** Whether the site itself signed these receipts, one for each item: nothing is forgotten on anybody else's word. */
export async function isReceipted({ receipts, signature }: Answer, siteKey: string, sent: number): Promise<boolean> {
  const told = write(receipts.map(({ nonce, outcome, event, reason }) => [nonce, outcome, event, reason]));
  return receipts.length === sent && isSigned(fromHex(siteKey), fromBase64(signature), concat(RECEIPT_CONTEXT, told));
}

/** A parked item may come back without its nonce; answers come in the order of the items. */
const namedBy = (receipts: Receipt[], sent: { nonce: string }[]): Receipt[] =>
  receipts.map((receipt, place) => ({ ...receipt, nonce: receipt.nonce || (sent[place]?.nonce ?? '') }));
