/** A question that can't be skipped by accident: over everything, with answers that sleep until it has been read. */
import { el } from '../dom';

const SLEEPS_MS = 700;

/** The answer, or null for "back": a key or a tap beside it never answers. */
export function ask<T extends string>(
  question: string, details: string[], answers: readonly { value: T; words: string }[], back: string,
): Promise<T | null> {
  return new Promise((resolve) => {
    const close = (value: T | null): void => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    const buttons = answers.map(({ value, words }) =>
      el('button', { type: 'button', disabled: true, click: () => close(value) }, words));
    const dialog = el('dialog', { class: 'question', 'aria-labelledby': 'question', cancel: (event) => { event.preventDefault(); close(null); } },
      el('h2', { id: 'question' }, question), ...details.map((line) => el('p', {}, line)), ...buttons,
      el('button', { type: 'button', class: 'back', click: () => close(null) }, back));
    document.body.append(dialog);
    dialog.showModal();
    setTimeout(() => { for (const button of buttons) button.disabled = false; }, SLEEPS_MS);
  });
}
