/** The camera as a reader of QR codes. Frames live in one canvas and are never kept; the decoder is our own file. */
import { prepareZXingModule } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { readFrame } from './looks';

const SIDE = 720;
const PAUSE_MS = 80;
/** The first frames of a camera come dark or not at all: the next is looked at sooner. */
const [FIRST_FRAMES, FIRST_PAUSE_MS] = [6, 20];

let isReady: Promise<unknown> | null = null;

/** Loads the decoder once, from this app alone; it looks at an empty frame, for its first look takes longest. */
export function prepareReader(): Promise<unknown> {
  isReady ??= prepareZXingModule({
    overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) },
    fireImmediately: true,
  }).then(() => readFrame(new ImageData(SIDE, SIDE), 0));
  return isReady;
}

/** Watches the camera and tells each text once, until stopped. The same text is told again after `clear`. */
export class Scanner {
  #stream: MediaStream | null = null;
  #isOn = false;
  #isStopped = false;
  #last = '';

  constructor(private readonly video: HTMLVideoElement, private readonly tell: (text: string) => void) {}

  async start(): Promise<void> {
    const reader = prepareReader(); // while the camera opens
    this.#stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 } },
      audio: false,
    });
    await reader;
    if (this.#isStopped) return this.stop();
    this.video.srcObject = this.#stream;
    await this.video.play();
    if (this.#isStopped) return;
    this.#isOn = true;
    void this.#watch();
  }

  stop(): void {
    this.#isStopped = true;
    this.#isOn = false;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
  }

  /** Ready for the next person, who may show the same pass. */
  clear(): void {
    this.#last = '';
  }

  async #watch(): Promise<void> {
    const canvas = new OffscreenCanvas(SIDE, SIDE);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    for (let turn = 0; this.#isOn; turn += 1) {
      const { videoWidth: width, videoHeight: height } = this.video;
      const side = Math.min(width, height);
      const isAsked = document.querySelector('dialog[open]') !== null; // a question stands before the camera: no verdict behind it
      if (side > 0 && !document.hidden && !isAsked) {
        context.drawImage(this.video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
        const text = await readFrame(context.getImageData(0, 0, SIDE, SIDE), turn);
        if (text && text !== this.#last && this.#isOn) this.tell((this.#last = text));
      }
      await new Promise((resume) => setTimeout(resume, turn < FIRST_FRAMES ? FIRST_PAUSE_MS : PAUSE_MS));
    }
    context.clearRect(0, 0, SIDE, SIDE);
  }
}
