/** The five formats of machine-readable zones (ICAO Doc 9303, parts 4 to 7): the twin of core/documents/mrz.py. */
export type MrzFormat = 'td1' | 'td2' | 'td3' | 'mrv-a' | 'mrv-b';
export type FieldName =
  | 'document-code' | 'issuer' | 'name' | 'number' | 'nationality' | 'birth' | 'sex' | 'expires' | 'optional' | 'optional-2';

/** Columns `start` up to `end` of one line, all 0-based. */
export interface Span {
  line: number;
  start: number;
  end: number;
}

export interface Layout {
  lines: number;
  width: number;
  fields: Partial<Record<FieldName, Span>>;
  /** Fields with a check digit of their own, and where it stands. */
  checked: [FieldName, Span][];
  composite: Span[];
  compositeCheck: Span | null;
  isVisa: boolean;
}

const span = (line: number, start: number, end: number): Span => ({ line, start, end });

export const spanText = ({ line, start, end }: Span, lines: readonly string[]): string => lines[line]!.slice(start, end);

const twoLines = (width: number, optionalEnd: number): Layout['fields'] => ({
  'document-code': span(0, 0, 2),
  issuer: span(0, 2, 5),
  name: span(0, 5, width),
  number: span(1, 0, 9),
  nationality: span(1, 10, 13),
  birth: span(1, 13, 19),
  sex: span(1, 20, 21),
  expires: span(1, 21, 27),
  optional: span(1, 28, optionalEnd),
});

const CHECKED_TWO: Layout['checked'] = [['number', span(1, 9, 10)], ['birth', span(1, 19, 20)], ['expires', span(1, 27, 28)]];

/** In the order in which a format is looked for. */
export const LAYOUTS: Record<MrzFormat, Layout> = {
  td1: {
    lines: 3,
    width: 30,
    fields: {
      'document-code': span(0, 0, 2),
      issuer: span(0, 2, 5),
      number: span(0, 5, 14),
      optional: span(0, 15, 30),
      birth: span(1, 0, 6),
      sex: span(1, 7, 8),
      expires: span(1, 8, 14),
      nationality: span(1, 15, 18),
      'optional-2': span(1, 18, 29),
      name: span(2, 0, 30),
    },
    checked: [['number', span(0, 14, 15)], ['birth', span(1, 6, 7)], ['expires', span(1, 14, 15)]],
    composite: [span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)],
    compositeCheck: span(1, 29, 30),
    isVisa: false,
  },
  td2: {
    lines: 2,
    width: 36,
    fields: twoLines(36, 35),
    checked: CHECKED_TWO,
    composite: [span(1, 0, 10), span(1, 13, 20), span(1, 21, 35)],
    compositeCheck: span(1, 35, 36),
    isVisa: false,
  },
  td3: {
    lines: 2,
    width: 44,
    fields: twoLines(44, 42),
    checked: [...CHECKED_TWO, ['optional', span(1, 42, 43)]],
    composite: [span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)],
    compositeCheck: span(1, 43, 44),
    isVisa: false,
  },
  'mrv-a': { lines: 2, width: 44, fields: twoLines(44, 44), checked: CHECKED_TWO, composite: [], compositeCheck: null, isVisa: true },
  'mrv-b': { lines: 2, width: 36, fields: twoLines(36, 36), checked: CHECKED_TWO, composite: [], compositeCheck: null, isVisa: true },
};

/** In these a number of more than nine characters goes on in the optional data. */
export const isContinuable = (format: MrzFormat): boolean => format === 'td1' || format === 'td2';

export const LETTERS_ONLY = ['document-code', 'issuer', 'name', 'nationality'] as const;

/** What of such a field holds letters alone: of the document code its first character (`C1` is a green card). */
export function lettersOf(layout: Layout, field: (typeof LETTERS_ONLY)[number]): Span {
  const whole = layout.fields[field]!;
  return field === 'document-code' ? { ...whole, end: whole.start + 1 } : whole;
}

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Weights 7, 3, 1, modulus 10; a filler is 0. */
export function checkDigit(text: string): string {
  let sum = 0;
  for (let place = 0; place < text.length; place += 1) {
    sum += Math.max(0, CHARACTERS.indexOf(text[place]!)) * [7, 3, 1][place % 3]!;
  }
  return String(sum % 10);
}
