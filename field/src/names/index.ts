/** From a written name to tokens and phonetic keys: the twin of core/names/tokens.py, held to spec/vectors/names-v1.json. */
import { splitCompound } from './compounds';
import { foldWord, isArabic, skeletonOf, soundOf } from './sound';
import {
  ABBREVIATIONS, ARTICLES, HONORIFICS, KIN_MARKS, KIN_ONLY_BEFORE_OF, NAME_TITLES, NO_NAME, NO_NAME_PHRASES,
  NO_NAME_STARTS, SLASHED, SURNAME_ENDINGS, UNNAMED,
} from './tables';

export { foldWord, isArabic, skeletonOf, soundOf };

export type TokenKind = 'name' | 'particle' | 'honorific' | 'initial' | 'kin-mark' | 'kin' | 'no-name';

export interface NameToken {
  folded: string;
  skeleton: string;
  kind: TokenKind;
}

/** The edges of a word as Python sees them: between letters, digits or low lines of any script and the rest. */
const START = String.raw`(?<![\p{L}\p{N}_])`;
const END = String.raw`(?![\p{L}\p{N}_])`;
const SLASHED_MARK = new RegExp(String.raw`${START}([sdwcmfh])\s?[/\\.]\s?o${END}\.?`, 'giu');
const NOT_APPLICABLE = /^\s*(?:n\s?[/.]\s?a\.?|na|[-–—?.*]+)\s*$/iu;
const SURNAME_FIRST = /^([^,،A-Za-z]*[A-Za-z][^,،]*),([^,،A-Za-z]*[A-Za-z][^,،]*)$/u;
/** Several words that say that a name is lacking, however the letters are typed. */
const NO_NAME_PHRASE = new RegExp(
  `${START}(?:${NO_NAME_PHRASES.join('|').replaceAll(' ', String.raw`\s+`).replaceAll('ی', '[یيى]')})${END}`,
  'giu',
);
const BIBI_SPLIT = /بی\s+بی(?=\s)/gu;
const CAMEL = /(?<=[a-z]{2})(?=[A-Z][a-z]{2})/gu;
const GAP = /[\s\-_,،;؛/\\.()[\]{}|+&:"“”«»\u2010-\u2015]+/u;
const JOINERS = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const MARKED = new RegExp(String.raw`${START}([sdwcmfh]o)/ `, 'gu');
const PARTICLES = new Map([['abdul', 'ABD'], ['ullah', 'LH'], ['uddin', 'DN'], ['abul', 'AB']]);
const NAME_ALONE = new Map([['abdul', 'ABDL'], ['ullah', 'AL'], ['uddin', 'DN'], ['abul', 'AB']]);
const AL_NAMES = /^ال(?:یاس|هام|هه|ماس|طاف|برز|فت|کوزی|وند)/u;
const ARABIC_KIN = new Set(['بن', 'ابن', 'بنت', 'ولد', 'فرزند']);

/** One written form per reading: plain letters of its own script, lower case, single blanks. */
export const fold = (text: string): string => words(text).map(foldWord).filter(Boolean).join(' ');

/** The phonetic keys of the person's own name, in order; empty if no name is stated. */
export const skeleton = (text: string): string[] =>
  tokens(text).filter((token) => token.kind === 'name' && token.skeleton).map((token) => token.skeleton);

/** The tokens of a written name in their order, each with what it is. */
export function tokens(text: string): NameToken[] {
  if (NOT_APPLICABLE.test(text)) return [];
  const turned = SURNAME_FIRST.exec(text);
  const plain = turned ? `${turned[2]} ${turned[1]}` : text;
  const marked = plain.replaceAll(NO_NAME_PHRASE, 'unknown').replaceAll(SLASHED_MARK, ' $1o/ ');
  const written = words(marked, true).map((word) => ({ word, plain: word.replace(/\/$/u, '') }));
  const found: NameToken[] = [];
  let isKin = false;
  for (const [place, { word, plain: bare }] of written.entries()) {
    const folded = foldWord(bare);
    if (!folded) continue;
    const following = foldWord(written[place + 1]?.plain ?? '');
    if (isKinMark(word, folded, following, place)) {
      const kind = UNNAMED.has(folded) ? 'no-name' : 'kin-mark';
      found.push({ folded, skeleton: '', kind });
      isKin ||= kind === 'kin-mark' || following === 'of' || isArabic(folded);
    } else {
      found.push(...readWord(bare, folded, found.length === 0, following === '', isKin));
    }
  }
  return withName(withAbdullah(found));
}

/** The words between blanks and punctuation; a zero-width non-joiner inside a word joins. */
function words(text: string, keepSlash = false): string[] {
  let plain = text.replaceAll(JOINERS, '').normalize('NFKC').replaceAll(BIBI_SPLIT, 'بیبی').replaceAll(CAMEL, ' ');
  if (keepSlash) plain = plain.replaceAll(MARKED, '$1\ue000 ');
  return plain.split(GAP).filter(Boolean).map((word) => word.replaceAll('\ue000', '/'));
}

function isKinMark(word: string, folded: string, following: string, place: number): boolean {
  if (!KIN_MARKS.has(folded)) return false;
  if (SLASHED.has(folded)) return word.endsWith('/');
  if (KIN_ONLY_BEFORE_OF.has(folded)) return following === 'of';
  if (UNNAMED.has(folded)) return place === 0 || (place === 1 && (folded === 'girl' || folded === 'boy'));
  if (isArabic(folded) && !ARABIC_KIN.has(folded)) return place === 0 && following !== '';
  return following !== '';
}

function readWord(plain: string, folded: string, isFirst: boolean, isLast: boolean, isKin: boolean): NameToken[] {
  const arabic = isArabic(folded);
  if (NO_NAME.has(folded)) return [{ folded, skeleton: '', kind: 'no-name' }];
  if (NO_NAME_STARTS.some((start) => folded.startsWith(start))) {
    const mark: NameToken = { folded: folded.slice(0, 3), skeleton: '', kind: 'no-name' };
    return [mark, ...readWord(plain.slice(3), folded.slice(3), isFirst, isLast, isKin)];
  }
  if (ARTICLES.has(folded) && !(isFirst && isLast)) return [{ folded, skeleton: '', kind: 'particle' }];
  if (folded.length === 1) return [{ folded, skeleton: arabic ? '' : folded.toUpperCase(), kind: 'initial' }];
  if (HONORIFICS.has(folded)) return [{ folded, skeleton: '', kind: 'honorific' }];
  const spelt = ABBREVIATIONS.get(folded) ?? folded;
  const hasArticle = arabic && !isFirst && !AL_NAMES.test(spelt) && spelt !== 'الله' && spelt !== 'الدین';
  const own = hasArticle ? spelt.replace(/^ال(?=...)/u, '') : spelt;
  return splitCompound(own, arabic).map((part) => tokenOf(part, isKin));
}

function tokenOf(part: string, isKin: boolean): NameToken {
  const particle = PARTICLES.get(part);
  if (particle !== undefined) return { folded: part, skeleton: particle, kind: 'particle' };
  const key = skeletonOf(soundOf(part));
  if (NAME_TITLES.has(part)) return { folded: part, skeleton: key, kind: 'honorific' };
  if (SURNAME_ENDINGS.has(part)) return { folded: part, skeleton: '', kind: 'particle' };
  return { folded: part, skeleton: key, kind: isKin ? 'kin' : 'name' };
}

/** Abdul and Allah written apart are one name. */
function withAbdullah(found: NameToken[]): NameToken[] {
  const place = found.findIndex((one, at) => {
    const two = found[at + 1];
    return one.folded === 'abdul' && two?.folded === 'ullah' && one.kind === 'particle' && two.kind === 'particle';
  });
  if (place < 0) return found;
  return [...found.slice(0, place), tokenOf('abdullah', false), ...withAbdullah(found.slice(place + 2))];
}

/** Where nothing is left as a name, a title or a particle that is also a name becomes one ("Sayed", "Abdul"). */
function withName(found: NameToken[]): NameToken[] {
  if (found.some(({ kind }) => kind === 'name' || kind === 'kin-mark' || kind === 'no-name')) return found;
  return found.map((token) =>
    token.skeleton && token.kind !== 'initial'
      ? { ...token, skeleton: NAME_ALONE.get(token.folded) ?? token.skeleton, kind: 'name' as const }
      : token);
}
