/** Loading a leg against its manifest: who is expected, aboard and missing, and the events of it. Ids and heads alone. */
import type { Act } from '../store';
import type { ManifestLeg, ManifestParty, Manifests, Row, Seen } from './manifests';

export interface Load {
  leg: ManifestLeg;
  parties: ManifestParty[];
  expected: Set<string>;
  aboard: Map<string, string>;
  missing: Set<string>;
  /** When it left, seconds since 1970; 0: it is here. */
  departed: number;
  counted: number | null;
}

/** How far a leg is loaded: as the site told it, and as this phone has seen since. */
export function loadOf(leg: ManifestLeg, told: Manifests, seen: readonly Seen[]): Load {
  const parties = told.parties.filter((one) => one.leg === leg.id && !one.is_stand_by);
  const aboard = new Map<string, string>([
    ...parties.flatMap((one) => one.aboard.map((place): Row => [one.persons[place]!, one.id])),
    ...leg.others,
    ...seen.filter((one) => one.place === leg.id).flatMap((one) => one.rows),
  ]);
  const expected = new Set(parties.flatMap((one) => one.persons));
  const left = seen.filter((one) => one.place === leg.id && one.heads !== undefined).at(-1);
  return {
    leg, parties, expected, aboard, missing: new Set([...expected].filter((one) => !aboard.has(one))),
    departed: left?.at ?? leg.departed, counted: left?.heads ?? leg.counted,
  };
}

/** Who stands by for a leg and isn't aboard yet, in their order. */
export const standingBy = ({ leg, aboard }: Load, told: Manifests): ManifestParty[] =>
  told.parties.filter((one) => one.is_stand_by && one.leg === leg.id && one.persons.some((person) => !aboard.has(person)));

/** Where a party is expected: on this leg, on another (the next that is still here, else the last), or nowhere. */
export function entryOf(party: string, leg: string, told: Manifests, seen: readonly Seen[]): { entry: ManifestParty; isHere: boolean } | null {
  const entries = told.parties.filter((one) => one.id === party);
  const here = entries.find((one) => one.leg === leg && !one.is_stand_by) ?? entries.find((one) => one.leg === leg);
  if (here) return { entry: here, isHere: true };
  const legs = new Map(told.legs.map((one) => [one.id, one]));
  const timed = entries.filter((one) => legs.has(one.leg)).sort((one, two) => legs.get(one.leg)!.departs - legs.get(two.leg)!.departs);
  const open = timed.find((one) => loadOf(legs.get(one.leg)!, told, seen).departed === 0);
  const entry = open ?? timed.at(-1) ?? entries[0];
  return entry ? { entry, isHere: false } : null;
}

/** Where somebody was seen last, if it is another leg than this one. */
export function elsewhere(person: string, entry: ManifestParty, leg: string, told: Manifests, seen: readonly Seen[]): string {
  const mine = seen.filter((one) => one.rows.some(([who]) => who === person)).at(-1)?.place;
  const place = mine ?? entry.where[entry.persons.indexOf(person)] ?? '';
  return place !== leg && told.legs.some((one) => one.id === place) ? place : '';
}

/** People board: before the gate they set out, after it they board. Each row names its person and party. */
export const actOfBoarding = ({ id, origin, is_before_gate: isBefore }: ManifestLeg, rows: Row[]): Act =>
  ({ kind: isBefore ? 'persons-set-out' : 'persons-boarded', body: { leg: id, point: origin, rows } });

export type Reason = 'stand-by' | 'other-leg' | 'taken-along' | 'unknown-here' | 'child-without-adult' | 'second-look';

/** Somebody was here and the manifest doesn't have them, or they don't travel so: on record, and it moves nobody. */
export function actOfEncounter(leg: ManifestLeg, reason: Reason, heads: number, party = ''): Act {
  const verdict = reason === 'unknown-here' ? 'no-pass' : 'look-closer';
  return { kind: 'encounter', body: { point: leg.origin, role: 'bus', verdict, reasons: [reason], heads, rows: [], ...(party && { party }) } };
}

/** The leg leaves with so many heads, counted by eye; after the gate its people have departed with it. */
export function actsOfDeparture({ leg, aboard }: Load, heads: number, device: string): Act[] {
  const body = { leg: leg.id, point: leg.origin };
  return [
    ...(leg.is_before_gate || aboard.size === 0 ? [] : [{ kind: 'persons-departed', body: { ...body, rows: [...aboard] } }]),
    { kind: 'heads-counted', body: { ...body, count: heads, owner: device, method: 'at-departure' } },
  ];
}
