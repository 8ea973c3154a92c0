/** The reader with its real engine over fixtures that benchmarks/field drew: cheap, and each can fail. */
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { makeEngine } from './engine';
import { type GlyphModel, glyphModelOf } from './glyphs';
import { diagonal, type Grey, shrunk, turned } from './grey';
import { zonesOf } from './lines';
import { marksOf } from './marks';
import { readFrame, type Readers, readStill } from './reader';

const NOW = new Date('2026-08-14T00:00:00Z');
const ALL = { zone: true, doubts: true };
const NAMES = ['td1-shaded', 'td3-turned', 'mrv-b-plain', 'td3-other-design'];
const bytes = (path: string): Buffer => readFileSync(new URL(path, import.meta.url));
const whole = (file: Buffer): ArrayBuffer => new Uint8Array(file).buffer;
const glyphs = glyphModelOf(whole(bytes('../../model/glyphs.bin')));
const engine = makeEngine(
  whole(bytes('../../../node_modules/tesseract-wasm/dist/tesseract-core.wasm')), whole(bytes('../../model/mrz.traineddata')),
).then((line): Readers => ({ glyphs, line }));

/** A grey PNG whose rows use no filter, as benchmarks/field writes them. */
function picture(name: string): Grey {
  const file = bytes(`./fixtures/${name}.png`);
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const rows = inflateSync(file.subarray(41, 41 + file.readUInt32BE(33)));
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) data.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width);
  return { width, height, data };
}

const told = (name: string): string[] => bytes(`./fixtures/${name}.txt`).toString().trim().split('\n');

test.each(NAMES)('the zone of %s is found with all its lines', (name) => {
  expect(zonesOf(marksOf(picture(name), 0.86))[0]).toHaveLength(told(name).length);
});

test.each(NAMES)('%s is read, and nothing but what stands there', { timeout: 60_000 }, async (name) => {
  expect(readStill(picture(name), await engine, NOW)).toEqual({ state: 'read', lines: told(name) });
});

test('any way up, and between the quarters', { timeout: 120_000 }, async () => {
  const zone = picture('td3-turned');
  const { width, height, data } = zone;
  const lower = { width, height: 300, data: data.slice(width * (height - 300)) };
  for (const way of [turned(turned(zone)), turned(zone), diagonal(lower)]) {
    expect(readStill(way, await engine, NOW)).toEqual({ state: 'read', lines: told('td3-turned') });
  }
});

test('one frame is one reading', { timeout: 60_000 }, async () => {
  expect(readFrame(picture('td3-turned'), await engine, NOW, 0, ALL)).toMatchObject({ lines: told('td3-turned'), isValid: true });
});

test.each(NAMES.slice(0, 3))('character by character %s gives the same, without the reader of lines', (name) => {
  expect(readFrame(picture(name), { glyphs, line: null }, NOW, 0, ALL)).toMatchObject({ lines: told(name), isValid: true, by: 'glyphs' });
});

test('a name on which the two readers differ stays in doubt, and what a digit vouches for does not', () => {
  const [first, second] = glyphs.layers;
  const softer = (by: number): GlyphModel => ({ ...glyphs, layers: [first, { ...second, weights: second.weights.map((each) => each * by) }] });
  const doubting = [0.12, 0.15, 0.18, 0.2, 0.25, 0.3, 0.4].map(softer).find((one) =>
    readFrame(picture('td3-turned'), { glyphs: one, line: null }, NOW, 0, ALL)?.trust.every((each) => each === 'doubted'))!;
  const says = (name: string) => {
    const texts = [...told('td3-turned')];
    texts[0] = texts[0]!.replace('IQBALI', name);
    return () => texts[texts.push(texts.shift()!) - 1]!;
  };
  const trust = (name: string): unknown =>
    readFrame(picture('td3-turned'), { glyphs: doubting, line: says(name) }, NOW, 0, ALL)?.trust;
  expect(trust('IQBALI')).toEqual(['vouched', 'vouched']);
  expect(trust('LQBALI')).toEqual(['doubted', 'vouched']);
});

test('two zeros in a print whose 0 looks like its O stay in doubt until the reader of lines has seen them', () => {
  const name = 'td3-other-design';
  expect(readFrame(picture(name), { glyphs, line: null }, NOW, 0, ALL)?.trust).toEqual(['sure', 'doubted']);
});

test('a page with no zone gives nothing', { timeout: 60_000 }, async () => {
  const { width, height, data } = picture('td3-turned');
  const upper = { width, height: Math.round(height * 0.6), data: data.slice(0, width * Math.round(height * 0.6)) };
  expect(readFrame(upper, await engine, NOW, 0, ALL)?.isValid ?? false).toBe(false);
  expect(readStill({ width: 200, height: 100, data: new Uint8Array(20000).fill(200) }, await engine, NOW)).toBeNull();
});

test('pictures are made smaller and turned without losing their sense', () => {
  const small: Grey = { width: 4, height: 2, data: Uint8Array.of(0, 0, 100, 100, 0, 0, 100, 100) };
  expect(shrunk(small, 2)).toEqual({ width: 2, height: 1, data: Uint8Array.of(0, 100) });
  expect(turned(small)).toEqual({ width: 2, height: 4, data: Uint8Array.of(0, 0, 0, 0, 100, 100, 100, 100) });
});
