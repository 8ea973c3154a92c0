/** A still picture is read only where both readers agree; a picture of one line of dots stands for the zone, what the readers say is given. */
import { expect, test } from 'vitest';
import type { Reading } from './fit';
import type { Grey } from './grey';
import { type Eyes, readPatiently } from './still';

const NOW = new Date('2026-08-14T00:00:00Z');
const LINES = ['P<UTOSAHIL<<OMID<<<<<<<<<<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'];
const OTHER = [LINES[0]!.replace('OMID', 'QMID'), LINES[1]!];

/** Two long even lines of bars, so wide apart as characters of this pitch are. */
function bars(pitch: number): Grey {
  const [width, height] = [pitch * 50, pitch * 30];
  const data = new Uint8Array(width * height).fill(220);
  for (const row of [12, 15]) {
    for (let place = 0; place < 44; place += 1) {
      for (let y = 0; y < pitch; y += 1) for (let x = 0; x < pitch * 0.5; x += 1) data[(row * pitch + y) * width + (place + 3) * pitch + x] = 20;
    }
  }
  return { width, height, data };
}

const reading = (lines: string[], by: Reading['by'], trust: Reading['trust'] = ['sure', 'sure']): Reading => ({ lines, isValid: true, by, trust });
const eyes = (apart: Reading | null, wholes: string[][], isContradicted = false): Eyes => ({
  apart: () => apart,
  looks: wholes.map((lines) => () => reading(lines, 'lines', ['vouched', 'vouched'])),
  isContradicted: () => isContradicted,
});

test('what both readers say is read', { timeout: 60_000 }, () => {
  expect(readPatiently(bars(20), eyes(reading(LINES, 'glyphs'), [LINES]), NOW)).toEqual({ state: 'read', lines: LINES });
  expect(readPatiently(bars(20), eyes(reading(LINES, 'glyphs', ['doubted', 'sure']), [OTHER, LINES, LINES]), NOW)).toEqual({ state: 'read', lines: LINES });
});

test('a name on which they differ is proposed, however often one of them says it', { timeout: 60_000 }, () => {
  expect(readPatiently(bars(20), eyes(reading(LINES, 'glyphs'), [OTHER, OTHER, OTHER, OTHER, OTHER]), NOW)?.state).toBe('proposed');
  expect(readPatiently(bars(20), eyes(null, [OTHER, OTHER, OTHER, OTHER, OTHER]), NOW)).toEqual({ state: 'read', lines: OTHER });
  expect(readPatiently(bars(20), eyes(null, [OTHER, OTHER, OTHER, OTHER, OTHER], true), NOW)).toEqual({ state: 'proposed', lines: OTHER });
});

test('of few pixels only what is sure, and said by two looks', { timeout: 60_000 }, () => {
  expect(readPatiently(bars(8), eyes(reading(LINES, 'glyphs', ['doubted', 'sure']), [LINES, LINES, LINES, LINES, LINES]), NOW)?.state).toBe('proposed');
  expect(readPatiently(bars(8), eyes(reading(LINES, 'glyphs'), [LINES, OTHER, OTHER]), NOW)?.state).toBe('proposed');
  expect(readPatiently(bars(8), eyes(reading(LINES, 'glyphs'), [LINES, LINES]), NOW)).toEqual({ state: 'read', lines: LINES });
});
