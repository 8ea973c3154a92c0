/** How old is what this phone knows, and what follows: past one age a warning, past another a second look. */
import { type Bundle, fromBase64 } from './bundle';
import { ReadingError } from './problems';
import { readRevocations } from './revocation';
import { settingsOf, type Store } from './store';

export const KNOWN = ['keys', 'withdrawn', 'plan', 'lookup'] as const;
export type Known = (typeof KNOWN)[number];
export type Standing = 'fresh' | 'old' | 'secondLook';

const HOUR = 3600;
const CLOCK_TOLERANCE = 300;

/**
 * Seconds. The keys last: they are loaded for days ahead. The plan changes with every call, and who is inside comes with it;
 * after a night without a site nobody can say who is still expected. The list of what is withdrawn: spec/pass-v1.md.
 */
export const LIMITS: Readonly<Record<Known, { old: number; secondLook: number }>> = {
  keys: { old: 24 * HOUR, secondLook: 48 * HOUR },
  withdrawn: { old: 4 * HOUR, secondLook: 24 * HOUR },
  plan: { old: 4 * HOUR, secondLook: 12 * HOUR },
  lookup: { old: 4 * HOUR, secondLook: 24 * HOUR },
};

export interface Age {
  known: Known;
  /** Null: it isn't here, or the clock stands before the time at which it was made, so that nobody knows. */
  seconds: number | null;
  standing: Standing;
}

/** The age of one thing made at a time in seconds since 1970. */
export function ageOf(known: Known, madeAt: number | null, now: number): Age {
  if (madeAt === null || Number.isNaN(madeAt) || now + CLOCK_TOLERANCE < madeAt) return { known, seconds: null, standing: 'secondLook' };
  const seconds = Math.max(0, now - madeAt);
  const { old, secondLook } = LIMITS[known];
  return { known, seconds, standing: seconds > secondLook ? 'secondLook' : seconds > old ? 'old' : 'fresh' };
}

/** The ages of all that this phone knows; an index of look-ups only where the role has one. */
export async function agesOf(store: Store, bundle: Bundle, now: number): Promise<Age[]> {
  const made = Date.parse(bundle.made_at) / 1000;
  if (bundle.role === 'staging-base') return [ageOf('plan', made, now)]; // it checks no passes, and holds nothing to check them with
  const { lookupMade } = await settingsOf(store);
  return [
    ageOf('keys', made, now), ageOf('withdrawn', await signedAt(bundle), now), ageOf('plan', made, now),
    ...(lookupMade ? [ageOf('lookup', Date.parse(lookupMade) / 1000, now)] : []),
  ];
}

/** What an admission rests on and is too old for one pair of eyes. */
export const tooOld = (ages: readonly Age[]): Age[] =>
  ages.filter(({ known, standing }) => standing === 'secondLook' && known !== 'lookup');

/** By the list's own signature, not by when it was loaded. */
async function signedAt({ revocations, operation, issuing_keys: keys }: Bundle): Promise<number | null> {
  if (!revocations) return null;
  try {
    return (await readRevocations(fromBase64(revocations), operation, keys)).issuedAt;
  } catch (error) {
    if (error instanceof ReadingError) return null;
    throw error;
  }
}
