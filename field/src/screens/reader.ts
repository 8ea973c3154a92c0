/** What people hold out: by the camera, or typed. For screens that know whose it is without checking it. */
import type { App } from '../app';
import { el } from '../dom';

export interface Reader {
  element: HTMLElement;
  /** Once the screen is up. */
  start: () => Promise<void>;
}

export function reader(app: App, aim: string, label: string, read: (text: string) => void): Reader {
  const video = el('video', { muted: true, playsinline: true, 'aria-label': aim });
  const hint = el('p', { class: 'hint', role: 'status' });
  const typed = el('input', { id: 'typed', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const form = el('form', { submit: (event) => { event.preventDefault(); if (typed.value.trim()) read(typed.value); } },
    el('label', { for: 'typed' }, label), typed, el('button', { type: 'submit' }, app.texts.screen.check));
  const start = async (): Promise<void> => {
    try {
      await app.watch(video, read);
    } catch {
      hint.textContent = app.texts.screen.noCamera;
    }
  };
  return { element: el('div', {}, el('p', { class: 'hint' }, aim), el('div', { class: 'frame low' }, video, hint), form), start };
}
