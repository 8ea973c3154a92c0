import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromHex } from '../bytes';
import { record, settle, type Store, waitingOf } from '../store';
import { joined } from '../testsite';
import { LEG_TEXTS } from '../texts/legs';
import { undoLast } from '../undo';
import { actsOfArrivedWalkIn } from '../walkin';
import { actOfArrival, actOfMissing, arrivalOf, baseOf, legOnward, lostOf } from './arriving';
import { actOfBoarding, actOfEncounter, actsOfDeparture, elsewhere, entryOf, loadOf, standingBy } from './loading';
import { keepManifests, type ManifestLeg, type Manifests, manifestsOf, type Row, type Seen, seenSince } from './manifests';
import { partyTyped, presentedTag, tagsOfText } from './presented';

const vectors = JSON.parse(readFileSync('spec/vectors/presented-v1.json', 'utf-8')) as {
  key: string;
  tags: { kind: 'text' | 'pass' | 'slip'; value: string; tag: string }[];
  typed: { typed: string; tag: string }[];
};

const leg = (id: string, departs: number, change: Partial<ManifestLeg> = {}): ManifestLeg => ({
  id, mode: 'bus', origin: 'rally-1', destination: 'gate-1', departs, arrives: departs + 60, vehicle: '', seats: 50, version: 1,
  is_before_gate: true, departed: 0, counted: null, others: [], ...change,
});
const party = (id: string, on: string, persons: string[]): Manifests['parties'][number] => ({
  id, leg: on, number: 1, persons, aboard: [], where: persons.map(() => ''), onward: '',
});

function manifests(): Manifests {
  return {
    operation: 'op', name: 'Test', device: 'D-1', role: 'bus', point: 'gate-1', made_at: '2026-03-01T08:00:00Z', key: '00'.repeat(32),
    legs: [leg('blue', 1000), leg('green', 2000), leg('c17', 9000, { origin: 'gate-1', destination: 'base-1', is_before_gate: false })],
    parties: [party('F-1', 'blue', ['P-1', 'P-2']), party('F-2', 'blue', ['P-3']), party('F-3', 'green', ['P-4']), party('F-1', 'c17', ['P-1', 'P-2'])],
    tags: {}, places: {}, beds: null,
  };
}
const seen = (place: string, rows: Row[], change: Partial<Seen> = {}): Seen => ({
  pass: '', members: [], point: 'gate-1', place, rows, at: 500, heard: '', ...change,
});

test('tags of what is held out are those of the site', async () => {
  for (const { kind, value, tag } of vectors.tags) expect(await presentedTag(fromHex(vectors.key), kind, value)).toBe(tag);
  for (const { typed, tag } of vectors.typed) expect(await tagsOfText(typed, vectors.key)).toContain(tag);
});

test('the end of an id finds its party, and never one of two', () => {
  expect(partyTyped(' r9tx ', ['F-7ZK3M0Q2R9TX', 'F-7ZK3M0Q2R9TA'])).toBe('F-7ZK3M0Q2R9TX');
  expect(partyTyped('9tx', ['F-7ZK3M0Q2R9TX'])).toBe('');
  expect(partyTyped('R9TX', ['F-7ZK3M0Q2R9TX', 'F-000000A2R9TX'])).toBe('');
});

test('aboard is what the site told and what was seen here; who is on no line counts as a head and fills no place of the manifest', () => {
  const told = manifests();
  told.parties[0]!.aboard = [0];
  told.legs[0]!.others = [['P-9', 'F-9']];
  const load = loadOf(told.legs[0]!, told, [seen('blue', [['P-3', 'F-2'], ['P-4', 'F-3']]), seen('green', [['P-2', 'F-1']])]);
  expect([...load.aboard.keys()].sort()).toEqual(['P-1', 'P-3', 'P-4', 'P-9']);
  expect([load.expected.size, [...load.missing]]).toEqual([3, ['P-2']]);
});

test('who belongs on another leg is led to the next one that is still here', () => {
  const told = manifests();
  expect(entryOf('F-1', 'blue', told, [])).toMatchObject({ isHere: true, entry: { leg: 'blue' } });
  expect(entryOf('F-3', 'blue', told, [])).toMatchObject({ isHere: false, entry: { leg: 'green' } });
  expect(entryOf('F-1', 'green', told, [])).toMatchObject({ isHere: false, entry: { leg: 'blue' } });
  expect(entryOf('F-1', 'green', told, [seen('blue', [], { heads: 2 })])).toMatchObject({ entry: { leg: 'c17' } });
  expect(entryOf('F-8', 'blue', told, [])).toBeNull();
  expect(elsewhere('P-4', told.parties[2]!, 'green', told, [seen('blue', [['P-4', 'F-3']])])).toBe('blue');
  expect(elsewhere('P-4', told.parties[2]!, 'blue', told, [seen('blue', [['P-4', 'F-3']])])).toBe('');
});

test('who stands by is on no line, waits in order, and is gone from the list once aboard', () => {
  const told = manifests();
  told.parties.push({ ...party('F-7', 'blue', ['P-7']), is_stand_by: true }, { ...party('F-8', 'blue', ['P-8']), is_stand_by: true });
  expect(loadOf(told.legs[0]!, told, []).expected.has('P-7')).toBe(false);
  expect(standingBy(loadOf(told.legs[0]!, told, []), told).map(({ id }) => id)).toEqual(['F-7', 'F-8']);
  expect(standingBy(loadOf(told.legs[0]!, told, [seen('blue', [['P-7', 'F-7']])]), told).map(({ id }) => id)).toEqual(['F-8']);
  expect(entryOf('F-7', 'blue', told, [])).toMatchObject({ isHere: true, entry: { is_stand_by: true } });
});

test('before the gate they set out, after it they board and depart; heads counted name the device that answers', () => {
  const [blue, , flight] = manifests().legs;
  const rows: Row[] = [['P-1', 'F-1']];
  expect(actOfBoarding(blue!, rows)).toEqual({ kind: 'persons-set-out', body: { leg: 'blue', point: 'rally-1', rows } });
  expect(actOfBoarding(flight!, rows).kind).toBe('persons-boarded');
  const told = manifests();
  const counted = { kind: 'heads-counted', body: { leg: 'blue', point: 'rally-1', count: 1, owner: 'D-1', method: 'at-departure' } };
  expect(actsOfDeparture(loadOf(blue!, told, [seen('blue', rows)]), 1, 'D-1')).toEqual([counted]);
  expect(actsOfDeparture(loadOf(flight!, told, [seen('c17', rows)]), 1, 'D-1').map(({ kind, body }) => [kind, body.rows])).toEqual([
    ['persons-departed', rows], ['heads-counted', undefined],
  ]);
  expect(loadOf(blue!, told, [seen('blue', rows), seen('blue', [], { heads: 7 })])).toMatchObject({ departed: 500, counted: 7 });
});

test('an encounter that the manifest does not have moves nobody', () => {
  expect(actOfEncounter(manifests().legs[0]!, 'other-leg', 2, 'F-3').body).toEqual({
    point: 'rally-1', role: 'bus', verdict: 'look-closer', reasons: ['other-leg'], heads: 2, rows: [], party: 'F-3',
  });
  expect(actOfEncounter(manifests().legs[0]!, 'unknown-here', 0).body).toMatchObject({ verdict: 'no-pass', rows: [] });
});

const boards = (store: Store, told: Manifests, rows: Row[]): Promise<unknown> =>
  record(store, [actOfBoarding(told.legs[0]!, rows)], seen('blue', rows, { heard: told.made_at }), 1000);

test('what was seen here counts until the site has it and has told anew, then its word does', async () => {
  const { store } = await joined('legs-since');
  const told = manifests();
  await keepManifests(store, told);
  await boards(store, told, [['P-1', 'F-1']]);
  expect((await seenSince(store, told)).map(({ rows }) => rows)).toEqual([[['P-1', 'F-1']]]);
  const later = { ...manifests(), made_at: '2026-03-01T08:05:00Z' };
  expect(await seenSince(store, later)).toHaveLength(1);
  await settle(store, (await waitingOf(store)).map(({ nonce }) => ({ nonce, outcome: 'stored' as const, event: '', reason: '' })));
  expect(await seenSince(store, told)).toHaveLength(1);
  expect(await seenSince(store, later)).toEqual([]);
});

test('a boarding that is undone is as if it had not been, and the manifest is sealed where it lies', async () => {
  const { store } = await joined('legs-undone');
  const told = manifests();
  await keepManifests(store, told);
  await boards(store, told, [['P-1', 'F-1']]);
  expect(await undoLast(store, 2000)).toBe(true);
  expect(await seenSince(store, told)).toEqual([]);
  const lying = JSON.stringify(await store.db.get('blob', 'manifests'), (_, value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value));
  expect(lying).not.toContain('F-1');
  expect(await manifestsOf({ ...store })).toEqual(told);
});

function base(): Manifests {
  const told = { ...manifests(), role: 'staging-base', point: 'base-1', beds: { beds: 3, here: ['P-7'] } };
  told.legs = [leg('c17', 9000, { origin: 'gate-1', destination: 'base-1' }), leg('c18', 20000, { origin: 'base-1', destination: 'haven' })];
  told.parties = [{ ...party('F-1', 'c17', ['P-1', 'P-2']), onward: 'c18' }, party('F-2', 'c17', ['P-3'])];
  return told;
}

test('beds are taken by whoever is here, once, and freed by whoever has gone on', () => {
  const told = base();
  expect(baseOf(told, [])).toMatchObject({ beds: 3, free: 2, due: new Set(['P-1', 'P-2', 'P-3']) });
  expect(baseOf(told, [seen('base-1', [['P-1', 'F-1'], ['P-7', 'T-1']])])).toMatchObject({ free: 1, due: new Set(['P-2', 'P-3']) });
  told.parties[0]!.where = ['c18', ''];
  expect(baseOf(told, []).due).toEqual(new Set(['P-2', 'P-3']));
  expect(baseOf({ ...told, beds: { beds: null, here: [] } }, []).free).toBeNull();
});

test('fewer off than on is a case only for whoever went aboard', () => {
  const told = base();
  const entry = told.parties[0]!;
  expect(lostOf(entry, ['P-1'], new Set())).toEqual([]);
  entry.aboard = [0, 1];
  expect(lostOf(entry, ['P-1'], new Set())).toEqual(['P-2']);
  expect(lostOf(entry, ['P-1'], new Set(['P-2']))).toEqual([]);
  expect(lostOf({ ...entry, leg: '' }, [], new Set())).toEqual([]);
  expect(legOnward(entry, told)?.id).toBe('c18');
  expect(arrivalOf('F-1', told, new Set(['P-1', 'P-2']))?.id).toBe('F-1');
  expect(arrivalOf('F-9', told, new Set())).toBeNull();
  expect(actOfMissing('base-1', 'c17', ['P-2'], 'D-1').body).toEqual({ point: 'base-1', leg: 'c17', owner: 'D-1', rows: [['P-2']] });
  expect(actOfArrival('base-1', '', [['P-1', 'F-1']]).body).toEqual({ point: 'base-1', place: 'staging-base', rows: [['P-1', 'F-1']] });
});

test('who has no booking has arrived all the same; children alone in the care of the focal point', () => {
  let next = 0;
  const draw = (kind: string): string => `${kind}-${(next += 1)}`;
  const walkIn = { heads: [{ sex: 'f', ageBand: 'child' }], slip: 'w-1', category: 'unknown', evidence: 'none', isAdmitted: true } as const;
  const acts = actsOfArrivedWalkIn({ ...walkIn, heads: [...walkIn.heads] }, 'base-1', draw);
  expect(acts.map(({ kind }) => kind)).toEqual(['walk-ins', 'encounter', 'persons-arrived']);
  expect(acts[1]!.body.role).toBe('staging-base');
  expect(acts[2]!.body).toEqual({ point: 'base-1', place: 'staging-base', rows: [['P-1', 'T-2']] });
  const grown = actsOfArrivedWalkIn({ ...walkIn, heads: [{ sex: 'f', ageBand: 'adult' }] }, 'base-1');
  expect(grown.map(({ kind }) => kind)).toEqual(['walk-ins', 'persons-arrived']);
});

test('every language has every text of a bus and a base', () => {
  for (const words of Object.values(LEG_TEXTS)) {
    expect(Object.keys(words).sort()).toEqual(Object.keys(LEG_TEXTS.en).sort());
    expect(Object.values(words).every((text) => text.trim())).toBe(true);
  }
});
