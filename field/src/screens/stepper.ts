/** A number by thumb. */
import { el } from '../dom';

export interface Stepper {
  element: HTMLElement;
  value: () => number;
  set: (value: number) => void;
}

export function stepper(label: string, words: { fewer: string; more: string }, onChange: () => void = () => undefined): Stepper {
  let value = 0;
  const shown = el('output', {}, '0');
  const set = (next: number): void => {
    value = Math.max(0, next);
    shown.textContent = String(value);
    onChange();
  };
  const button = (sign: string, words: string, step: number): HTMLElement =>
    el('button', { type: 'button', 'aria-label': `${label}: ${words}`, click: () => set(value + step) }, sign);
  const element = el('div', { class: 'stepper', role: 'group', 'aria-label': label },
    el('span', {}, label), button('−', words.fewer, -1), shown, button('+', words.more, 1));
  return { element, value: () => value, set };
}
