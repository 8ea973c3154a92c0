/** The worker that reads documents, so that the screen stays live. It holds what frames said, never a frame, and ends with the camera. */
import { loadReaders } from './files';
import { greyOf } from './grey';
import { readFrame } from './reader';
import { Ballot, type Outcome } from './vote';

export interface Frame {
  rgba: ArrayBuffer;
  width: number;
  height: number;
}

export interface Answer {
  outcome: Outcome | null;
}

const readers = loadReaders();
const ballot = new Ballot();
let turn = 0;

self.onmessage = async ({ data }: MessageEvent<Frame>) => {
  const now = new Date();
  const reading = readFrame(greyOf(new Uint8ClampedArray(data.rgba), data.width, data.height), await readers, now, turn, ballot.wanted);
  turn += 1;
  ballot.add(reading);
  self.postMessage({ outcome: ballot.outcome(now) } satisfies Answer);
};
