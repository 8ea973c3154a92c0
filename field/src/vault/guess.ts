/** What it costs a thief to guess a code word. The assumption is said on the screen, with the figures that follow from it. */

/** Tries a second against a copied phone: each costs 64 MB of memory three times over; this is a room of rented machines. */
export const TRIES_A_SECOND = 1000;
export const LEAST_LETTERS = 6;

/** What the screen shows before anything is typed: kinds of codes, and how many of each there are. */
export const EXAMPLES: readonly { kind: 'digits' | 'letters' | 'words'; length: number; many: number }[] = [
  { kind: 'digits', length: 4, many: 1e4 },
  { kind: 'digits', length: 6, many: 1e6 },
  { kind: 'digits', length: 8, many: 1e8 },
  { kind: 'letters', length: 8, many: 26 ** 8 },
  { kind: 'words', length: 5, many: 2000 ** 5 },
];

const ALPHABETS: readonly [RegExp, number][] = [[/\d|[٠-٩۰-۹]/u, 10], [/[a-z]/u, 26], [/[A-Z]/u, 26], [/[\u0621-\u06d3]/u, 40]];

/** How many codes of this length and these kinds of signs there are: at most so many tries, for a code drawn at random. */
export function codesLike(code: string): number {
  const signs = new Set([...code]).size;
  const alphabet = ALPHABETS.reduce((sum, [kind, size]) => sum + (kind.test(code) ? size : 0), /[^\p{L}\p{N}]/u.test(code) ? 20 : 0);
  return signs <= 2 ? 10 * code.length : Math.max(alphabet, 1) ** [...code].length;
}

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'year';
const UNITS: readonly [Unit, number][] = [['year', 31_557_600], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];
const FOREVER_YEARS = 1e6;

/** Time to try them all, in the largest unit that fits. */
export function timeToTry(many: number): { amount: number; unit: Unit } {
  const seconds = Math.max(1, many / TRIES_A_SECOND);
  const [unit, size] = UNITS.find(([, one]) => seconds >= one)!;
  return { amount: Math.min(Math.round(seconds / size), FOREVER_YEARS), unit };
}
