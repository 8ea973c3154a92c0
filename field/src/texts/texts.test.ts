import { expect, test } from 'vitest';
import { type Language, LANGUAGES, TEXTS } from './index';
import { CODES } from '../values';

const keysOf = (value: object): string[] =>
  Object.entries(value).flatMap(([key, inner]) => (typeof inner === 'object' ? keysOf(inner as object).map((one) => `${key}.${one}`) : [key]));

test('every language has every text, and every code its sentence', () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    expect(keysOf(TEXTS[language]).sort()).toEqual(keysOf(TEXTS.en).sort());
    for (const code of CODES) expect(TEXTS[language].codes[code], code).not.toBe('');
  }
});

test('what a machine wrote is marked so', () => {
  for (const language of ['fa-AF', 'ps'] as const) {
    expect(TEXTS[language].isApproved).toBe(false);
    expect(TEXTS[language].machineMade).not.toBe('');
    expect(TEXTS[language].direction).toBe('rtl');
  }
});
