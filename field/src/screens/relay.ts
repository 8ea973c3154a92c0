/** Two phones of one point with no network: one shows its admissions as squares, the other reads them and refuses those passes. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { drawSquare, pathOf } from '../qr';
import { hear, noteTold, relayStateOf, type Telling, tell } from '../relay/kept';
import { Gathering, openRelay, partsOf, RelayError } from '../relay/relay';
import { touch } from '../vault/lock';

const TURN_MS = 900;
const MINUTE = 60;

const seconds = (): number => Math.floor(Date.now() / 1000);

export async function showRelay(app: App, bundle: Bundle): Promise<void> {
  const { texts } = app;
  const words = texts.relay;
  const { heard } = await relayStateOf(app.store);
  const others = (bundle.peers ?? []).filter((one) => one.device !== bundle.device);
  const since = (device: string): string => {
    const at = heard[device]?.madeAt;
    return at ? `${Math.max(0, Math.floor((seconds() - at) / MINUTE))} ${words.minutes}` : words.never;
  };
  app.show(el('section', { class: 'relay' }, el('h1', {}, words.title), el('p', {}, words.note),
    el('button', { type: 'button', class: 'next main', click: () => void showSquares(app, bundle, false) }, words.show),
    el('button', { type: 'button', class: 'next main', click: () => void showReading(app, bundle) }, words.read),
    el('button', { type: 'button', class: 'next', click: () => void showSquares(app, bundle, true) }, words.all),
    el('h2', {}, words.others),
    others.length > 0
      ? el('ul', { class: 'peers' }, ...others.map(({ device }) => el('li', {}, el('bdi', { dir: 'ltr' }, device), `: ${since(device)}`)))
      : el('p', { class: 'quiet' }, words.nobody),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
}

async function showSquares(app: App, bundle: Bundle, isAll: boolean): Promise<void> {
  const { texts } = app;
  const words = texts.relay;
  const told = await tell(app.store, bundle, await app.point(bundle), seconds(), isAll);
  if (!told) return showMessage(app, bundle, words.noKey);
  const parts = (await partsOf(told.data)).map((part) => pathOf(drawSquare(part)));
  const square = el('div', { class: 'square', role: 'img' });
  const place = el('p', { class: 'hint' });
  let at = 0;
  const turn = (to: number): void => {
    at = to % parts.length;
    const { side, path } = parts[at]!;
    square.innerHTML = `<svg viewBox="0 0 ${side} ${side}" aria-hidden="true"><path d="${path}"/></svg>`;
    place.textContent = `${at + 1} / ${parts.length}`;
    square.setAttribute('aria-label', `${words.square} ${at + 1} / ${parts.length}`);
  };
  let timer = parts.length > 1 ? setInterval(() => (square.isConnected ? (touch(), turn(at + 1)) : clearInterval(timer)), TURN_MS) : undefined;
  const step = (): void => { clearInterval(timer); timer = undefined; turn(at + 1); };
  turn(0);
  app.show(el('section', { class: 'relay' }, el('h1', {}, `${words.tells}: ${told.count}`), square, place,
    told.rest > 0 && el('p', { class: 'message' }, `${words.rest}: ${told.rest}`),
    parts.length > 1 && el('button', { type: 'button', class: 'next', click: step }, words.step),
    el('button', { type: 'button', class: 'next main', click: () => void read(app, bundle, told) }, words.hasRead),
    el('button', { type: 'button', class: 'next', click: () => void showRelay(app, bundle) }, texts.party.back)));
}

async function read(app: App, bundle: Bundle, told: Telling): Promise<void> {
  await noteTold(app.store, told.upTo);
  return told.rest > 0 ? showSquares(app, bundle, false) : showRelay(app, bundle);
}

async function showReading(app: App, bundle: Bundle): Promise<void> {
  const { texts } = app;
  const words = texts.relay;
  const gathering = new Gathering();
  let isTaking = false; // the squares go on before the camera while the whole is read
  const video = el('video', { muted: true, playsinline: true, 'aria-label': words.read });
  const hint = el('p', { class: 'hint', role: 'status' }, words.aim);
  const typed = el('input', { id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const add = async (text: string): Promise<void> => {
    touch();
    try {
      const whole = await gathering.add(text);
      hint.textContent = `${gathering.seen} / ${gathering.all}`;
      if (!whole || isTaking) return;
      isTaking = true;
      await take(app, bundle, whole);
    } catch (error) {
      isTaking = false;
      if (!(error instanceof RelayError)) throw error;
      hint.textContent = words.problems[error.code];
    }
  };
  const form = el('form', { submit: (event) => { event.preventDefault(); void add(typed.value); typed.value = ''; } },
    el('label', { for: 'typed' }, words.type), typed, el('button', { type: 'submit' }, texts.screen.check));
  app.show(el('section', { class: 'relay' }, el('h1', { class: 'hint' }, words.read), el('div', { class: 'frame' }, video, hint), form,
    el('button', { type: 'button', class: 'next', click: () => void showRelay(app, bundle) }, texts.party.back)));
  try {
    await app.watch(video, (text) => void add(text));
  } catch {
    hint.textContent = words.noCamera;
    typed.focus();
  }
}

/** Heeds what was read, and writes that it was: by that the site knows which phones know of each other. */
async function take(app: App, bundle: Bundle, whole: Parameters<typeof openRelay>[0]): Promise<void> {
  const words = app.texts.relay;
  const relay = await openRelay(whole, bundle, seconds());
  const { count, isGap } = await hear(app.store, relay);
  if (isGap) return showMessage(app, bundle, words.gap, `${words.fresh}: ${count}`);
  const ours = relay.heard[bundle.device];
  await app.write([{
    kind: 'uses-relayed',
    body: { point: relay.point, sender: relay.device, count, made: relay.madeAt * 1000, ...(ours && { heard: ours.madeAt * 1000 }) },
  }]);
  showMessage(app, bundle, `${words.fresh}: ${count}`, words.nowShow);
}

function showMessage(app: App, bundle: Bundle, ...lines: string[]): void {
  app.show(el('section', { class: 'relay' }, el('h1', {}, app.texts.relay.title), el('div', { role: 'status' }, ...lines.map((line) => el('p', { class: 'message' }, line))),
    el('button', { type: 'button', class: 'next main', click: () => void showRelay(app, bundle) }, app.texts.screen.next)));
}
