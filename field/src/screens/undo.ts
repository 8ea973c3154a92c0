/** Undoing what was written last, after a question. */
import type { App } from '../app';
import { el } from '../dom';
import { undoLast } from '../undo';
import { ask } from './question';

export async function askUndo(app: App): Promise<void> {
  const { texts } = app;
  const answer = await ask(texts.undo.sure, [], [{ value: 'yes', words: texts.undo.yes }], texts.party.back);
  if (!answer || !(await undoLast(app.store, Date.now()))) return app.home();
  void app.sync();
  app.show(el('section', { class: 'done' }, el('h1', { id: 'word', tabindex: '-1' }, texts.undo.done),
    el('button', { type: 'button', class: 'next main', click: () => void app.home() }, texts.screen.next)));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}
