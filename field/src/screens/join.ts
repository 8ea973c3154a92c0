/** Joining: the code of an invitation, from its square or typed. */
import type { App } from '../app';
import { el } from '../dom';
import { join } from '../sync';
import { languagePicker } from './language';

export function showJoin(app: App): void {
  const texts = app.texts.screen;
  const code = el('input', { id: 'code', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', dir: 'ltr' });
  code.value = new URLSearchParams(location.hash.slice(1)).get('join') ?? '';
  const message = el('p', { class: 'message', role: 'alert' });
  const start = async (event: Event): Promise<void> => {
    event.preventDefault();
    try {
      await join(app.store, code.value.trim());
      history.replaceState(null, '', location.pathname);
      await app.home();
      void app.sync();
    } catch (error) {
      message.textContent = String((error as Error).message);
    }
  };
  app.show(languagePicker(app), el('form', { submit: (event) => void start(event) },
    el('h1', {}, 'Safe Passage'), el('label', { for: 'code' }, texts.joinCode), code,
    el('button', { type: 'submit' }, texts.join), message));
}
