import { expect, test, vi } from 'vitest';
import { type Bundle, stateOf } from './bundle';
import { readRevocations } from './revocation';

const LIST = { operation: 'kabul', issuedAt: 1, serial: 1, passes: ['K-1'], keys: [] };
vi.mock('./revocation', () => ({ readRevocations: vi.fn(async () => LIST) }));

const bundleWith = (revocations: string): Bundle => ({
  operation: 'kabul', name: '', device: '', role: 'access-point', points: [], made_at: '2026-08-14T00:00:00Z',
  issuing_keys: [], point_day_keys: [], revocations, passes: [], policies: [], places: {},
});

test('a list of what is withdrawn is opened once for all scans, and anew with the next bundle', async () => {
  const [one, two] = [bundleWith('AA=='), bundleWith('AQ==')];
  for (const bundle of [one, one, two, one]) expect((await stateOf(bundle, [])).revocations).toBe(LIST);
  expect(readRevocations).toHaveBeenCalledTimes(2);
  expect((await stateOf(bundleWith(''), [])).revocations).toBeNull();
});
