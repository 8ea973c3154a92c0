/**
 * Ways to look at one frame for a square. As it is reads most; what noise, blur or weak light hide is read once the frame is
 * smoothed, and the rest once it is made larger, or sharpened and cut at the mean of its surroundings.
 */
import { type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { type Grey, greyOf, meansOf, sample } from './camera/grey';

const OPTIONS: ReaderOptions = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 };
const LARGER = 1.5;
/** Pixels around one whose mean it is sharpened against, and how much. */
const [SHARP_REACH, SHARPER] = [4, 1.5];
/** Pixels around one against whose mean it is dark or light: some modules. */
const AROUND = 20;
const MIDDLE = 128;

type Look = (frame: ImageData) => [ImageData, ReaderOptions];

const smoothed = (picture: Grey): Grey => ({ ...picture, data: Uint8Array.from(meansOf(picture, 1), Math.round) });
const grey = ({ data, width, height }: ImageData): Grey => greyOf(data as Uint8ClampedArray, width, height);

function imageOf({ width, height, data }: Grey): ImageData {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0, to = 0; at < data.length; at += 1, to += 4) {
    rgba[to] = rgba[to + 1] = rgba[to + 2] = data[at]!;
    rgba[to + 3] = 255;
  }
  return { data: rgba, width, height, colorSpace: 'srgb' } as ImageData;
}

function enlarged(picture: Grey): Grey {
  const [width, height] = [Math.round(picture.width * LARGER), Math.round(picture.height * LARGER)];
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] = sample(picture, (x + 0.5) / LARGER - 0.5, (y + 0.5) / LARGER - 0.5);
  }
  return { width, height, data };
}

function sharpened(picture: Grey): Grey {
  const near = meansOf(picture, SHARP_REACH);
  const sharp = { ...picture, data: Uint8Array.from(picture.data, (value, at) => Math.min(255, Math.max(0, value + SHARPER * (value - near[at]!)))) };
  const around = meansOf(sharp, AROUND);
  return { ...sharp, data: sharp.data.map((value, at) => Math.min(255, Math.max(0, MIDDLE + value - around[at]!))) };
}

const AS_IT_IS: Look = (frame) => [frame, OPTIONS];
/** What is tried where a frame says nothing as it is. */
const HARDER: readonly Look[] = [
  (frame) => [imageOf(smoothed(grey(frame))), OPTIONS],
  (frame) => [imageOf(enlarged(smoothed(grey(frame)))), OPTIONS],
  (frame) => [imageOf(sharpened(smoothed(smoothed(grey(frame))))), { ...OPTIONS, binarizer: 'FixedThreshold' }],
];

async function read(look: Look, frame: ImageData): Promise<string> {
  const found = await readBarcodes(...look(frame));
  return found.find((one) => one.isValid)?.text ?? '';
}

/** The first frames of a camera are looked at as they are only: they come dark or empty, and a harder look would hold up the next. */
const FIRST_FRAMES = 3;

/** The text of the square in a frame, empty if there is none. A stream takes its turns: one harder look a frame, to stay quick. */
export async function readFrame(frame: ImageData, turn: number): Promise<string> {
  return (await read(AS_IT_IS, frame)) || (turn < FIRST_FRAMES ? '' : read(HARDER[turn % HARDER.length]!, frame));
}

/** The text of the square in one image, by every look. */
export async function readImage(image: ImageData): Promise<string> {
  for (const look of [AS_IT_IS, ...HARDER]) {
    const text = await read(look, image);
    if (text) return text;
  }
  return '';
}
