/** The lock. A right code opens the store, the duress code a plausible empty app; too many wrong ones destroy what is kept. */
import type { App } from '../app';
import { el } from '../dom';
import { openDecoy } from '../decoy';
import { changeVault, unlocked, vaultOf, wipe } from '../store';
import { isWithdrawn } from '../sync';
import { MOST_WRONG, openByPasskey, openVault } from '../vault/vault';
import { languagePicker } from './language';

const WARN_WHEN_LEFT = 5;

export async function showUnlock(app: App): Promise<void> {
  const texts = app.texts.vault;
  const code = el('input', { id: 'code', type: 'password', autocomplete: 'current-password' });
  const message = el('p', { class: 'message', role: 'alert' });
  const button = el('button', { type: 'submit' }, texts.unlock);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!code.value || button.disabled) return;
    button.disabled = true;
    message.textContent = texts.opening;
    await new Promise((resume) => requestAnimationFrame(() => setTimeout(resume)));
    const left = await tryCode(app, code.value);
    code.value = '';
    button.disabled = false;
    if (left === null) return;
    if (left <= 0) return app.home();
    message.textContent = left <= WARN_WHEN_LEFT ? `${texts.wrong} ${left} ${texts.left}` : texts.wrong;
    code.focus();
  };
  const hasPasskey = (await vaultOf(app.db))?.passkey !== undefined;
  app.show(languagePicker(app), el('form', { submit: (event) => void submit(event) },
    el('h1', {}, 'Safe Passage'), el('label', { for: 'code' }, texts.code), code, button, hasPasskey && byPasskey(app, message), message));
  code.focus();
  app.afterSync = () => heedSite(app);
  await heedSite(app);
}

/** The button that asks the phone's own lock; a no leaves the code word. */
function byPasskey(app: App, message: HTMLElement): HTMLElement {
  const ask = async (): Promise<void> => {
    const vault = await vaultOf(app.db);
    const key = vault && (await openByPasskey(vault));
    if (!key) return void (message.textContent = app.texts.vault.noPasskey);
    const { is } = await changeVault(app.db, (kept) => kept && { ...kept, wrong: 0 });
    if (!is) return app.home(); // destroyed meanwhile: its key opens nothing
    await app.open(unlocked(app.db, key));
  };
  return el('button', { type: 'button', class: 'next', click: () => void ask() }, app.texts.vault.byPasskey);
}

/**
 * Opens the store with a right code (null); else how many tries are left. The try is counted before it is made, each by itself however many are made
 * at once. Before the last one the slots go from
 * the disk: a wrong code finds the keys destroyed by the time that it is known to be wrong, and whoever cuts it off has destroyed them too.
 */
export async function tryCode(app: Pick<App, 'db' | 'open'>, code: string): Promise<number | null> {
  const { was: vault } = await changeVault(app.db, (kept) => (kept && kept.wrong + 1 < MOST_WRONG ? { ...kept, wrong: kept.wrong + 1 } : undefined));
  if (!vault) return 0;
  const left = MOST_WRONG - vault.wrong - 1;
  if (left < 0) return wipe(app.db).then(() => 0);
  const opened = await openVault(vault, code);
  if (!opened) {
    if (left === 0) await wipe(app.db);
    return left;
  }
  if (opened.kind === 'duress') await app.open(await openDecoy(app.db, opened.anew));
  else {
    const { is } = await changeVault(app.db, (kept) => (kept || left === 0 ? { ...(kept ?? vault), wrong: 0 } : undefined));
    if (!is) return 0; // the last try was made meanwhile, and was wrong
    await app.open(unlocked(app.db, opened.key));
  }
  return null;
}

/** A locked phone asks whether the site has withdrawn it, and if so forgets everything; with no network it stays locked. */
async function heedSite(app: App): Promise<void> {
  const standing = (await vaultOf(app.db))?.standing;
  try {
    if (!standing || !(await isWithdrawn(standing))) return;
  } catch {
    return;
  }
  if (app.isOpen) return; // opened meanwhile: the exchange hears of it
  await wipe(app.db);
  await app.home();
}
