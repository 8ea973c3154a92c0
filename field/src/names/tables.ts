/** The tables of spec/names-v1.md, read from the file that holds them for every twin. */
import { tables } from '../../../spec/vectors/names-v1.json';

const map = (table: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(table));
const set = (list: string[]): ReadonlySet<string> => new Set(list);

export interface Pattern {
  element: string;
  whole: RegExp;
}

/** Python writes a named group `(?P<...>)` and a reference to it `(?P=...)`; a pattern has to fit the whole word. */
const patterns = (rules: string[][]): Pattern[] =>
  rules.map(([element, source]) => ({
    element: element!,
    whole: new RegExp(`^(?:${source!.replaceAll('(?P<', '(?<').replaceAll(/\(\?P=(\w+)\)/g, String.raw`\k<$1>`)})$`, 'u'),
  }));

const affixes = (rules: (string | number)[][]): { element: string; affix: string; least: number }[] =>
  rules.map(([element, affix, least]) => ({ element: String(element), affix: String(affix), least: Number(least) }));

export const LATIN_LETTERS = map(tables.latin_letters);
export const ARABIC_LETTERS = map(tables.arabic_letters);
export const LATIN_SOUNDS = tables.latin_sounds as [string, string][];
export const ARABIC_SOUNDS = map(tables.arabic_sounds);
export const SKELETON_CLASSES = map(tables.skeleton_classes);
export const ABBREVIATIONS = map(tables.abbreviations);
export const NO_NAME_STARTS = tables.no_name_starts;
export const NO_NAME_PHRASES = tables.no_name_phrases;
export const HONORIFICS = set(tables.honorifics);
export const NAME_TITLES = set(tables.name_titles);
export const KIN_MARKS = set(tables.kin_marks);
export const SLASHED = set(tables.slashed);
export const KIN_ONLY_BEFORE_OF = set(tables.kin_only_before_of);
export const UNNAMED = set(tables.unnamed);
export const NO_NAME = set(tables.no_name);
export const ARTICLES = set(tables.articles);
export const SURNAME_ENDINGS = set(tables.surname_endings);
export const WHOLE_LATIN = patterns(tables.whole_latin);
export const PREFIX_LATIN = patterns(tables.prefix_latin);
export const SUFFIX_LATIN = patterns(tables.suffix_latin);
export const WHOLE_ARABIC = map(tables.whole_arabic);
export const PREFIX_ARABIC = affixes(tables.prefix_arabic);
export const SUFFIX_ARABIC = affixes(tables.suffix_arabic);
