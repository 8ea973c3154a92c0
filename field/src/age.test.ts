import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { ageOf, agesOf, KNOWN, LIMITS, tooOld } from './age';
import type { Bundle } from './bundle';
import { keepSettings } from './store';
import { joined } from './testsite';

const MADE = 1_800_000_000;

test('past a stated age each thing warns, past another it wants a second look', () => {
  for (const known of KNOWN) {
    const { old, secondLook } = LIMITS[known];
    expect(old).toBeLessThan(secondLook);
    const at = (seconds: number) => ageOf(known, MADE, MADE + seconds).standing;
    expect([at(0), at(old), at(old + 1), at(secondLook), at(secondLook + 1)]).toEqual(['fresh', 'fresh', 'old', 'old', 'secondLook']);
  }
});

test('a clock before the time at which it was made makes nothing young', () => {
  expect(ageOf('plan', MADE, MADE - 299)).toEqual({ known: 'plan', seconds: 0, standing: 'fresh' });
  expect(ageOf('plan', MADE, MADE - 301)).toEqual({ known: 'plan', seconds: null, standing: 'secondLook' });
});

test('what is not here at all wants a second look', () => {
  expect(ageOf('withdrawn', null, MADE).standing).toBe('secondLook');
  expect(ageOf('keys', NaN, MADE).standing).toBe('secondLook');
});

test('a list that nobody signed has no age, and an old index stops no admission', async () => {
  const { store } = await joined('ages');
  const bundle = { made_at: new Date(MADE * 1000).toISOString(), revocations: btoa('nothing'), operation: 'op', issuing_keys: [] } as unknown as Bundle;
  expect((await agesOf(store, bundle, MADE)).map(({ known }) => known)).toEqual(['keys', 'withdrawn', 'plan']);
  await keepSettings(store, { lookupMade: new Date((MADE - 25 * 3600) * 1000).toISOString() });
  const ages = await agesOf(store, bundle, MADE);
  expect(ages.map(({ standing }) => standing)).toEqual(['fresh', 'secondLook', 'fresh', 'secondLook']);
  expect(tooOld(ages).map(({ known }) => known)).toEqual(['withdrawn']);
});
