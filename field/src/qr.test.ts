import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { drawSquare, pathOf } from './qr';

const SCALE = 4;

beforeAll(async () => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer }, fireImmediately: true });
});

async function readSquare(square: boolean[][]): Promise<string | undefined> {
  const side = (square.length + 8) * SCALE;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [y, row] of square.entries()) {
    for (const [x, dark] of row.entries()) {
      for (let at = 0; dark && at < SCALE * SCALE; at += 1) {
        const place = (((y + 4) * SCALE + Math.floor(at / SCALE)) * side + (x + 4) * SCALE + (at % SCALE)) * 4;
        data.fill(0, place, place + 3);
      }
    }
  }
  return (await readBarcodes({ data, width: side, height: side, colorSpace: 'srgb' } as ImageData, { formats: ['QRCode'] }))[0]?.text;
}

test.each([1, 2, 19, 20, 37, 60, 90, 121, 154, 177, 220, 262, 310, 364, 418, 483, 524, 600])('a text of %i signs is read as it was written', async (length) => {
  const signs = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  const text = Array.from({ length }, (_, place) => signs[(place * place * 7 + place * 3 + length) % 45]).join('');
  expect(await readSquare(drawSquare(text))).toBe(text);
});

test('what does not fit or has no sign is said, not cut', () => {
  expect(() => drawSquare('A'.repeat(601))).toThrow('too long');
  expect(() => drawSquare('lower')).toThrow('not alphanumeric');
  expect(pathOf(drawSquare('A')).side).toBe(21 + 8);
});
