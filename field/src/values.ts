/** The values of spec/pass-v1.md. Bytes are hex, times are seconds since 1970, as in the shared vectors. */

export type Level = 'valid' | 'look-closer' | 'not-valid';

/** Heaviest first. */
export const CODES = [
  'device-not-allowed',
  'unreadable',
  'unknown-key',
  'bad-signature',
  'wrong-operation',
  'revoked',
  'clock-wrong',
  'wrong-point',
  'used-here',
  'used-elsewhere',
  'already-admitted',
  'too-early',
  'expired',
  'policy-not-honoured',
  'not-bound',
  'late-checkpoint',
  'list-too-old',
  'part-admitted',
  'valid',
] as const;
export type Code = (typeof CODES)[number];

export const SEXES = ['f', 'm', 'x', 'u'] as const;
export const AGE_BANDS = ['infant', 'child', 'adolescent', 'adult', 'older', 'unknown'] as const;
export type Sex = (typeof SEXES)[number];
export type AgeBand = (typeof AGE_BANDS)[number];

export interface Member {
  sex: Sex;
  ageBand: AgeBand;
  tags: string[];
}

export interface Content {
  operation: string;
  id: string;
  policy: string;
  issuedAt: number;
  windowStart: number;
  windowEnd: number;
  point: string;
  route: string;
  members: Member[];
}

export interface PointDayKey {
  point: string;
  day: string;
  secret: string;
}

export interface RevocationList {
  operation: string;
  issuedAt: number;
  serial: number;
  passes: string[];
  keys: string[];
}

export interface Use {
  pass: string;
  members: number[];
  point: string;
  /** Of documents that were shown at this admission. */
  tags?: string[];
}

/** All that the check knows; nothing else is asked, so that it works with no network. */
export interface VerifierState {
  operation: string;
  points: string[];
  issuingKeys: string[];
  pointDayKeys: PointDayKey[];
  revocations: RevocationList | null;
  uses: Use[];
  admittedTags: string[];
  newestSignedTime: number | null;
  policies: { version: string; isHonoured: boolean }[];
  delays: { route: string; until: number }[];
  listStaleAfter: number;
  listWarnAfter: number;
  clockTolerance: number;
}

export interface Verdict {
  level: Level;
  code: Code;
  codes: Code[];
  remaining: number[];
  policyVersion: string;
  content: Content | null;
}
