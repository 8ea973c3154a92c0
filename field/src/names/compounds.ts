/** Names that some write as one word and some as two: step 2.3 of spec/names-v1.md; the twin of core/names/compounds.py. */
import { PREFIX_ARABIC, PREFIX_LATIN, SUFFIX_ARABIC, SUFFIX_LATIN, WHOLE_ARABIC, WHOLE_LATIN } from './tables';

const ABDULLAH = /^(?:abd[uoea]*l+ah?|عبدالله|عبداله|عبدللا)$/u;
const KEPT_WHOLE = /^abdal[iy]+$/u;

/** The elements of one folded word; those of the closed list in one spelling, the rest as written. */
export function splitCompound(word: string, isArabic: boolean): string[] {
  if (ABDULLAH.test(word)) return ['abdullah'];
  if (KEPT_WHOLE.test(word)) return [word];
  return isArabic ? splitArabic(word) : splitLatin(word);
}

function splitLatin(word: string): string[] {
  for (const { element, whole } of WHOLE_LATIN) if (whole.test(word)) return [element];
  for (const { element, whole } of PREFIX_LATIN) {
    const rest = whole.exec(word)?.groups?.rest;
    if (rest !== undefined) return [element, ...splitCompound(rest, false)];
  }
  for (const { element, whole } of SUFFIX_LATIN) {
    const rest = whole.exec(word)?.groups?.rest;
    if (rest !== undefined) return [...splitCompound(rest, false), element];
  }
  return [word];
}

function splitArabic(word: string): string[] {
  const whole = WHOLE_ARABIC.get(word);
  if (whole !== undefined) return [whole];
  for (const { element, affix, least } of PREFIX_ARABIC) {
    if (word.startsWith(affix) && word.length >= affix.length + least) {
      return [element, ...splitCompound(word.slice(affix.length), true)];
    }
  }
  for (const { element, affix, least } of SUFFIX_ARABIC) {
    if (word.endsWith(affix) && word.length >= affix.length + least) {
      return [...splitCompound(word.slice(0, -affix.length), true), element];
    }
  }
  return [word];
}
