/** Folding, sounds and skeletons: steps 1, 3 and 4 of spec/names-v1.md; the twin of core/names/script.py and sound.py. */
import { ARABIC_LETTERS, ARABIC_SOUNDS, LATIN_LETTERS, LATIN_SOUNDS, SKELETON_CLASSES } from './tables';

const DROPPED = /['’‘`´ʾʿʼʻˈ\u02b9\u0640]/gu;
const ARABIC = /[\u0600-\u06ff\u0750-\u077f]/u;
const RULES = new Map(LATIN_SOUNDS);
const SPELLINGS = new RegExp(`${LATIN_SOUNDS.map(([spelling]) => spelling).join('|')}|.`, 'gu');
const DOUBLED = /(.)\1+/gu;

/** Whether a text holds a letter of the Arabic script. */
export const isArabic = (text: string): boolean => ARABIC.test(text);

/** One word in plain letters of its own script, lower case; whatever is no letter is dropped. */
export function foldWord(word: string): string {
  const lowered = word.normalize('NFKC').replaceAll('İ', 'i').toLowerCase().normalize('NFC').replaceAll(DROPPED, '');
  const spelt = [...lowered].map((sign) => LATIN_LETTERS.get(sign) ?? sign).join('');
  const letters = [...spelt].map((sign) => ARABIC_LETTERS.get(sign) ?? sign).join('');
  return letters.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll(/[^a-z\u0600-\u06ff]+/gu, '');
}

/** The sound of one folded word of either script; a last h is not spoken. */
export function soundOf(folded: string): string {
  if (isArabic(folded)) return arabicSound(folded);
  const spelt = folded.replaceAll(DOUBLED, '$1$1').replaceAll(SPELLINGS, (found) => RULES.get(found) ?? found);
  return spelt
    .replaceAll(DOUBLED, '$1')
    .replaceAll(/(?<=[^aeiouwy])y(?=[^aeiou]|$)/gu, 'i')
    .replace(/(?<=..)(?<=[aeiouy])h$/u, '');
}

function arabicSound(folded: string): string {
  let sound = [...folded].map((sign) => ARABIC_SOUNDS.get(sign) ?? '').join('');
  if (sound.length > 2 && sound.endsWith('h')) sound = sound.slice(0, -1) + (sound.at(-2) === 'a' ? '' : 'e');
  if (/^a[wy]./u.test(sound)) return (sound[1] === 'w' ? 'u' : 'i') + sound.slice(2);
  return sound.replace(/^aa+/u, 'a');
}

/** The classes of the consonants, and of the first sound whatever it is. */
export function skeletonOf(sound: string): string {
  if (!sound) return '';
  const first = sound[0]!;
  const start = 'aeiou'.includes(first) ? 'A' : 'wy'.includes(first) ? first.toUpperCase() : '';
  let body = start ? sound.slice(1) : sound;
  if (sound.length > 2) body = body.replace(/h$/u, '');
  const classes = [...body].map((sign) => SKELETON_CLASSES.get(sign) ?? '').join('');
  return (start + classes).replaceAll(/N(?=[BP])/gu, 'M');
}
