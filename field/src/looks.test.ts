import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { prepareZXingModule as prepareReader } from 'zxing-wasm/reader';
import { prepareZXingModule as prepareWriter, writeBarcode } from 'zxing-wasm/writer';
import { readFrame, readImage } from './looks';

const wasm = (name: string): ArrayBuffer => new Uint8Array(readFileSync(new URL(`../../node_modules/zxing-wasm/dist/${name}/zxing_${name}.wasm`, import.meta.url))).buffer;
const TEXT = 'SP1:'.padEnd(300, 'ABC7DE9F$%');
const PIXELS = 5;

beforeAll(async () => {
  await prepareReader({ overrides: { wasmBinary: wasm('reader') }, fireImmediately: true });
  await prepareWriter({ overrides: { wasmBinary: wasm('writer') }, fireImmediately: true });
});

/** The square, spoilt by even noise of so many grey levels, always the same. */
async function square(noise: number): Promise<ImageData> {
  const { symbol } = await writeBarcode(TEXT, { format: 'QRCode' });
  const edge = 4;
  const side = (symbol.width + 2 * edge) * PIXELS;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  let seed = 7;
  for (let at = 0; at < side * side; at += 1) {
    const [x, y] = [Math.floor((at % side) / PIXELS) - edge, Math.floor(Math.floor(at / side) / PIXELS) - edge];
    const isInside = x >= 0 && y >= 0 && x < symbol.width && y < symbol.height;
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    data.fill((isInside && !symbol.data[y * symbol.width + x] ? 60 : 180) + noise * (seed / 2 ** 30 - 1), at * 4, at * 4 + 3);
  }
  return { data, width: side, height: side, colorSpace: 'srgb' } as ImageData;
}

test('a clean square is read as it is', async () => {
  expect(await readFrame(await square(0), 0)).toBe(TEXT);
});

test('a square under noise is read once it is smoothed, by one image and by a stream', async () => {
  const noisy = await square(130);
  expect(await readImage(noisy)).toBe(TEXT);
  const turns = [await readFrame(noisy, 3), await readFrame(noisy, 4), await readFrame(noisy, 5)];
  expect(turns).toContain(TEXT);
  expect(turns).toContain(''); // as it is, and by one harder look, it is not read: the ladder is needed
});

test('an even grey is no text', async () => {
  const even = await square(0);
  even.data.fill(128);
  expect(await readImage(even)).toBe('');
});
