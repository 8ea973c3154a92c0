/** Whom a bus or a staging base expects, as the site told it last; and what this phone has seen since. */
import type { Bundle } from '../bundle';
import { utf8 } from '../bytes';
import { recentOf, type Store, usesOf, waitingOf } from '../store';
import type { Use } from '../values';
import { openBytes, sealBytes } from '../vault/crypt';

export interface ManifestLeg {
  id: string;
  mode: string;
  origin: string;
  destination: string;
  departs: number;
  arrives: number;
  vehicle: string;
  seats: number;
  version: number;
  is_before_gate: boolean;
  departed: number;
  counted: number | null;
  /** Aboard, and on no line: person and party. */
  others: [string, string][];
}

export interface ManifestParty {
  id: string;
  leg: string;
  number: number;
  persons: string[];
  aboard: number[];
  where: string[];
  onward: string;
  /** No seat of its own: it waits for one of this leg, in the order of the answer. */
  is_stand_by?: boolean;
}

export interface Manifests {
  operation: string;
  name: string;
  device: string;
  role: string;
  point: string;
  made_at: string;
  key: string;
  legs: ManifestLeg[];
  parties: ManifestParty[];
  tags: Record<string, string>;
  places: Record<string, string>;
  beds: { beds: number | null; here: string[] } | null;
}

/** Somebody, and the party with which they go. */
export type Row = [person: string, party: string];

/** What this phone saw at a leg or a base: people, or that it left. It lies beside the admissions, and is undone as they are. */
export interface Seen extends Use {
  place: string;
  rows: Row[];
  /** Heads counted as the leg left. */
  heads?: number;
  at: number;
  /** Which answer of the site this phone knew then. */
  heard: string;
}

const PLACE = 'blob/manifests';
const known = new WeakMap<Store, Manifests>();

/** Kept as one sealed blob; what this phone has seen itself lies apart, and stays. */
export async function keepManifests(store: Store, told: Manifests): Promise<void> {
  await store.db.put('blob', await sealBytes(store.key, PLACE, utf8(JSON.stringify(told))), 'manifests');
  known.set(store, told);
}

export async function manifestsOf(store: Store): Promise<Manifests | undefined> {
  if (known.has(store)) return known.get(store);
  const sealed = await store.db.get('blob', 'manifests');
  if (!sealed) return undefined;
  const told = JSON.parse(new TextDecoder().decode(await openBytes(store.key, PLACE, sealed))) as Manifests;
  known.set(store, told);
  return told;
}

/** What a phone holds that checks no passes: the screens ask for a bundle, and there is no key in this one. */
export const bundleOfBase = ({ operation, name, device, role, point, made_at, places }: Manifests): Bundle => ({
  operation, name, device, role, points: [point], made_at, places,
  issuing_keys: [], point_day_keys: [], revocations: '', passes: [], policies: [],
});

const isSeen = (use: Use): use is Seen & { act: string } => 'place' in use;

/**
 * What this phone has seen and the site can't have told yet: it waits still, or no later answer has come since.
 * What the site knows is the site's to say, so that what the desk corrected is corrected here too.
 */
export async function seenSince(store: Store, told: Manifests): Promise<Seen[]> {
  const waiting = new Set((await waitingOf(store)).map(({ nonce }) => nonce));
  const acts = new Set((await recentOf(store)).filter(({ nonce }) => waiting.has(nonce)).map(({ act }) => act));
  return (await usesOf(store)).filter(isSeen).filter((one) => one.heard === told.made_at || acts.has(one.act));
}
