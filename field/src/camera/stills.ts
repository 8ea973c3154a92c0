/** Still pictures, for benchmarks/field: the very same reader as on the phone, in a page without the app. */
import { loadReaders } from './files';
import { greyOf } from './grey';
import { readFrame, readStill } from './reader';
import { Ballot, type Outcome } from './vote';

const loaded = loadReaders().then(async (readers) => {
  await readers.whole;
  return readers;
});

async function pixels(url: string): Promise<ReturnType<typeof greyOf>> {
  const bitmap = await createImageBitmap(await (await fetch(url, { cache: 'no-store' })).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  return greyOf(context.getImageData(0, 0, bitmap.width, bitmap.height).data, bitmap.width, bitmap.height);
}

export interface Timed {
  outcome: Outcome | null;
  ms: number;
  frames: number;
}

/** One picture, with patience. */
export async function readPicture(url: string): Promise<Timed> {
  const [readers, picture] = [await loaded, await pixels(url)];
  const began = performance.now();
  const outcome = readStill(picture, readers, new Date());
  return { outcome, ms: performance.now() - began, frames: 1 };
}

/** Pictures as the frames of a stream, until they agree. */
export async function readFrames(urls: string[]): Promise<Timed> {
  const readers = await loaded;
  const ballot = new Ballot();
  let [ms, frames] = [0, 0];
  for (const url of urls) {
    const picture = await pixels(url);
    const began = performance.now();
    const reading = readFrame(picture, readers, new Date(), frames, ballot.wanted);
    ballot.add(reading);
    const outcome = ballot.outcome(new Date());
    ms += performance.now() - began;
    frames += 1;
    if (outcome?.state === 'read') return { outcome, ms, frames };
  }
  return { outcome: ballot.outcome(new Date()), ms, frames };
}
