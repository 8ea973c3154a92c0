/** What single characters give, before anybody else has seen them. */
import { expect, test } from 'vitest';
import { readingOfGlyphs } from './apart';
import { type Glyphs, textOf } from './glyphs';

const NOW = new Date('2026-08-14T00:00:00Z');
const LINES = ['I<CANH7NEHRGVH11234567890<<<<<', '7306066F2902245GBR<<<<<<<<<<<5', 'SAHIL<<OMID<<<<<<<<<<<<<<<<<<<'];
const VISA = ['V<TURSAHIL<<MIRWAIS<<<<<<<<<<<<<<<<<<<<<<<<<', 'YMGBEN4RM3CAN9311251M3109258<<<<<<<<<<<<<<<<'];
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';

const certain = (text: string): Glyphs => ({ text, least: 0.99, twins: [] });
const twin = (text: string, ...twins: number[]): Glyphs => ({ text, least: 0.99, twins });
const replaced = (line: string, place: number, sign: string): string => line.slice(0, place) + sign + line.slice(place + 1);

test('a check digit tells a 0 from an O; the line stays in doubt until the other reader has seen it', () => {
  const read = readingOfGlyphs([twin(replaced(LINES[0]!, 24, 'O'), 24), certain(LINES[1]!), certain(LINES[2]!)], NOW);
  expect(read).toEqual({ lines: LINES, isValid: true, by: 'glyphs', trust: ['doubted', 'sure', 'sure'] });
});

test('where two zeros weigh as much as two letters the line stays in doubt, however certain the characters', () => {
  const passport = ['P<UTOSAHIL<<ABDUL<WAKIL<<<<<<<<<<<<<<<<<<<<<', 'T7VAYABCA0GBR8503035<3505067OO712345<<<<<<64'];
  const zeros = passport[1]!.replace('OO', '00');
  for (const second of [passport[1]!, zeros]) {
    expect(readingOfGlyphs([certain(passport[0]!), twin(second, 28, 29)], NOW)?.trust).toEqual(['sure', 'doubted']);
  }
  expect(readingOfGlyphs([certain(passport[0]!), certain(zeros)], NOW)?.trust).toEqual(['sure', 'sure']);
});

test('a twin under a check digit that holds as it was read is not in doubt; one that none covers is', () => {
  expect(readingOfGlyphs([twin(LINES[0]!, 24), certain(LINES[1]!), certain(LINES[2]!)], NOW)?.trust).toEqual(['sure', 'sure', 'sure']);
  const zero = replaced(VISA[1]!, 30, '0');
  expect(readingOfGlyphs([certain(VISA[0]!), twin(zero, 30)], NOW)?.trust).toEqual(['sure', 'doubted']);
});

test('what no check digit covers is not turned into its twin', () => {
  const second = replaced(VISA[1]!, 9, '4');
  expect(readingOfGlyphs([certain(VISA[0]!), certain(VISA[1]!)], NOW)?.lines).toEqual(VISA);
  expect(readingOfGlyphs([certain(VISA[0]!), twin(replaced(second, 30, 'O'), 30)], NOW)).toBeNull();
});

test('too many twins in doubt are no reading, and of other signs none is turned', () => {
  expect(readingOfGlyphs([twin(replaced(LINES[0]!, 24, 'O'), 24, 25, 26, 27, 28, 29, 5), certain(LINES[1]!), certain(LINES[2]!)], NOW)).toBeNull();
  expect(readingOfGlyphs([certain(replaced(LINES[0]!, 24, 'O')), certain(LINES[1]!), certain(LINES[2]!)], NOW)).toBeNull();
});

test('what may not stand at a place is not considered, but for what it is like', () => {
  const found = (chances: Record<string, number>): Float32Array => Float32Array.from(ALPHABET, (sign) => chances[sign] ?? 0);
  const digits = { signs: '0123456789<', alike: { 0: 'OQD' } };
  expect(textOf([found({ O: 0.9, 8: 0.1 })], () => digits)).toMatchObject({ text: '0' });
  expect(textOf([found({ U: 0.6, 0: 0.4 })], () => ({ signs: 'TUV<' })).least).toBeCloseTo(1);
  expect(textOf([found({ U: 0.1, 7: 0.9 })], () => ({ signs: 'TUV<' })).least).toBeCloseTo(0.2);
  const { text, least, twins } = textOf([found({ O: 0.5, 0: 0.48 })], () => ({ signs: ALPHABET, twins: '0O' }));
  expect([text, least, twins]).toEqual(['O', 1, [0]]);
});
