/** The device endpoint of the site, under /api/gate/v1/. Nothing here is needed to check a pass. */
import { type Bundle, toBase64 } from './bundle';
import { makeDeviceKey } from './device';
import { identityOf, keep, type Receipt, settle, type Store, waitingOf } from './store';

const BASE = '/api/gate/v1';
const BATCH = 100;
const PATIENCE_MS = 15_000;

async function call<T>(path: string, token: string, body?: unknown): Promise<T> {
  const answer = await fetch(BASE + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) throw new Error(`the site answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** Answers an invitation with a key of this device's own, then loads the bundle. */
export async function join(store: Store, code: string): Promise<void> {
  const { key, publicKey } = await makeDeviceKey();
  const joined = await call<{ device: string; token: string; operation: string }>('/join', '', { code, public_key: publicKey });
  await keep(store, { identity: { ...joined, key } });
  await load(store);
}

/** Loads what this device needs for its points and days. */
export async function load(store: Store): Promise<void> {
  const identity = await identityOf(store);
  if (identity) await keep(store, { bundle: await call<Bundle>('/bundle', identity.token) });
}

/** Sends what waits, oldest first; stops where the site can't be reached, and loses nothing. */
export async function upload(store: Store): Promise<void> {
  const identity = await identityOf(store);
  const waiting = identity ? (await waitingOf(store)).filter((event) => !event.parked) : [];
  for (let at = 0; at < waiting.length; at += BATCH) {
    const items = waiting.slice(at, at + BATCH).map(({ content, signature }) => ({
      content: toBase64(content),
      signature: toBase64(signature),
    }));
    const { receipts } = await call<{ receipts: Receipt[] }>('/encounters', identity!.token, { items });
    await settle(store, namedBy(receipts, waiting.slice(at, at + BATCH)));
  }
}

/** A parked item may come back without its nonce; answers come in the order of the items. */
const namedBy = (receipts: Receipt[], sent: { nonce: string }[]): Receipt[] =>
  receipts.map((receipt, place) => ({ ...receipt, nonce: receipt.nonce || (sent[place]?.nonce ?? '') }));
