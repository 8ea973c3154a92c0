/** The decision on people, apart from the verdict on their pass: the twin of core/passes/decision.py, and its events. */
import type { Bundle } from './bundle';
import type { Act } from './store';
import type { Use, Verdict } from './values';

const ROLES = ['access-point', 'rover', 'bus', 'rally-point', 'staging-base'];

export type Action = 'admit' | 'refer' | 'turn-away';

export interface Decision {
  action: Action;
  reason: string;
  members: number[];
  isEligibleByDocument: boolean;
  /** Further codes for the record: who is missing, what was shown. */
  also?: string[];
}

/** People beside the party who are recorded by themselves: how many, and why. */
export interface Beside {
  heads: number;
  reason: string;
}

/** Why the decision breaks a rule of the house; null if it keeps them. */
export function refusalOf(decision: Decision, verdict: Verdict): string | null {
  const { action, reason, members, isEligibleByDocument } = decision;
  if (action === 'turn-away') {
    if (isEligibleByDocument) return 'document-outranks-pass';
    if (reason === 'child-without-adult') return 'child-never-sent-back';
    if (verdict.codes.includes('late-checkpoint')) return 'late-is-held';
  }
  if (action === 'admit') {
    if (reason === 'pass-valid' && verdict.level === 'not-valid') return 'pass-not-valid';
    const isClosed = members.some((place) => !verdict.remaining.includes(place));
    if (verdict.content && isClosed && reason !== 'override') return 'already-admitted';
    const isPart = members.length !== verdict.remaining.length || isClosed;
    if (reason === 'pass-valid' && isPart) return 'part-needs-reason';
  }
  return null;
}

const encounterBy = (bundle: Bundle, point: string): { point: string; role?: string } => ({
  point, ...(ROLES.includes(bundle.role) && { role: bundle.role }),
});

/** The events of one encounter and the decision about it: ids and codes only. */
export function actsOf(
  verdict: Verdict, decision: Decision, bundle: Bundle, point: string, beside: Beside[] = [],
): { acts: Act[]; use: Use | null } {
  const pass = bundle.passes.find((one) => one.id === verdict.content?.id);
  const named = verdict.content ? { pass: verdict.content.id } : {};
  const places = pass ? decision.members.filter((place) => pass.persons[place]) : [];
  const rows = places.map((place) => [pass!.persons[place]!, pass!.party]);
  const encounter: Act = {
    kind: 'encounter',
    body: {
      ...encounterBy(bundle, point),
      verdict: verdict.level,
      reasons: [...new Set([...verdict.codes, decision.reason, ...(decision.also ?? [])])],
      heads: decision.members.length,
      rows: rows.map(([person]) => [person!]),
      ...(pass && { party: pass.party }),
      ...named,
    },
  };
  const acts = [encounter];
  if (decision.action === 'admit' && rows.length) {
    acts.push({ kind: 'persons-admitted', body: { point, ...named, reasons: [decision.reason], rows } });
  }
  if (decision.action === 'turn-away' && rows.length) {
    acts.push({ kind: 'persons-turned-away', body: { point, ...named, reason: decision.reason, rows } });
  }
  for (const { heads, reason } of beside) {
    acts.push({ kind: 'encounter', body: { ...encounterBy(bundle, point), verdict: 'no-pass', reasons: [reason], heads, rows: [], ...named } });
  }
  const isUse = decision.action === 'admit' && verdict.content;
  return { acts, use: isUse ? { pass: verdict.content!.id, members: decision.members, point } : null };
}
