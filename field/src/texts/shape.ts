/**
 * What the officer reads, in three languages. Dari and Pashto were written by a machine: the screen marks them so, and
 * none of it is meant for the public before a person who speaks the language has approved it (`isApproved`).
 */
import type { Action } from '../decision';
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
    reason: string; say: string; saved: string; listAge: string; point: string; notSaved: string; admitted: string;
  };
  reasons: Record<string, string>;
  refusals: Record<string, string>;
  say: Record<Level, string>;
  vault: {
    choose: string; again: string; duress: string; duressHelp: string; tooShort: string; differs: string;
    sameAsDuress: string; code: string; unlock: string; opening: string; wrong: string; left: string;
    lock: string; costs: string; likeThis: string; digits: string; letters: string; words: string;
  };
  units: Record<Unit, string>;
}

