/** Taking people in at a staging base: who arrived, which beds are taken, whither they go on. */
import type { Act } from '../store';
import type { ManifestLeg, ManifestParty, Manifests, Row, Seen } from './manifests';

const PLACE = 'staging-base';

export interface BaseLoad {
  here: Set<string>;
  beds: number | null;
  /** Below nought: more people than beds. */
  free: number | null;
  /** Booked on a leg to here, and neither here nor gone on. */
  due: Set<string>;
}

/** Who is at the base: as the site told it, and as this phone has seen since. */
export function baseOf(told: Manifests, seen: readonly Seen[]): BaseLoad {
  const onward = new Set(told.legs.filter((one) => one.origin === told.point).map((one) => one.id));
  const gone = new Set(told.parties.flatMap((one) => one.persons.filter((_, place) => onward.has(one.where[place]!))));
  const here = new Set([
    ...(told.beds?.here ?? []),
    ...seen.filter((one) => one.place === told.point).flatMap((one) => one.rows.map(([person]) => person)),
  ]);
  const due = told.parties.filter((one) => one.leg).flatMap((one) => one.persons).filter((one) => !here.has(one) && !gone.has(one));
  const beds = told.beds?.beds ?? null;
  return { here, beds, free: beds === null ? null : beds - here.size, due: new Set(due) };
}

/** Where a party is expected to arrive: the next leg whose people aren't all here yet, else the last. */
export function arrivalOf(party: string, told: Manifests, here: ReadonlySet<string>): ManifestParty | null {
  const entries = told.parties.filter((one) => one.id === party);
  return entries.find((one) => one.persons.some((person) => !here.has(person))) ?? entries.at(-1) ?? null;
}

/** Whoever boarded the leg by which a party comes and isn't among those who came off it. */
export const lostOf = (entry: ManifestParty, present: readonly string[], here: ReadonlySet<string>): string[] =>
  entry.leg === '' ? [] : entry.persons.filter((person, place) =>
    !present.includes(person) && !here.has(person) && (entry.aboard.includes(place) || entry.where[place] === entry.leg));

export const legOnward = (entry: ManifestParty, told: Manifests): ManifestLeg | undefined =>
  told.legs.find((one) => one.id === entry.onward);

/** They are here, and answered for from now on. */
export const actOfArrival = (point: string, leg: string, rows: Row[]): Act =>
  ({ kind: 'persons-arrived', body: { point, place: PLACE, rows, ...(leg && { leg }) } });

/** Fewer came off than went aboard: each is a case, this phone answers for it until the desk names a team. */
export const actOfMissing = (point: string, leg: string, persons: string[], device: string): Act =>
  ({ kind: 'persons-missing', body: { point, owner: device, rows: persons.map((one) => [one]), ...(leg && { leg }) } });
