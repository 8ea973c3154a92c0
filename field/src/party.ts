/**
 * Who is there against who is expected: the questions that have to be asked before anybody is admitted, and the
 * decision that their answers make. A child without an adult of its party goes to the focal point, whatever was tapped.
 */
import type { Beside, Decision } from './decision';
import type { AgeBand, Member, Verdict } from './values';

export type Question = 'childAlone' | 'missingChild' | 'missingAdult' | 'extraChild' | 'wrongAdult' | 'tooOld';
export type Answer = 'toFocalPoint' | 'admitOthers' | 'withThem' | 'alone' | 'referAdult' | 'holdAll' | 'secondOfficer';

export const ANSWERS: Record<Question, readonly Answer[]> = {
  childAlone: ['toFocalPoint'],
  missingChild: ['admitOthers'],
  missingAdult: ['admitOthers'],
  extraChild: ['withThem', 'alone'],
  wrongAdult: ['referAdult', 'holdAll'],
  tooOld: ['secondOfficer', 'holdAll'],
};

/** Places of members who are here, and heads that the pass doesn't know. */
export interface Present {
  members: number[];
  extraChildren: number;
  extraAdults: number;
}

const isChild = (band: AgeBand): boolean => band === 'infant' || band === 'child' || band === 'adolescent';

/** Members whose admission is open and who aren't here: children, and the others. */
export function missingOf(verdict: Verdict, present: Present): { children: number[]; others: number[] } {
  const members = verdict.content?.members ?? [];
  const gone = verdict.remaining.filter((place) => !present.members.includes(place));
  const isOfChild = (place: number): boolean => isChild(members[place]!.ageBand);
  return { children: gone.filter(isOfChild), others: gone.filter((place) => !isOfChild(place)) };
}

/** Whether all of these are known, and children. */
export const isOfChildren = (members: readonly (Member | undefined)[]): boolean =>
  members.length > 0 && members.every((member) => member !== undefined && isChild(member.ageBand));

/** Whether children stand here with nobody of their party who is grown up, or may be. */
export function isChildAlone(members: readonly Member[], present: Present): boolean {
  const here = present.members.map((place) => members[place]!);
  return here.length > 0 && here.every((member) => isChild(member.ageBand));
}

/** What has to be answered, in order, before this party is admitted; on what is too old nobody is admitted by one pair of eyes. */
export function questionsOf(verdict: Verdict, present: Present, isTooOld = false): Question[] {
  const missing = missingOf(verdict, present);
  if (isChildAlone(verdict.content?.members ?? [], present)) return ['childAlone'];
  return [
    ...(missing.children.length ? ['missingChild' as const] : []),
    ...(missing.others.length ? ['missingAdult' as const] : []),
    ...(present.extraChildren ? ['extraChild' as const] : []),
    ...(present.extraAdults ? ['wrongAdult' as const] : []),
    ...(isTooOld || verdict.codes.includes('list-too-old') ? ['tooOld' as const] : []),
  ];
}

/** The decision after the answers, and what is recorded of the people beside the party. */
export function decisionAfter(
  decision: Decision, answers: ReadonlyMap<Question, Answer>, present: Present,
): { decision: Decision; beside: Beside[] } {
  if (answers.has('childAlone')) {
    return { decision: { ...decision, action: 'refer', reason: 'child-without-adult', also: [] }, beside: besideOf(answers, present) };
  }
  if (answers.get('wrongAdult') === 'holdAll') {
    return { decision: { ...decision, action: 'refer', reason: 'wrong-adult', also: [] }, beside: besideOf(answers, present) };
  }
  if (answers.get('tooOld') === 'holdAll') {
    return { decision: { ...decision, action: 'refer', reason: 'list-too-old', also: [] }, beside: besideOf(answers, present) };
  }
  const isPart = answers.has('missingChild') || answers.has('missingAdult');
  const also = answers.has('missingChild') ? ['missing-child'] : [];
  const reason = isPart && decision.reason === 'pass-valid' ? 'missing-member' : decision.reason;
  if (isPart && reason !== 'missing-member') also.push('missing-member');
  if (answers.has('tooOld')) also.push('second-look');
  return { decision: { ...decision, reason, also }, beside: besideOf(answers, present) };
}

function besideOf(answers: ReadonlyMap<Question, Answer>, present: Present): Beside[] {
  const child = answers.get('extraChild');
  const beside: Beside[] = [];
  if (present.extraChildren) beside.push({ heads: present.extraChildren, reason: child === 'withThem' ? 'extra-person' : 'child-without-adult' });
  if (present.extraAdults) beside.push({ heads: present.extraAdults, reason: 'wrong-adult' });
  return beside;
}
