/** What stands under the check: where we are, what waits, how old what we know is, and the way out. */
import type { App } from '../app';
import { type Bundle, toBase64 } from '../bundle';
import { el } from '../dom';
import { recentOf, type Waiting, waitingOf } from '../store';
import { ageLines } from './age';
import { languagePicker, machineMark } from './language';

export async function footer(app: App, bundle: Bundle): Promise<HTMLElement> {
  const texts = app.texts.screen;
  const waiting = await waitingOf(app.store);
  const parked = waiting.filter((event) => event.parked);
  const kinds = new Map((await recentOf(app.store)).map((one) => [one.nonce, one.kind]));
  return el('footer', {},
    el('p', {}, `${texts.point}: `, await pointPicker(app, bundle)),
    el('p', { class: 'waiting' }, `${waiting.length - parked.length} ${texts.waiting}`),
    parked.length > 0 && el('details', { class: 'parked' },
      el('summary', {}, `${parked.length} ${texts.parked}`),
      el('ul', {}, ...parked.map(({ nonce, parked: why }) => el('li', { dir: 'ltr' }, `${kinds.get(nonce) ?? '?'}: ${why}`)))),
    await ageLines(app, bundle),
    el('div', { class: 'pair' },
      el('button', { type: 'button', click: () => void app.sync() }, texts.sync),
      el('button', { type: 'button', class: 'lock', click: () => app.lock() }, app.texts.vault.lock)),
    waiting.length > 0 && el('button', { type: 'button', class: 'save', click: () => saveQueue(waiting) }, app.texts.queue.save),
    languagePicker(app), machineMark(app));
}

/** What waits, sealed to the site as it lies here, for `gate receive` at the desk. It goes on waiting. */
function saveQueue(waiting: Waiting[]): void {
  const items = waiting.map(({ sealed }) => ({ sealed: toBase64(sealed) }));
  const address = URL.createObjectURL(new Blob([JSON.stringify({ items })], { type: 'application/json' }));
  el('a', { href: address, download: 'queue.json' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function pointPicker(app: App, bundle: Bundle): Promise<HTMLElement> {
  const point = await app.point(bundle);
  const named = (one: string): string => bundle.places[one] ?? one;
  if (bundle.points.length < 2) return el('bdi', {}, named(point));
  const picker = el('select', { 'aria-label': app.texts.screen.point },
    ...bundle.points.map((one) => el('option', { value: one, selected: one === point }, named(one))));
  picker.addEventListener('change', () => void app.stand(picker.value).then(() => app.home()));
  return picker;
}
