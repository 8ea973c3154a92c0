/** People with no pass and no record: counted at once, tied by a numbered slip to the registration that follows. */
import { type Act } from './store';
import type { AgeBand, Sex } from './values';

export const CATEGORIES = ['unknown', 'citizen', 'resident', 'visa-holder', 'staff', 'at-risk'] as const;
export const EVIDENCES = ['none', 'passport', 'id-card', 'visa', 'letter', 'photo'] as const;
export const BANDS: readonly AgeBand[] = ['infant', 'child', 'adolescent', 'adult', 'older'];

export interface WalkIn {
  heads: { sex: Sex; ageBand: AgeBand }[];
  slip: string;
  category: (typeof CATEGORIES)[number];
  evidence: (typeof EVIDENCES)[number];
  isAdmitted: boolean;
}

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id that means nothing: 60 random bits. */
export const drawId = (kind: string): string =>
  `${kind}-${Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => DIGITS[byte & 31]).join('')}`;

/** A number for a slip: the device's last digits and a running number, so that two phones never write the same. */
export const slipNumber = (device: string, count: number): string =>
  `w-${(device.slice(-4) || '0000').toLowerCase()}-${String(count + 1).padStart(3, '0')}`;

/** As the ledger takes it: small letters and figures, dashes between; empty if nothing is left. */
export const slipTyped = (text: string): string =>
  text.trim().toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '').slice(0, 20);

/** Children alone are taken in by the focal point, never counted as admitted by themselves. */
export const isOfChildrenAlone = ({ heads }: Pick<WalkIn, 'heads'>): boolean =>
  heads.length > 0 && heads.every(({ ageBand }) => ageBand !== 'adult' && ageBand !== 'older' && ageBand !== 'unknown');

/** At a staging base they have arrived: children alone too, in the care of the focal point. */
export function actsOfArrivedWalkIn(walkIn: WalkIn, point: string, draw: (kind: string) => string = drawId): Act[] {
  const ids = idsOf(walkIn, draw);
  const acts = actsOfWalkIn({ ...walkIn, isAdmitted: false }, point, draw, ids);
  for (const { kind, body } of acts) if (kind === 'encounter') body.role = 'staging-base';
  return [...acts, { kind: 'persons-arrived', body: { point, place: 'staging-base', rows: ids.persons.map((one) => [one, ids.party]) } }];
}

const idsOf = (walkIn: WalkIn, draw: (kind: string) => string): { persons: string[]; party: string } =>
  ({ persons: walkIn.heads.map(() => draw('P')), party: draw('T') });

/** The events: the walk-in, then the admission, or the way to the focal point. */
export function actsOfWalkIn(walkIn: WalkIn, point: string, draw: (kind: string) => string = drawId, ids = idsOf(walkIn, draw)): Act[] {
  const { persons, party } = ids;
  const rows = walkIn.heads.map(({ sex, ageBand }, place) => [persons[place]!, sex, ageBand]);
  const { category, evidence, slip } = walkIn;
  const acts: Act[] = [
    { kind: 'walk-ins', body: { point, slip, evidence, ...(category !== 'unknown' && { category }), rows } },
  ];
  if (isOfChildrenAlone(walkIn)) {
    const reasons = ['walk-in', 'child-without-adult'];
    acts.push({ kind: 'encounter', body: { point, verdict: 'no-pass', reasons, heads: persons.length, rows: persons.map((one) => [one]) } });
  } else if (walkIn.isAdmitted) {
    const reasons = [evidence === 'none' ? 'walk-in' : 'eligible-by-document'];
    acts.push({ kind: 'persons-admitted', body: { point, reasons, rows: persons.map((one) => [one, party]) } });
  }
  return acts;
}
