/** Frames of the camera to the reader in its worker, one at a time. A frame lives in one canvas and one message, and nowhere else. */
import type { Answer, Frame } from './worker';
import type { Outcome } from './vote';

const LONGER_SIDE = 1400;
const PAUSE_MS = 30;

/** Watches a document until its zone is read or somebody stops it; each outcome is told, proposals too. */
export class DocumentCamera {
  #stream: MediaStream | null = null;
  #worker: Worker | null = null;
  #isOn = true;

  constructor(private readonly video: HTMLVideoElement, private readonly tell: (outcome: Outcome) => void) {}

  /** Throws if there is no camera, or no leave to use it. */
  async start(): Promise<void> {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } }, audio: false,
    });
    this.#stream = stream;
    if (!this.#isOn) return this.stop();
    this.video.srcObject = stream;
    await this.video.play();
    void this.#watch();
  }

  /** Ends the camera and the worker, and with it all that was seen. */
  stop(): void {
    this.#isOn = false;
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#worker?.terminate();
    this.#worker = this.#stream = this.video.srcObject = null;
  }

  async #watch(): Promise<void> {
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    while (this.#isOn && this.video.isConnected) {
      const { videoWidth, videoHeight } = this.video;
      if (videoWidth > 0 && !document.hidden) {
        const scale = Math.min(1, LONGER_SIDE / Math.max(videoWidth, videoHeight));
        const [width, height] = [Math.round(videoWidth * scale), Math.round(videoHeight * scale)];
        if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
        context.drawImage(this.video, 0, 0, width, height);
        const { data } = context.getImageData(0, 0, width, height);
        const outcome = await this.#ask({ rgba: data.buffer as ArrayBuffer, width, height });
        if (outcome && this.#isOn) this.tell(outcome);
      }
      await new Promise((resume) => setTimeout(resume, PAUSE_MS));
    }
    context.clearRect(0, 0, canvas.width, canvas.height);
    this.stop();
  }

  #ask(frame: Frame): Promise<Outcome | null> {
    return new Promise((resolve) => {
      const worker = this.#worker;
      if (!worker) return resolve(null);
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data.outcome);
      worker.onerror = () => resolve(null);
      worker.postMessage(frame, [frame.rgba]);
    });
  }
}
