/** The field app's first page: join, scan a pass, see the verdict, decide, queue; the site hears of it when it can. */
import './style.css';
import { type Bundle, stateOf } from './bundle';
import { actsOf, type Decision } from './decision';
import { signWith } from './device';
import { el } from './dom';
import { Scanner } from './scan';
import { bundleOf, identityOf, openStore, record, type Store, usesOf, waitingOf } from './store';
import { join, load, upload } from './sync';
import { type Language, LANGUAGES, TEXTS } from './texts';
import { verifyTyped } from './typed';
import type { Verdict } from './values';
import { showVerdict } from './verdictview';
import { verifyPass } from './verify';

const SYNC_EVERY_MS = 60_000;
const VIBRATION: Record<Verdict['level'], number[]> = { valid: [80], 'look-closer': [80, 80, 80], 'not-valid': [400] };

const MISS_COSTS_MS = 3000;

const app = document.querySelector<HTMLElement>('#app')!;
let language: Language = 'en';
let scanner: Scanner | null = null;

function useLanguage(chosen: string | null): void {
  language = chosen && chosen in LANGUAGES ? (chosen as Language) : 'en';
  document.documentElement.lang = language;
  document.documentElement.dir = TEXTS[language].direction;
  localStorage.setItem('language', language);
}

async function show(store: Store): Promise<void> {
  scanner?.stop();
  const bundle = await bundleOf(store);
  await (bundle ? showScan(store, bundle) : showJoin(store));
}

async function showJoin(store: Store): Promise<void> {
  const texts = TEXTS[language];
  const code = el('input', { id: 'code', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
  code.value = new URLSearchParams(location.hash.slice(1)).get('join') ?? '';
  const message = el('p', { class: 'message', role: 'alert' });
  const start = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await join(store, code.value.trim());
      history.replaceState(null, '', location.pathname);
      await show(store);
    } catch (error) {
      message.textContent = String((error as Error).message);
    }
  };
  app.replaceChildren(languagePicker(store), el('form', { submit: (event) => void start(event) },
    el('h1', {}, 'Safe Passage'), el('label', { for: 'code' }, texts.screen.joinCode), code,
    el('button', { type: 'submit' }, texts.screen.join), message));
}

async function showScan(store: Store, bundle: Bundle): Promise<void> {
  const texts = TEXTS[language];
  const video = el('video', { muted: true, playsinline: true, 'aria-label': texts.screen.scan });
  const hint = el('p', { class: 'hint', role: 'status' }, texts.screen.scan);
  const typed = el('input', { id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const check = (text: string): void => void judge(store, bundle, text);
  const form = el('form', { submit: (event) => { event.preventDefault(); if (typed.value) check(typed.value); } },
    el('label', { for: 'typed' }, texts.screen.type), typed, el('button', { type: 'submit' }, texts.screen.check));
  app.replaceChildren(languagePicker(store), el('div', { class: 'frame' }, video), hint, form, await footer(store, bundle));
  scanner = new Scanner(video, check);
  try {
    await scanner.start();
  } catch {
    hint.textContent = texts.screen.noCamera;
    typed.focus();
  }
}

/** The point at which this device stands; one that belongs to none chooses. */
function pointOf(bundle: Bundle): string {
  const chosen = localStorage.getItem('point') ?? '';
  return bundle.points.includes(chosen) ? chosen : (bundle.points[0] ?? '');
}

async function judge(store: Store, bundle: Bundle, text: string): Promise<void> {
  scanner?.stop();
  const state = await stateOf(bundle, await usesOf(store));
  const point = pointOf(bundle);
  const now = Math.floor(Date.now() / 1000);
  const typed = await verifyTyped(text, bundle, state, now, point);
  const verdict = typed?.verdict ?? (await verifyPass(text, state, now, point));
  if (typed?.isByHeart && !verdict.content) await noteMiss(store, point);
  navigator.vibrate?.(VIBRATION[verdict.level]);
  const decide = async (decision: Decision): Promise<void> => {
    const identity = await identityOf(store);
    const { acts, use } = actsOf(verdict, decision, bundle, point);
    const pass = bundle.passes.find((one) => one.id === verdict.content?.id);
    if (typed?.isWatched && pass) acts.push({ kind: 'watched-signalled', body: { point, party: pass.party } });
    await record(store, acts, use, Date.now(), signWith(identity!.key));
    void sync(store);
  };
  app.replaceChildren(showVerdict({
    verdict, bundle, point, language, decide, next: () => void show(store),
    ...(typed?.isByHeart && { ground: 'recognition-code' }), isWatched: typed?.isWatched ?? false,
  }));
  app.querySelector<HTMLElement>('#word')?.focus();
}

/** A code learnt by heart that is nobody's: told to the site, and slow, so that nobody guesses one. */
async function noteMiss(store: Store, point: string): Promise<void> {
  const identity = await identityOf(store);
  const act = { kind: 'lookup-made', body: { by: 'recognition-code', hits: 0, point } };
  await record(store, [act], null, Date.now(), signWith(identity!.key));
  await new Promise((resume) => setTimeout(resume, MISS_COSTS_MS));
}

async function footer(store: Store, bundle: Bundle): Promise<HTMLElement> {
  const texts = TEXTS[language];
  const waiting = await waitingOf(store);
  const parked = waiting.filter((event) => event.parked);
  const hours = Math.max(0, Math.round((Date.now() - Date.parse(bundle.made_at)) / 3_600_000));
  const again = async (): Promise<void> => {
    await sync(store);
    await show(store);
  };
  return el('footer', {},
    el('p', {}, `${texts.screen.point}: `, pointPicker(store, bundle)),
    el('p', { class: 'waiting' }, `${waiting.length - parked.length} ${texts.screen.waiting}`),
    parked.length > 0 && el('details', { class: 'parked' },
      el('summary', {}, `${parked.length} ${texts.screen.parked}`),
      el('ul', {}, ...parked.map((event) => el('li', { dir: 'ltr' }, `${event.kind}: ${event.parked}`)))),
    el('p', { class: hours >= 4 ? 'old' : '' }, `${texts.screen.listAge}: ${hours} h`),
    el('button', { type: 'button', click: () => void again() }, texts.screen.sync),
    !TEXTS[language].isApproved && el('p', { class: 'machine' }, texts.machineMade));
}

function pointPicker(store: Store, bundle: Bundle): HTMLElement {
  const named = (point: string): string => bundle.places[point] ?? point;
  if (bundle.points.length < 2) return el('bdi', {}, named(pointOf(bundle)));
  const picker = el('select', { 'aria-label': TEXTS[language].screen.point },
    ...bundle.points.map((point) => el('option', { value: point, selected: point === pointOf(bundle) }, named(point))));
  picker.addEventListener('change', () => {
    localStorage.setItem('point', picker.value);
    void show(store);
  });
  return picker;
}

function languagePicker(store: Store): HTMLElement {
  const picker = el('select', { 'aria-label': 'Language' },
    ...Object.entries(LANGUAGES).map(([code, name]) => el('option', { value: code, selected: code === language, lang: code }, name)));
  picker.addEventListener('change', () => {
    useLanguage(picker.value);
    void show(store);
  });
  return el('header', {}, picker);
}

/** Sends and loads; where the site can't be reached, nothing is lost and the check works on. */
async function sync(store: Store): Promise<void> {
  if (!(await identityOf(store))) return;
  try {
    await upload(store);
    if (!(await load(store))) await show(store);
  } catch {
    // The footer shows how many wait and how old the bundle is; the next round tries again.
  }
}

async function start(): Promise<void> {
  useLanguage(localStorage.getItem('language'));
  const store = await openStore();
  await show(store);
  void navigator.storage?.persist?.();
  if ('serviceWorker' in navigator) await navigator.serviceWorker.register('./sw.js');
  setInterval(() => void sync(store), SYNC_EVERY_MS);
  addEventListener('online', () => void sync(store));
}

void start();
