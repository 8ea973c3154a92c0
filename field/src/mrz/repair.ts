/** What a zone may have said where a character was misread: the twin of core/documents/mrz_repair.py; applies nothing. */
import { checkDigit, type FieldName, isContinuable, type Layout, LETTERS_ONLY, lettersOf, type MrzFormat, type Span, spanText } from './layout';

/** What readers take for each other in OCR-B; letters or digits first as spec/mrz-v1.md has them. */
export const CONFUSABLE: Readonly<Record<string, string>> = {
  0: 'OQD', O: '0QD', Q: '0O', D: '0O', 1: 'IL7', I: '1L', L: '1I', 2: 'Z', Z: '27', 5: 'S', S: '5', 6: 'G', G: '6C',
  8: 'B', B: '8', 7: '1TZ', T: '7', 4: 'A', A: '4', U: 'V', V: 'U', C: 'G<', '<': 'KCL', K: '<', 3: '8', 9: '0', M: 'N', N: 'M',
};
const MOST = 12;

export interface Change {
  line: number;
  column: number;
  found: string;
  proposed: string;
}

export interface Repair {
  field: FieldName;
  changes: Change[];
  /** Check digits prove it possible; otherwise the field only held what its alphabet doesn't have. */
  isChecked: boolean;
}

const isDigit = (sign: string): boolean => sign >= '0' && sign <= '9';
const isLetter = (sign: string): boolean => sign >= 'A' && sign <= 'Z';
const isDigitsOnly = (field: FieldName): boolean => field === 'birth' || field === 'expires';
const likes = (sign: string): string[] => [...(CONFUSABLE[sign] ?? '')];

/** Repairs for each field that fails its check digit or holds what its alphabet doesn't have, likeliest first. */
export function proposeRepairs(lines: string[], format: MrzFormat, layout: Layout, failed: ReadonlySet<string>): Repair[] {
  const found: Repair[] = LETTERS_ONLY.flatMap((field) => byAlphabet(lines, field, lettersOf(layout, field)));
  for (const [field, checkAt] of layout.checked) {
    if (!failed.has(field) || isContinued(lines, format, field, layout, checkAt)) continue;
    const at = layout.fields[field]!;
    const proposals = [...digitsForLetters(lines, field, at, checkAt), ...singleChanges(lines, field, at, checkAt)];
    const kept = new Map(proposals.map((one) => [JSON.stringify(one.changes), one]));
    const mending = (one: Repair): number => (mendsComposite(lines, layout, one) ? 0 : 1);
    found.push(...[...kept.values()].sort((one, two) => mending(one) - mending(two)).slice(0, MOST));
  }
  return found;
}

/** The lines with the repairs that a person has chosen; read them again. */
export function applyRepairs(lines: readonly string[], repairs: readonly Repair[]): string[] {
  const grid = lines.map((line) => [...line]);
  for (const { changes } of repairs) for (const { line, column, proposed } of changes) grid[line]![column] = proposed;
  return grid.map((row) => row.join(''));
}

const isContinued = (lines: string[], format: MrzFormat, field: FieldName, layout: Layout, checkAt: Span): boolean =>
  field === 'number' && isContinuable(format) && spanText(checkAt, lines) === '<' && !spanText(layout.fields.number!, lines).includes('<');

function byAlphabet(lines: string[], field: FieldName, at: Span): Repair[] {
  const changes = [...spanText(at, lines)].flatMap((sign, offset) => {
    const letter = isDigit(sign) ? likes(sign).find(isLetter) : undefined;
    return letter ? [{ line: at.line, column: at.start + offset, found: sign, proposed: letter }] : [];
  });
  return changes.length ? [{ field, changes, isChecked: false }] : [];
}

/** Letters in a field of digits, or in its check digit, read as the digits that they resemble. */
function digitsForLetters(lines: string[], field: FieldName, at: Span, checkAt: Span): Repair[] {
  const changes = (isDigitsOnly(field) ? [at, checkAt] : [checkAt]).flatMap((place) =>
    [...spanText(place, lines)].flatMap((sign, offset) => {
      const digit = isLetter(sign) ? likes(sign).find(isDigit) : undefined;
      return digit ? [{ line: place.line, column: place.start + offset, found: sign, proposed: digit }] : [];
    }));
  const repair: Repair = { field, changes, isChecked: true };
  return changes.length && fits(applyRepairs(lines, [repair]), at, checkAt) ? [repair] : [];
}

function singleChanges(lines: string[], field: FieldName, at: Span, checkAt: Span): Repair[] {
  return [at, checkAt].flatMap((place) =>
    [...spanText(place, lines)].flatMap((sign, offset) =>
      likes(sign).flatMap((other) => {
        const isOfDigits = place === checkAt || isDigitsOnly(field);
        if (isOfDigits && !isDigit(other) && !(other === '<' && place === at)) return [];
        const change = { line: place.line, column: place.start + offset, found: sign, proposed: other };
        const repair: Repair = { field, changes: [change], isChecked: true };
        return fits(applyRepairs(lines, [repair]), at, checkAt) ? [repair] : [];
      })));
}

const fits = (lines: string[], at: Span, checkAt: Span): boolean => checkDigit(spanText(at, lines)) === spanText(checkAt, lines);

function mendsComposite(lines: string[], layout: Layout, repair: Repair): boolean {
  if (!layout.compositeCheck) return true;
  const mended = applyRepairs(lines, [repair]);
  const whole = layout.composite.map((at) => spanText(at, mended)).join('');
  return checkDigit(whole) === spanText(layout.compositeCheck, mended);
}
