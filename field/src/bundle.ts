/** What the site gives a device for its points and days, and how it becomes what the check knows. */
import type { Bytes } from './bytes';
import { readRevocations } from './revocation';
import type { PointDayKey, RevocationList, Use, VerifierState } from './values';

export interface BundlePass {
  id: string;
  party: string;
  persons: string[];
  point: string;
  recognition: string;
  watched: string;
  policy: string;
  begins: number;
  ends: number;
  is_used: boolean;
  admitted: number[];
  /** Of each member's documents, under the key of the pass's point and day. */
  tags?: string[][];
}

export interface Bundle {
  operation: string;
  name: string;
  device: string;
  role: string;
  points: string[];
  made_at: string;
  issuing_keys: string[];
  point_day_keys: PointDayKey[];
  revocations: string;
  passes: BundlePass[];
  policies: { version: string; is_honoured: boolean }[];
  places: Record<string, string>;
  delays?: { route: string; until: number }[];
  routes?: string[];
  /** To hold up before a crowd, as a supervisor released them; language to words. */
  held_texts?: { code: string; texts: Record<string, string>; released_at: number }[];
  /** Devices that may stand at these points, with the keys under which they sign what they relay. */
  peers?: { device: string; public_key: string }[];
}

export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
export const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

const HOUR = 3600;

/** A bundle's list of what is withdrawn, opened once: its signature, and thousands of lines, would else be waited for at each scan. */
const opened = new WeakMap<Bundle, Promise<RevocationList>>();

function revocationsOf(bundle: Bundle): Promise<RevocationList> {
  const known = opened.get(bundle);
  if (known) return known;
  const reading = readRevocations(fromBase64(bundle.revocations), bundle.operation, bundle.issuing_keys);
  opened.set(bundle, reading);
  return reading;
}

/** What the check knows: the bundle, and the uses that this device has seen since. */
export async function stateOf(bundle: Bundle, uses: Use[]): Promise<VerifierState> {
  const entered = bundle.passes.filter((pass) => pass.admitted.length > 0);
  return {
    operation: bundle.operation,
    points: bundle.points,
    issuingKeys: bundle.issuing_keys,
    pointDayKeys: bundle.point_day_keys,
    revocations: bundle.revocations ? await revocationsOf(bundle) : null,
    uses: [...entered.map((pass) => ({ pass: pass.id, members: pass.admitted, point: pass.is_used ? pass.point : '' })), ...uses],
    admittedTags: uses.flatMap((use) => use.tags ?? []),
    newestSignedTime: Math.floor(Date.parse(bundle.made_at) / 1000),
    policies: bundle.policies.map((policy) => ({ version: policy.version, isHonoured: policy.is_honoured })),
    delays: bundle.delays ?? [],
    listWarnAfter: 4 * HOUR,
    listStaleAfter: 24 * HOUR,
    clockTolerance: 300,
  };
}

/** Tags of the codes learnt by heart, each with its pass. */
export function knownCodes(bundle: Bundle): Record<string, string> {
  return Object.fromEntries(bundle.passes.flatMap((pass) => [[pass.recognition, pass.id], [pass.watched, pass.id]]));
}
