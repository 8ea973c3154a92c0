/** A new phone: a code word, and what guessing it would cost. */
import type { App } from '../app';
import { el } from '../dom';
import { keepVault, unlocked } from '../store';
import { codesLike, EXAMPLES, LEAST_LETTERS, timeToTry } from '../vault/guess';
import { isPasskeyPossible } from '../vault/passkey';
import { makeVault, withPasskey } from '../vault/vault';
import { languagePicker } from './language';

export function showSetup(app: App): void {
  const texts = app.texts.vault;
  const secret = (id: string): HTMLInputElement => el('input', { id, type: 'password', autocomplete: 'new-password' });
  const [code, again, duress] = [secret('code'), secret('again'), secret('duress')];
  const wantsPasskey = el('input', { id: 'passkey', type: 'checkbox' });
  const passkey = el('div', { hidden: true }, el('label', { for: 'passkey', class: 'tick' }, wantsPasskey, texts.passkey), el('p', { class: 'quiet' }, texts.passkeyHelp));
  void isPasskeyPossible().then((is) => { passkey.hidden = !is; });
  const holds = el('p', { class: 'holds', role: 'status' });
  const message = el('p', { class: 'message', role: 'alert' });
  const button = el('button', { type: 'submit' }, texts.unlock);
  code.addEventListener('input', () => {
    holds.textContent = code.value ? `${texts.likeThis}: ${spoken(app, codesLike(code.value))}` : '';
  });
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const fault = faultOf(code.value, again.value, duress.value);
    message.textContent = fault && texts[fault];
    if (fault) return;
    button.disabled = true;
    message.textContent = texts.opening;
    await new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));
    const { vault, key } = await makeVault(code.value, duress.value);
    await keepVault(app.db, wantsPasskey.checked ? await withPasskey(vault, code.value) : vault);
    await app.open(unlocked(app.db, key));
  };
  app.show(languagePicker(app), el('form', { submit: (event) => void submit(event) },
    el('h1', {}, 'Safe Passage'),
    el('label', { for: 'code' }, texts.choose), code, holds,
    el('label', { for: 'again' }, texts.again), again,
    el('details', {}, el('summary', {}, texts.duress),
      el('label', { for: 'duress' }, texts.duressHelp), duress),
    passkey,
    button, message), costs(app));
}

export function faultOf(code: string, again: string, duress: string): 'tooShort' | 'differs' | 'sameAsDuress' | '' {
  if ([...code].length < LEAST_LETTERS || (duress && [...duress].length < LEAST_LETTERS)) return 'tooShort';
  if (code !== again) return 'differs';
  return code.normalize('NFKC') === duress.normalize('NFKC') ? 'sameAsDuress' : '';
}

function spoken(app: App, many: number): string {
  const { amount, unit } = timeToTry(many);
  return `${new Intl.NumberFormat(app.language).format(amount)} ${app.texts.units[unit]}`;
}

function costs(app: App): HTMLElement {
  const rows = EXAMPLES.map(({ kind, length, many }) =>
    el('tr', {}, el('th', { scope: 'row' }, `${new Intl.NumberFormat(app.language).format(length)} ${app.texts.vault[kind]}`),
      el('td', {}, spoken(app, many))));
  return el('section', { class: 'costs' }, el('p', {}, app.texts.vault.costs), el('table', {}, el('tbody', {}, ...rows)));
}
