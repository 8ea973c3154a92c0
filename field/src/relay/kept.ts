/** What a phone keeps of relays: how far the others were told and heard, and their admissions beside its own. */
import type { Bundle } from '../bundle';
import type { Bytes } from '../bytes';
import { signerOf } from '../device';
import { identityOf, type Store, type StoredUse } from '../store';
import { openValue, sealValue } from '../vault/crypt';
import { type Entry, type Heard, keyOfToday, MOST_ENTRIES, type Relay, sealRelay } from './relay';

/** An admission with the phone that told of it; none: it was made here. `undoes`: the number of one that was taken back. */
export interface RelayedUse extends StoredUse {
  by?: string;
  undoes?: number;
}

export interface RelayState {
  /** The last number of ours that another phone has read, as the officer says. */
  told: number;
  heard: Record<string, Heard>;
}

const PLACE = 'blob/relay';

export async function relayStateOf(store: Store): Promise<RelayState> {
  const sealed = await store.db.get('blob', 'relay');
  return sealed ? openValue<RelayState>(store.key, PLACE, sealed) : { told: 0, heard: {} };
}

async function keepState(store: Store, state: RelayState): Promise<void> {
  await store.db.put('blob', await sealValue(store.key, PLACE, state), 'relay');
}

/** Admissions with their running numbers: those of the store, which never gives one twice. */
async function numbered(store: Store): Promise<[number, RelayedUse][]> {
  const transaction = store.db.transaction('uses');
  const [keys, sealed] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
  return Promise.all(sealed.map(async (one, place) => [keys[place]!, await openValue<RelayedUse>(store.key, 'uses', one)] as [number, RelayedUse]));
}

export interface Telling {
  data: Bytes;
  upTo: number;
  count: number;
  /** Admissions that had no room and come with the next. */
  rest: number;
}

/** What this phone has to tell since it was last read, or everything; null if it holds no key of its point for today. */
export async function tell(store: Store, bundle: Bundle, point: string, now: number, isAll: boolean): Promise<Telling | null> {
  const key = keyOfToday(bundle, point, now);
  const identity = await identityOf(store);
  if (!key || !identity) return null;
  const { told, heard } = await relayStateOf(store);
  const from = isAll ? 0 : told;
  const own = (await numbered(store)).filter(([serial, use]) => serial > from && !use.by && (use.pass || use.undoes));
  const shown = own.slice(0, MOST_ENTRIES);
  const entries = shown.map(([serial, use]): Entry => (use.undoes ? { serial, undoes: use.undoes } : { serial, pass: use.pass, members: use.members }));
  const upTo = shown.at(-1)?.[0] ?? from;
  const relay: Relay = { device: identity.device, point, madeAt: now, from, upTo, entries, heard };
  const data = await sealRelay(relay, bundle.operation, key, await signerOf(identity.secret));
  return { data, upTo, count: entries.length, rest: own.length - shown.length };
}

/** The officer says that the other phone has read it: the next one begins after it. */
export async function noteTold(store: Store, upTo: number): Promise<void> {
  const state = await relayStateOf(store);
  if (upTo > state.told) await keepState(store, { ...state, told: upTo });
}

export interface Taken {
  /** Admissions that this phone did not know. */
  count: number;
  /** Something between was never read: what came is heeded, but the phone can't vouch for what the other knows. */
  isGap: boolean;
}

/** Takes in what another phone told: those passes are refused from now on. Again is as once. */
export async function hear(store: Store, relay: Relay): Promise<Taken> {
  const state = await relayStateOf(store);
  const known = state.heard[relay.device]?.upTo ?? 0;
  const present = await numbered(store);
  const acts = new Map(present.map(([serial, use]) => [use.act, serial]));
  const actOf = (serial: number): string => `relay:${relay.device}:${serial}`;
  const gone = new Set(relay.entries.flatMap((one) => ('undoes' in one ? [one.undoes] : [])));
  const fresh = relay.entries.flatMap((one) =>
    'undoes' in one || one.serial <= known || gone.has(one.serial) || acts.has(actOf(one.serial)) ? [] : [one]);
  const sealed = await Promise.all(fresh.map(({ serial, pass, members }) => {
    const use: RelayedUse = { pass, members, point: relay.point, act: actOf(serial), by: relay.device };
    return sealValue(store.key, 'uses', use);
  }));
  const isGap = relay.from > known;
  const upTo = isGap ? known : Math.max(known, relay.upTo);
  const madeAt = isGap ? (state.heard[relay.device]?.madeAt ?? 0) : Math.max(relay.madeAt, state.heard[relay.device]?.madeAt ?? 0);
  const sealedState = await sealValue(store.key, PLACE, { ...state, heard: { ...state.heard, [relay.device]: { upTo, madeAt } } });
  const transaction = store.db.transaction(['uses', 'blob'], 'readwrite', { durability: 'strict' });
  for (const one of sealed) void transaction.objectStore('uses').add(one);
  for (const serial of gone) if (acts.has(actOf(serial))) void transaction.objectStore('uses').delete(acts.get(actOf(serial))!);
  void transaction.objectStore('blob').put(sealedState, 'relay');
  await transaction.done;
  store.known.uses = []; // counted anew: as many may have come as have gone
  return { count: fresh.length, isGap };
}

/** Before an act is undone: whoever was told of its admission is told of this too, with the next relay. */
export async function noteUndone(store: Store, act: string): Promise<void> {
  const { told } = await relayStateOf(store);
  const serials = (await numbered(store)).filter(([serial, use]) => use.act === act && serial <= told).map(([serial]) => serial);
  for (const undoes of serials) {
    const mark: RelayedUse = { pass: '', members: [], point: '', act: `undone:${act}`, undoes };
    await store.db.add('uses', await sealValue(store.key, 'uses', mark));
  }
}
