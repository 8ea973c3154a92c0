/** A convoy at a checkpoint, in three taps; and what to answer to whoever asks for names. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { ask } from './question';
import { stepper } from './stepper';

const STATES = ['stopped', 'turned-back', 'let-through', 'let-through-with-fewer'] as const;

export async function showConvoy(app: App, bundle: Bundle): Promise<void> {
  const { texts } = app;
  const words = texts.convoy;
  const point = await app.point(bundle);
  const leg = el('select', { id: 'leg' }, ...(bundle.routes ?? []).map((one) => el('option', { value: one }, one)));
  const heads = stepper(words.heads, texts.party);
  const message = el('p', { class: 'message', role: 'status' });
  const tell = async (state: (typeof STATES)[number]): Promise<void> => {
    const answer = await ask(`${words[state]}: ${leg.value}`, [], [{ value: 'yes', words: words[state] }], texts.party.back);
    if (!answer) return;
    const count = heads.value() > 0 ? { heads: heads.value() } : {};
    try {
      await app.write([{ kind: 'convoy-reported', body: { leg: leg.value, state, ...(point && { point }), ...count } }]);
      message.textContent = texts.screen.saved;
    } catch {
      message.textContent = texts.screen.notSaved;
    }
  };
  app.show(el('section', { class: 'convoy' }, el('h1', {}, words.title), el('label', { for: 'leg' }, words.leg), leg, heads.element,
    ...STATES.map((state) => el('button', { type: 'button', class: 'state', click: () => void tell(state) }, words[state])),
    message, el('p', { class: 'document' }, words.names),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
}
