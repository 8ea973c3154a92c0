import { expect, test } from 'vitest';
import { actsOfWalkIn, drawId, slipNumber, slipTyped, type WalkIn } from './walkin';

const couple: WalkIn = {
  heads: [{ sex: 'f', ageBand: 'adult' }, { sex: 'm', ageBand: 'child' }], slip: 'w-9tx-001', category: 'citizen', evidence: 'passport', isAdmitted: true,
};
const counted = () => { let next = 0; return (kind: string) => `${kind}-${(next += 1)}`; };

test('a walk-in is counted and admitted in one act, each person under an id of their own', () => {
  const [first, second] = actsOfWalkIn(couple, 'north-gate', counted());
  expect(first).toEqual({ kind: 'walk-ins', body: {
    point: 'north-gate', slip: 'w-9tx-001', evidence: 'passport', category: 'citizen', rows: [['P-1', 'f', 'adult'], ['P-2', 'm', 'child']],
  } });
  expect(second).toEqual({ kind: 'persons-admitted', body: { point: 'north-gate', reasons: ['eligible-by-document'], rows: [['P-1', 'T-3'], ['P-2', 'T-3']] } });
});

test('children alone are met and go to the focal point, whatever was tapped', () => {
  const acts = actsOfWalkIn({ ...couple, heads: [{ sex: 'f', ageBand: 'child' }] }, 'north-gate', counted());
  expect(acts.map(({ kind }) => kind)).toEqual(['walk-ins', 'encounter']);
  expect(acts[1]!.body.reasons).toContain('child-without-adult');
});

test('who is sent to registration is counted and not admitted', () => {
  expect(actsOfWalkIn({ ...couple, isAdmitted: false }, 'north-gate').map(({ kind }) => kind)).toEqual(['walk-ins']);
});

test('ids and slips are of the form that the ledger takes', () => {
  expect(drawId('P')).toMatch(/^P-[0-9A-HJKMNP-TV-Z]{12}$/u);
  expect(new Set(Array.from({ length: 100 }, () => drawId('P'))).size).toBe(100);
  expect(slipNumber('D-7ZK3M0Q2R9TX', 11)).toBe('w-r9tx-012');
  expect([slipTyped(' Band 12 / b '), slipTyped('۱۲'), slipTyped('A--7')]).toEqual(['band-12-b', '', 'a-7']);
});
