/** The check: the camera, or a code that is typed. */
import { type Bundle, stateOf } from '../bundle';
import type { App } from '../app';
import { el } from '../dom';
import { namingOtherwise } from '../otherwise';
import { isRelayPart } from '../relay/relay';
import { bundleOf, usesOf } from '../store';
import { type Typed, verifyTyped } from '../typed';
import { touch } from '../vault/lock';
import { verifyPass } from '../verify';
import { footer } from './footer';
import { showJudged } from './judged';
import { showRelay } from './relay';
import { tools } from './tools';

const MISS_COSTS_MS = 3000;

export async function showScan(app: App, bundle: Bundle): Promise<void> {
  const texts = app.texts.screen;
  const video = el('video', { muted: true, playsinline: true, 'aria-label': texts.scan });
  const hint = el('p', { class: 'hint', role: 'status' });
  const typed = el('input', { id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const check = (text: string): void => void judge(app, text);
  const form = el('form', { submit: (event) => { event.preventDefault(); if (typed.value) check(typed.value); } },
    el('label', { for: 'typed' }, texts.type), typed, el('button', { type: 'submit' }, texts.check));
  let foot = await footer(app, bundle);
  app.show(el('h1', { class: 'hint' }, texts.scan), el('div', { class: 'frame' }, video, hint), form, await tools(app, bundle), foot);
  app.afterSync = async () => {
    const fresh = await footer(app, (await bundleOf(app.store))!);
    const [before, after] = [foot, fresh].map((one) => one.querySelector<HTMLDetailsElement>('details.parked'));
    if (before?.open && after) after.open = true; // what the officer is reading stays open
    foot.replaceWith(fresh);
    foot = fresh;
  };
  void stateOf(bundle, []).catch(() => undefined); // while the camera opens: the first scan waits for the list no more
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
  if (isRelayPart(text)) return showRelay(app, bundle);
  const [uses, point] = await Promise.all([usesOf(app.store), app.point(bundle)]);
  const state = await stateOf(bundle, uses);
  const now = Math.floor(Date.now() / 1000);
  const typed = await verifyTyped(text, bundle, state, now, point);
  const verdict = namingOtherwise(typed?.verdict ?? (await verifyPass(text, state, now, point)), bundle, uses);
  if (typed?.isByHeart && !verdict.content) await noteMiss(app, point);
  showJudged(app, bundle, point, verdict, { ...groundOf(typed), watchedFor: typed?.isWatched ? verdict.content?.id : undefined });
}

const groundOf = (typed: Typed | null): { ground?: string; isWatched: boolean } => ({
  ...(typed?.isByHeart && { ground: 'recognition-code' }), isWatched: typed?.isWatched ?? false,
});

/** A code learnt by heart that is nobody's: told to the site, and slow, so that nobody guesses one. */
async function noteMiss(app: App, point: string): Promise<void> {
  await app.write([{ kind: 'lookup-made', body: { by: 'recognition-code', hits: 0, point } }]);
  await new Promise((resume) => setTimeout(resume, MISS_COSTS_MS));
}
