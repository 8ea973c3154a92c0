/** The check of a pass, with no network: the twin of core/passes/verify.py, held to spec/vectors/pass-v1.json. */
import { refer } from './keys';
import { decodeContent } from './payload';
import { ReadingError } from './problems';
import { openSeal, readText } from './seal';
import { openSigned } from './sign';
import { type Code, CODES, type Content, type Level, type Use, type Verdict, type VerifierState } from './values';

const PURPOSE = 'safe-passage/pass-v1';
const LATE_AT_MOST = 24 * 3600;
const LOOK_CLOSER: readonly Code[] = ['not-bound', 'late-checkpoint', 'list-too-old', 'part-admitted'];

export const levelOf = (code: Code): Level =>
  code === 'valid' ? 'valid' : LOOK_CLOSER.includes(code) ? 'look-closer' : 'not-valid';

/** Says what a pass is worth here and now; never throws for what a camera read. */
export async function verifyPass(text: string, state: VerifierState, now: number, point: string): Promise<Verdict> {
  if (!state.points.includes(point)) return verdict(['device-not-allowed']);
  let opened: { content: Content; keyId: string };
  try {
    opened = await openPass(text, state);
  } catch (error) {
    if (error instanceof ReadingError) return verdict([error.code]);
    throw error;
  }
  return judgeContent(opened.content, opened.keyId, state, now, point);
}

/** The findings on a pass whose content is known: from under its seal, or from the bundle by a code that was typed. */
export async function judgeContent(
  content: Content, keyId: string, state: VerifierState, now: number, point: string,
): Promise<Verdict> {
  const used = state.uses.filter((use) => use.pass === content.id);
  const remaining = remainingOf(content, used, state);
  const known = await policiesOf(state);
  const findings: Code[] = [
    ...(await identityFindings(content, keyId, state, point)),
    ...clockFindings(content, state, now),
    ...useFindings(content, used, remaining, point),
    ...(await windowFindings(content, state, now)),
    ...currencyFindings(content, known, state, now),
  ];
  return verdict(findings.length ? findings : ['valid'], content, remaining, known.get(content.policy)?.version ?? '');
}

/** Opens seal and signature: the content, and the id of the key that signed it. */
export async function openPass(text: string, state: VerifierState): Promise<{ content: Content; keyId: string }> {
  const { inside, key } = await openSeal(readText(text), state.pointDayKeys);
  const { payload, keyId } = await openSigned(inside, state.issuingKeys, PURPOSE);
  const content = decodeContent(payload);
  const day = new Date(content.windowStart * 1000).toISOString().slice(0, 10);
  if (content.point !== (await refer('point', key.point)) || day !== key.day) throw new ReadingError('bad-signature');
  return { content, keyId };
}

async function identityFindings(content: Content, keyId: string, state: VerifierState, point: string): Promise<Code[]> {
  const findings: Code[] = [];
  if (content.operation !== (await refer('operation', state.operation))) findings.push('wrong-operation');
  const list = state.revocations;
  if (list && (list.keys.includes(keyId) || list.passes.includes(content.id))) findings.push('revoked');
  if (content.point !== (await refer('point', point))) findings.push('wrong-point');
  return findings;
}

function clockFindings(content: Content, state: VerifierState, now: number): Code[] {
  const newest = Math.max(content.issuedAt, state.newestSignedTime ?? 0, state.revocations?.issuedAt ?? 0);
  return now + state.clockTolerance < newest ? ['clock-wrong'] : [];
}

function remainingOf(content: Content, used: Use[], state: VerifierState): number[] {
  const admitted = new Set(used.flatMap((use) => use.members));
  const tags = new Set(state.admittedTags);
  return content.members.flatMap((member, place) =>
    admitted.has(place) || member.tags.some((tag) => tags.has(tag)) ? [] : [place],
  );
}

function useFindings(content: Content, used: Use[], remaining: number[], point: string): Code[] {
  if (remaining.length === content.members.length) return [];
  if (remaining.length > 0) return ['part-admitted'];
  if (used.length === 0) return ['already-admitted'];
  return [used.some((use) => use.point === point) ? 'used-here' : 'used-elsewhere'];
}

async function windowFindings(content: Content, state: VerifierState, now: number): Promise<Code[]> {
  if (now < content.windowStart) return ['too-early'];
  if (now < content.windowEnd) return [];
  for (const delay of state.delays) {
    const isHeld = now < delay.until && (await refer('route', delay.route)) === content.route;
    if (isHeld && now < content.windowEnd + LATE_AT_MOST) return ['late-checkpoint'];
  }
  return ['expired'];
}

type Policies = Map<string, { version: string; isHonoured: boolean }>;

async function policiesOf(state: VerifierState): Promise<Policies> {
  const known: Policies = new Map();
  for (const policy of state.policies) known.set(await refer('policy', policy.version), policy);
  return known;
}

function currencyFindings(content: Content, known: Policies, state: VerifierState, now: number): Code[] {
  const findings: Code[] = [];
  if (known.get(content.policy)?.isHonoured === false) findings.push('policy-not-honoured');
  if (listAge(state, now) > state.listStaleAfter || !known.has(content.policy)) findings.push('list-too-old');
  return findings;
}

/** Seconds since the newest list of this operation was signed; endless if there is none. */
export function listAge(state: VerifierState, now: number): number {
  const list = state.revocations;
  return list && list.operation === state.operation ? now - list.issuedAt : Infinity;
}

export function verdict(findings: Code[], content: Content | null = null, remaining: number[] = [], policyVersion = ''): Verdict {
  const codes = [...findings].sort((one, two) => CODES.indexOf(one) - CODES.indexOf(two));
  const code = codes[0]!;
  return { level: levelOf(code), code, codes, remaining, policyVersion, content };
}

