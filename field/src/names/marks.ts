/** What a skeleton leaves out: one byte of vowels and neighbours beside each key; the twin of core/names/marks.py. */
import { soundOf, tokens } from './index';

const [ENDS_I, ENDS_A, ENDS_OTHERWISE, LAST_A, LAST_I, LAST_U, JOINED, ALONE] = [1, 2, 4, 8, 16, 32, 64, 128] as const;

/** Bits of which two spellings of a name share one in each group, or else speak against each other. */
export const ENDS = ENDS_I | ENDS_A | ENDS_OTHERWISE;
export const LAST = LAST_A | LAST_I | LAST_U;
export const JOINS = JOINED | ALONE;
export const EVERY = ENDS | LAST | JOINS;

const INNER = new Map([['a', LAST_A], ['i', LAST_I], ['y', LAST_I], ['o', LAST_U], ['u', LAST_U], ['w', LAST_U], ['e', LAST_A | LAST_I]]);

/** The phonetic keys of the person's own name, in order, each with its mark. */
export function markedSkeleton(text: string): [string, number][] {
  const found = tokens(text);
  return found.flatMap(({ folded, skeleton, kind }, place): [string, number][] =>
    (kind === 'name' && skeleton ? [[skeleton, spoken(soundOf(folded)) | beside(found[place - 1]?.folded, found[place + 1]?.folded)]] : []));
}

const beside = (before = '', after = ''): number => (before === 'abdul' || after === 'ullah' || after === 'uddin' ? JOINED : ALONE);

function spoken(sound: string): number {
  const last = sound.at(-1) ?? '';
  const ending = 'iy'.includes(last) ? ENDS_I : 'ae'.includes(last) ? ENDS_A : ENDS_OTHERWISE;
  const inner = [...('aeiouwy'.includes(last) ? sound.slice(1, -1) : sound.slice(1))];
  const vowel = inner.findLast((sign) => INNER.has(sign));
  return ending | (vowel === undefined ? LAST : INNER.get(vowel)!);
}
