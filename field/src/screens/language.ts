import type { App } from '../app';
import { el } from '../dom';
import { LANGUAGES } from '../texts';

/** The choice of language, on every screen that doesn't ask for speed. */
export function languagePicker(app: App): HTMLElement {
  const picker = el('select', { 'aria-label': 'Language' },
    ...Object.entries(LANGUAGES).map(([code, name]) => el('option', { value: code, selected: code === app.language, lang: code }, name)));
  picker.addEventListener('change', () => {
    app.useLanguage(picker.value);
    void app.home();
  });
  return el('header', {}, picker);
}

/** Says of a text in this language that a machine wrote it. */
export const machineMark = (app: App): HTMLElement | null =>
  app.texts.isApproved ? null : el('p', { class: 'machine' }, app.texts.machineMade);
