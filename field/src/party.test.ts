import { expect, test } from 'vitest';
import type { Decision } from './decision';
import { type Answer, ANSWERS, decisionAfter, missingOf, type Present, type Question, questionsOf } from './party';
import type { AgeBand, Verdict } from './values';

const family = (...bands: AgeBand[]): Verdict => ({
  level: 'valid', code: 'valid', codes: ['valid'], remaining: bands.map((_, place) => place), policyVersion: '',
  content: {
    operation: '', id: 'K-1', policy: '', issuedAt: 0, windowStart: 0, windowEnd: 0, point: '', route: '',
    members: bands.map((ageBand) => ({ sex: 'f', ageBand, tags: [] })),
  },
});
const three = family('adult', 'adult', 'child');
const here = (...members: number[]): Present => ({ members, extraChildren: 0, extraAdults: 0 });
const admit: Decision = { action: 'admit', reason: 'pass-valid', members: [], isEligibleByDocument: false };
const after = (present: Present, ...answers: [Question, Answer][]) =>
  decisionAfter({ ...admit, members: present.members }, new Map(answers), present);

test('nothing is asked where everybody is here and nobody else', () => {
  expect(questionsOf(three, here(0, 1, 2))).toEqual([]);
});

test('a missing child and a missing adult are each asked about', () => {
  expect(questionsOf(three, here(0, 1))).toEqual(['missingChild']);
  expect(questionsOf(three, here(0, 2))).toEqual(['missingAdult']);
  expect(questionsOf(three, here(0))).toEqual(['missingChild', 'missingAdult']);
  expect(missingOf(three, here(0))).toEqual({ children: [2], others: [1] });
});

test('children without an adult of their party go to the focal point, whatever was tapped', () => {
  expect(questionsOf(three, here(2))).toEqual(['childAlone']);
  const { decision } = after(here(2), ['childAlone', 'toFocalPoint']);
  expect([decision.action, decision.reason]).toEqual(['refer', 'child-without-adult']);
  expect(questionsOf(family('child', 'unknown'), here(0, 1))).toEqual([]);
});

test('an extra child and an adult who does not belong are each asked about, and recorded beside the party', () => {
  const present: Present = { members: [0, 1, 2], extraChildren: 1, extraAdults: 2 };
  expect(questionsOf(three, present)).toEqual(['extraChild', 'wrongAdult']);
  const { decision, beside } = after(present, ['extraChild', 'alone'], ['wrongAdult', 'referAdult']);
  expect([decision.action, decision.reason, decision.members]).toEqual(['admit', 'pass-valid', [0, 1, 2]]);
  expect(beside).toEqual([{ heads: 1, reason: 'child-without-adult' }, { heads: 2, reason: 'wrong-adult' }]);
  expect(after(present, ['extraChild', 'withThem'], ['wrongAdult', 'holdAll']).decision.action).toBe('refer');
});

test('an extra child is never turned away', () => {
  expect(ANSWERS.extraChild).toEqual(['withThem', 'alone']);
});

test('part of a party gets its reason from the answer and keeps the ground on which it is admitted', () => {
  expect(after(here(0, 1), ['missingChild', 'admitOthers']).decision).toMatchObject({ reason: 'missing-member', also: ['missing-child'] });
  const byHeart = decisionAfter({ ...admit, reason: 'recognition-code' }, new Map([['missingAdult', 'admitOthers']]), here(0));
  expect(byHeart.decision).toMatchObject({ reason: 'recognition-code', also: ['missing-member'] });
});

test('on what is too old a second officer looks, or all are held; it is on record', () => {
  const { decision: base } = after(here(0, 1, 2));
  expect(questionsOf(three, here(0, 1, 2), true)).toEqual(['tooOld']);
  expect(questionsOf({ ...three, codes: ['list-too-old'] }, here(0, 1, 2))).toEqual(['tooOld']);
  expect(questionsOf(three, here(2), true)).toEqual(['childAlone']);
  expect(after(here(0, 1, 2), ['tooOld', 'secondOfficer']).decision).toEqual({ ...base, also: ['second-look'] });
  expect(after(here(0, 1, 2), ['tooOld', 'holdAll']).decision).toMatchObject({ action: 'refer', reason: 'list-too-old' });
});
