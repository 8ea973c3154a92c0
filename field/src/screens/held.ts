/** Texts to hold up before a crowd: chosen from those that were released, then over the whole screen, black on white. */
import type { App } from '../app';
import { el } from '../dom';
import { type HeldText, heldTexts } from '../held';
import { bundleOf } from '../store';

const HOUR = 3600;
const seconds = (): number => Math.floor(Date.now() / 1000);

export async function showHeld(app: App): Promise<void> {
  const { texts } = app;
  const now = seconds();
  const { age, texts: held } = heldTexts((await bundleOf(app.store))!, now);
  const hours = (seconds: number): string => `${Math.floor(seconds / HOUR)} ${texts.ages.hours}`;
  const own = app.language.toLowerCase();
  app.show(el('section', { class: 'held' }, el('h1', {}, texts.held.title),
    el('p', { class: age.standing === 'fresh' ? 'quiet' : 'old' }, `${texts.held.loaded}: ${age.seconds === null ? texts.ages.unknown : hours(age.seconds)}`),
    age.standing === 'secondLook' ? el('p', { class: 'message' }, texts.held.tooOld) : held.length === 0 && el('p', { class: 'message' }, texts.held.none),
    ...held.map((one) => el('button', { type: 'button', class: 'next choice', click: () => hold(app, one) },
      el('span', { lang: own, dir: 'auto' }, one.lines.find(({ language }) => language === own)?.words ?? one.code),
      el('small', {}, `${texts.held.released}: ${hours(Math.max(0, now - one.releasedAt))}`))),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
}

/** It locks as ever: a phone held out to a crowd is soon in other hands. */
function hold(app: App, { code, lines }: HeldText): void {
  const board = el('section', { class: 'board', 'aria-label': app.texts.held.title },
    ...lines.map(({ language, words }, place) => el(place === 0 ? 'h1' : 'p', { lang: language, dir: language === 'en' ? 'ltr' : 'rtl' }, words)),
    el('button', { type: 'button', class: 'next', click: () => void showHeld(app) }, app.texts.party.back));
  app.show(board);
  app.afterSync = async () => {
    const { texts } = heldTexts((await bundleOf(app.store))!, seconds());
    const isHeld = texts.some((one) => one.code === code && one.lines.every(({ words }, place) => words === lines[place]!.words));
    if (!isHeld) await showHeld(app); // taken back while it was held up
  };
  board.querySelector('button')!.focus();
}
