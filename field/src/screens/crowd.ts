/** How pressed the crowd is, by thumb: a word, and a number if there is one. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { showHeld } from './held';

const LEVELS = ['calm', 'dense', 'dangerous'] as const;
const HEADS = [50, 100, 250, 500, 1000, 2500, 5000] as const;

export async function showCrowd(app: App, bundle: Bundle): Promise<void> {
  const { texts } = app;
  const point = await app.point(bundle);
  const heads = el('select', { id: 'heads' }, el('option', { value: '' }, texts.crowd.estimate),
    ...HEADS.map((one) => el('option', { value: String(one) }, new Intl.NumberFormat(app.language).format(one))));
  const message = el('p', { class: 'message', role: 'status' });
  const tell = async (level: string): Promise<void> => {
    const count = heads.value ? { count: Number(heads.value) } : {};
    try {
      await app.write([{ kind: 'pressure-tallied', body: { point, level, ...count } }]);
      message.textContent = texts.screen.saved;
    } catch {
      message.textContent = texts.screen.notSaved;
    }
  };
  app.show(el('section', { class: 'crowd' }, el('h1', {}, texts.crowd.title), el('p', {}, el('bdi', {}, bundle.places[point] ?? point)),
    el('label', { for: 'heads' }, texts.crowd.heads), heads,
    ...LEVELS.map((level) => el('button', { type: 'button', class: `level ${level}`, click: () => void tell(level) }, texts.crowd[level])),
    message, el('p', { class: 'quiet' }, texts.crowd.note),
    el('button', { type: 'button', class: 'next main', click: () => void showHeld(app) }, texts.held.title),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
}
