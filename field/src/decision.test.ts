import { expect, test } from 'vitest';
import { actsOf, type Decision, refusalOf } from './decision';
import type { Bundle } from './bundle';
import type { Verdict } from './values';

const valid: Verdict = {
  level: 'valid', code: 'valid', codes: ['valid'], remaining: [0, 1], policyVersion: '',
  content: {
    operation: '', id: 'K-000000000001', policy: '', issuedAt: 0, windowStart: 0, windowEnd: 0, point: '', route: '',
    members: [{ sex: 'f', ageBand: 'adult', tags: [] }, { sex: 'm', ageBand: 'child', tags: [] }],
  },
};
const expired: Verdict = { ...valid, level: 'not-valid', code: 'expired', codes: ['expired'] };
const late: Verdict = { ...valid, level: 'look-closer', code: 'late-checkpoint', codes: ['late-checkpoint'] };
const half: Verdict = { ...valid, level: 'look-closer', code: 'part-admitted', codes: ['part-admitted'], remaining: [1] };
const admit: Decision = { action: 'admit', reason: 'pass-valid', members: [0, 1], isEligibleByDocument: false };
const turnAway: Decision = { ...admit, action: 'turn-away', reason: 'no-ground' };
const bundle = {
  role: 'access-point',
  passes: [{ id: 'K-000000000001', party: 'F-1', persons: ['P-1', 'P-2'] }],
} as unknown as Bundle;

test('the rules of the house hold on the phone too', () => {
  expect(refusalOf(admit, valid)).toBeNull();
  expect(refusalOf(admit, expired)).toBe('pass-not-valid');
  expect(refusalOf({ ...admit, reason: 'eligible-by-document' }, expired)).toBeNull();
  expect(refusalOf({ ...admit, members: [0] }, valid)).toBe('part-needs-reason');
  expect(refusalOf({ ...admit, members: [0], reason: 'missing-member' }, valid)).toBeNull();
  expect(refusalOf({ ...admit, members: [0, 1] }, half)).toBe('already-admitted');
  expect(refusalOf(turnAway, expired)).toBeNull();
  expect(refusalOf({ ...turnAway, isEligibleByDocument: true }, expired)).toBe('document-outranks-pass');
  expect(refusalOf(turnAway, late)).toBe('late-is-held');
  expect(refusalOf({ ...turnAway, reason: 'child-without-adult' }, expired)).toBe('child-never-sent-back');
});

test('an admission is an encounter, the admitted by id, and a use of the pass', () => {
  const { acts, use } = actsOf(valid, admit, bundle, 'north-gate');
  expect(acts.map((act) => act.kind)).toEqual(['encounter', 'persons-admitted']);
  expect(acts[1]!.body['rows']).toEqual([['P-1', 'F-1'], ['P-2', 'F-1']]);
  expect(use).toEqual({ pass: 'K-000000000001', members: [0, 1], point: 'north-gate' });
});

test('a refused scan is an encounter too, and uses nothing', () => {
  const unreadable: Verdict = { ...expired, code: 'unreadable', codes: ['unreadable'], content: null, remaining: [] };
  const { acts, use } = actsOf(unreadable, { ...turnAway, members: [] }, bundle, 'north-gate');
  expect(acts.map((act) => act.kind)).toEqual(['encounter']);
  expect(acts[0]!.body).toEqual({
    point: 'north-gate', role: 'access-point', verdict: 'not-valid', reasons: ['unreadable', 'no-ground'], heads: 0, rows: [],
  });
  expect(use).toBeNull();
});
