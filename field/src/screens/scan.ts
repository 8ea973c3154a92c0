/** The check: the camera, or a code that is typed; then the verdict and what follows from it. */
import { type Bundle, stateOf } from '../bundle';
import type { App } from '../app';
import { actsOf, type Decision } from '../decision';
import { el } from '../dom';
import { bundleOf, usesOf } from '../store';
import { type Typed, verifyTyped } from '../typed';
import type { Verdict } from '../values';
import { touch } from '../vault/lock';
import { verifyPass } from '../verify';
import { footer } from './footer';
import { showVerdict } from './verdict';

const VIBRATION: Record<Verdict['level'], number[]> = { valid: [80], 'look-closer': [80, 80, 80], 'not-valid': [400] };
const MISS_COSTS_MS = 3000;

export async function showScan(app: App, bundle: Bundle): Promise<void> {
  const texts = app.texts.screen;
  const video = el('video', { muted: true, playsinline: true, 'aria-label': texts.scan });
  const hint = el('p', { class: 'hint', role: 'status' }, texts.scan);
  const typed = el('input', { id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const check = (text: string): void => void judge(app, text);
  const form = el('form', { submit: (event) => { event.preventDefault(); if (typed.value) check(typed.value); } },
    el('label', { for: 'typed' }, texts.type), typed, el('button', { type: 'submit' }, texts.check));
  let foot = await footer(app, bundle);
  app.show(el('div', { class: 'frame' }, video), hint, form, foot);
  app.afterSync = async () => {
    const fresh = await footer(app, (await bundleOf(app.store))!);
    foot.replaceWith(fresh);
    foot = fresh;
  };
  try {
    await app.watch(video, check);
  } catch {
    hint.textContent = texts.noCamera;
    typed.focus();
  }
}

async function judge(app: App, text: string): Promise<void> {
  touch();
  const bundle = (await bundleOf(app.store))!;
  const state = await stateOf(bundle, await usesOf(app.store));
  const point = await app.point(bundle);
  const now = Math.floor(Date.now() / 1000);
  const typed = await verifyTyped(text, bundle, state, now, point);
  const verdict = typed?.verdict ?? (await verifyPass(text, state, now, point));
  if (typed?.isByHeart && !verdict.content) await noteMiss(app, point);
  navigator.vibrate?.(VIBRATION[verdict.level]);
  const decide = async (decision: Decision): Promise<void> => {
    const { acts, use } = actsOf(verdict, decision, bundle, point);
    const pass = bundle.passes.find((one) => one.id === verdict.content?.id);
    if (typed?.isWatched && pass) acts.push({ kind: 'watched-signalled', body: { point, party: pass.party } });
    await app.write(acts, use);
  };
  app.show(showVerdict({
    verdict, bundle, point, language: app.language, decide, next: () => void app.home(), ...groundOf(typed),
  }));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

const groundOf = (typed: Typed | null): { ground?: string; isWatched: boolean } => ({
  ...(typed?.isByHeart && { ground: 'recognition-code' }), isWatched: typed?.isWatched ?? false,
});

/** A code learnt by heart that is nobody's: told to the site, and slow, so that nobody guesses one. */
async function noteMiss(app: App, point: string): Promise<void> {
  await app.write([{ kind: 'lookup-made', body: { by: 'recognition-code', hits: 0, point } }]);
  await new Promise((resume) => setTimeout(resume, MISS_COSTS_MS));
}
