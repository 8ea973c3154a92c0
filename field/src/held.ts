/** Texts to hold up: those of the last load, and none once it is so old that the site may have taken them back long ago. */
import { type Age, ageOf } from './age';
import type { Bundle } from './bundle';

export interface HeldText {
  code: string;
  /** The words with their language, in the order in which they are shown. */
  lines: { language: string; words: string }[];
  releasedAt: number;
}

/** As the site names languages, in the order of the screen: most of a crowd reads the first. */
const ORDER = ['fa-af', 'ps', 'en'] as const;

/** What may be held up now, and how old the load is that says so. */
export function heldTexts(bundle: Bundle, now: number): { age: Age; texts: HeldText[] } {
  const age = ageOf('plan', Date.parse(bundle.made_at) / 1000, now);
  if (age.standing === 'secondLook') return { age, texts: [] };
  const texts = (bundle.held_texts ?? []).map(({ code, texts: words, released_at: releasedAt }) => ({
    code, releasedAt, lines: ORDER.flatMap((language) => (words[language] ? [{ language, words: words[language] }] : [])),
  }));
  return { age, texts: texts.filter(({ lines }) => lines.length === ORDER.length) };
}
