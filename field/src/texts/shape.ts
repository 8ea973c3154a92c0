/**
 * What the officer reads, in three languages. Dari and Pashto were written by a machine: the screen marks them so, and
 * none of it is meant for the public before a person who speaks the language has approved it (`isApproved`).
 */
import type { Known, Standing } from '../age';
import type { Action } from '../decision';
import type { RelayProblem } from '../relay/relay';
import type { AgeBand, Code, Level, Sex } from '../values';
import type { Unit } from '../vault/guess';

export const LANGUAGES = { en: 'English', 'fa-AF': 'دری', ps: 'پښتو' } as const;
export type Language = keyof typeof LANGUAGES;

export interface Texts {
  isApproved: boolean;
  direction: 'ltr' | 'rtl';
  machineMade: string;
  levels: Record<Level, string>;
  codes: Record<Code, string>;
  document: string;
  sexes: Record<Sex, string>;
  ageBands: Record<AgeBand, string>;
  actions: Record<Action, string>;
  screen: {
    scan: string; type: string; check: string; next: string; heads: string; present: string; waiting: string; parked: string;
    sync: string; join: string; joinCode: string; noCamera: string; window: string; policy: string; eligible: string;
    reason: string; say: string; saved: string; point: string; notSaved: string; admitted: string;
  };
  reasons: Record<string, string>;
  refusals: Record<string, string>;
  say: Record<Level, string>;
  vault: {
    choose: string; again: string; duress: string; duressHelp: string; tooShort: string; differs: string;
    sameAsDuress: string; code: string; unlock: string; opening: string; wrong: string; left: string;
    lock: string; passkey: string; passkeyHelp: string; byPasskey: string; noPasskey: string;
    costs: string; likeThis: string; digits: string; letters: string; words: string;
  };
  units: Record<Unit, string>;
  party: {
    allHere: string; extraChildren: string; extraAdults: string; fewer: string; more: string; nobody: string;
    back: string; missingChild: string; missingAdult: string; admitOthers: string; extraChild: string;
    withThem: string; alone: string; wrongAdult: string; referAdult: string; holdAll: string;
    childAlone: string; toFocalPoint: string; extraHere: string; tooOld: string; secondOfficer: string;
  };
  paper: {
    title: string; kind: string; passport: string; card: string; card2: string; visa: string; issuer: string;
    nationality: string; number: string; birth: string; expires: string; sex: string; digit: string;
    lines: string; fits: string; misfits: string; meant: string; use: string; cancel: string; evidence: string;
    bound: string; known: string; unknown: string; expired: string; ofChild: string; visaOnly: string;
    foreign: string; unchecked: string; walkIn: string;
    scan: string; aim: string; stop: string; take: string; read: string; proposed: string;
  };
  walkIn: {
    title: string; slip: string; count: string; category: string; evidence: string; admit: string; send: string;
    nobody: string; minus: string;
  };
  categories: Record<string, string>;
  evidences: Record<string, string>;
  crowd: {
    title: string; calm: string; dense: string; dangerous: string; heads: string; estimate: string;
    note: string;
  };
  undo: {
    title: string; sure: string; yes: string; done: string;
  };
  find: {
    title: string; name: string; kind: string; fact: string; none: string; father: string; 'birth-year': string;
    phone: string; document: string; ask: string; many: string; nobody: string; tier: string; noCall: string;
    call: string; party: string; wait: string; shown: string; noIndex: string; found: string; everyAct: string; otherName: string;
  };
  convoy: {
    title: string; leg: string; stopped: string; 'turned-back': string; 'let-through': string;
    'let-through-with-fewer': string; heads: string; names: string;
  };
  ages: Record<Known | Exclude<Standing, 'fresh'>, string> & { hours: string; unknown: string; question: string; lookAnyway: string };
  held: {
    title: string; loaded: string; released: string; none: string; tooOld: string;
  };
  relay: {
    title: string; note: string; show: string; read: string; all: string; others: string; nobody: string; minutes: string;
    never: string; tells: string; square: string; rest: string; step: string; hasRead: string; aim: string; type: string;
    noCamera: string; noKey: string; gap: string; fresh: string; nowShow: string; problems: Record<RelayProblem, string>;
  };
  queue: {
    save: string;
  };
}

