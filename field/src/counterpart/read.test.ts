import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ReadingError } from '../problems';
import { readSheet, type Sheet, type SheetKey } from './read';

interface Vectors { keys: SheetKey[]; sheets: { name: string; text: string; sheet: Sheet | null; code: string }[] }

const vectors = JSON.parse(readFileSync(new URL('../../../spec/vectors/counterpart-v1.json', import.meta.url), 'utf8')) as Vectors;

describe('every sheet of the vectors', () => {
  test.each(vectors.sheets.map((one) => [one.name, one] as const))('%s', (_name, { text, sheet, code }) => {
    let found: Sheet | string;
    try {
      found = readSheet(text, vectors.keys);
    } catch (error) {
      if (!(error instanceof ReadingError)) throw error;
      found = error.code;
    }
    expect(found).toEqual(sheet ?? code);
  });
});

test('wrong ones outnumber right ones', () => {
  expect(vectors.sheets.filter(({ sheet }) => !sheet).length).toBeGreaterThan(vectors.sheets.length / 2);
});
