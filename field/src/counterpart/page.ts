/**
 * The page on the checkpoint's own phone: one file, opened with no network. It asks nothing of anybody, keeps nothing, and ends
 * with its tab. Where a page from a file gets no camera, a photo does.
 */
import { prepareZXingModule } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { el } from '../dom';
import { readFrame, readImage } from '../looks';
import { ReadingError } from '../problems';
import { readSheet, type Sheet, type SheetKey } from './read';
import { PAGE_TEXTS, type PageTexts } from './texts';

type Language = keyof typeof PAGE_TEXTS;
const [SIDE, PAUSE_MS] = [1280, 120];

const keys = JSON.parse(document.querySelector('#keys')!.textContent!) as SheetKey[];
const root = document.querySelector('main')!;
let language: Language = 'ps';
let stream: MediaStream | null = null;
let isReady: Promise<unknown> | null = null;

/** The decoder lies in this file: nothing is fetched for it. */
function prepare(): Promise<unknown> {
  const bytes = Uint8Array.from(atob(wasm.slice(wasm.indexOf(',') + 1)), (sign) => sign.charCodeAt(0));
  isReady ??= prepareZXingModule({ overrides: { wasmBinary: bytes.buffer }, fireImmediately: true });
  return isReady;
}

function stop(): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
}

function show(...parts: (Node | null | false)[]): void {
  const texts = PAGE_TEXTS[language];
  document.documentElement.lang = language;
  document.documentElement.dir = texts.direction;
  document.title = texts.title;
  root.replaceChildren(
    el('nav', { 'aria-label': 'Language' }, ...(Object.keys(PAGE_TEXTS) as Language[]).map((one) =>
      el('button', { type: 'button', lang: one, 'aria-pressed': String(one === language), click: () => { language = one; start(); } }, PAGE_TEXTS[one].name))),
    ...parts.filter((part): part is Node => Boolean(part)),
    el('p', { class: 'quiet' }, texts.note), ...(texts.machineMade ? [el('p', { class: 'quiet' }, texts.machineMade)] : []));
}

function start(message = ''): void {
  stop();
  const texts = PAGE_TEXTS[language];
  const typed = el('textarea', { id: 'typed', rows: '3', dir: 'ltr', autocomplete: 'off', spellcheck: 'false' });
  const photo = el('input', { id: 'photo', type: 'file', accept: 'image/*', capture: 'environment' });
  photo.addEventListener('change', () => void fromPhoto(photo.files?.[0]));
  show(el('h1', {}, texts.title),
    message !== '' && el('p', { class: 'message', role: 'alert' }, message),
    el('label', { class: 'button', for: 'photo' }, texts.photo, photo),
    Boolean(navigator.mediaDevices?.getUserMedia) && el('button', { type: 'button', click: () => void watch() }, texts.camera),
    el('form', { submit: (event) => { event.preventDefault(); judge(typed.value.replaceAll(/[\r\n]/gu, '')); } },
      el('label', { for: 'typed' }, texts.text), typed, el('button', { type: 'submit' }, texts.check)));
}

async function fromPhoto(file: File | undefined): Promise<void> {
  if (!file) return;
  await prepare();
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const text = await readImage(frameOf(picture, Math.round(picture.width * scale), Math.round(picture.height * scale)));
  if (text) judge(text);
  else start(PAGE_TEXTS[language].noSquare);
}

function frameOf(picture: CanvasImageSource, width: number, height: number): ImageData {
  const context = el('canvas', { width: String(width), height: String(height) }).getContext('2d', { willReadFrequently: true })!;
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function watch(): Promise<void> {
  const texts = PAGE_TEXTS[language];
  const video = el('video', { muted: true, playsinline: true, 'aria-label': texts.camera });
  try {
    await prepare();
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: 'environment' }, width: { ideal: SIDE } }, audio: false });
  } catch {
    return start(texts.photo);
  }
  video.srcObject = stream;
  show(el('h1', {}, texts.title), video, el('button', { type: 'button', click: () => start() }, texts.stop));
  await video.play();
  for (let turn = 0; video.isConnected && stream; turn += 1) {
    const text = video.videoWidth > 0 ? await readFrame(frameOf(video, video.videoWidth, video.videoHeight), turn) : '';
    if (text && video.isConnected) return judge(text);
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

function judge(text: string): void {
  stop();
  const texts = PAGE_TEXTS[language];
  const again = el('button', { type: 'button', click: () => start() }, texts.another);
  try {
    const sheet = readSheet(text.trim(), keys);
    show(el('div', { role: 'status' }, el('h1', { class: 'good' }, `✓ ${texts.genuine}`)), ...sheetOf(sheet, texts), again);
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    const why = error.code === 'unknown-key' ? texts['unknown-key'] : error.code === 'bad-signature' ? texts.forged : texts.unreadable;
    show(el('div', { role: 'alert' }, el('h1', { class: 'bad' }, `✕ ${why}`)), again);
  }
}

function sheetOf(sheet: Sheet, texts: PageTexts): Node[] {
  const now = Date.now() / 1000;
  const [word, tone] = now < sheet.windowStart ? [texts.early, 'warn'] : now < sheet.windowEnd ? [texts.now, 'good'] : [texts.over, 'warn'];
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const all = sheet.rows.reduce((sum, row) => sum + row.heads, 0);
  return [
    el('h2', { dir: 'auto' }, sheet.checkpoint),
    el('p', { class: tone }, word),
    el('p', {}, el('bdi', {}, `${time.format(sheet.windowStart * 1000)} – ${time.format(sheet.windowEnd * 1000)}`), ` (${zone})`),
    el('table', {}, el('thead', {}, el('tr', {}, ...[texts.plate, texts.heads, texts.token].map((one) => el('th', { scope: 'col' }, one)))),
      el('tbody', {}, ...sheet.rows.map((row) => el('tr', {}, el('td', {}, el('bdi', {}, row.plate)), el('td', {}, String(row.heads)), el('td', {}, el('bdi', { dir: 'ltr' }, row.token))))),
      el('tfoot', {}, el('tr', {}, el('th', { scope: 'row' }, texts.all), el('td', {}, String(all)), el('td', {})))),
  ];
}

start();
