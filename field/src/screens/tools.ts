/** The other things an officer does, one thumb away from the check. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { lastAct, undoLast } from '../undo';
import { mayLookUp } from './age';
import { showConvoy } from './convoy';
import { showCrowd } from './crowd';
import { askDocument } from './document';
import { showFind } from './find';
import { showPaper } from './paper';
import { ask } from './question';
import { showRelay } from './relay';
import { showWalkIn } from './walkin';

export async function tools(app: App, bundle: Bundle): Promise<HTMLElement> {
  const { texts } = app;
  const tool = (words: string, act: () => Promise<void>): HTMLElement =>
    el('button', { type: 'button', click: () => void act() }, words);
  const canUndo = (await lastAct(app.store, Date.now())).length > 0;
  return el('nav', { class: 'tools', 'aria-label': 'Tools' },
    tool(texts.walkIn.title, () => showWalkIn(app, bundle)),
    tool(texts.paper.title, async () => {
      const paper = await askDocument(app);
      if (paper) await showPaper(app, bundle, paper);
    }),
    tool(texts.find.title, async () => ((await mayLookUp(app, bundle)) ? showFind(app, bundle) : undefined)),
    tool(texts.crowd.title, () => showCrowd(app, bundle)),
    (bundle.routes ?? []).length > 0 && tool(texts.convoy.title, () => showConvoy(app, bundle)),
    tool(texts.relay.title, () => showRelay(app, bundle)),
    canUndo && tool(texts.undo.title, () => undo(app)));
}

async function undo(app: App): Promise<void> {
  const { texts } = app;
  const answer = await ask(texts.undo.sure, [], [{ value: 'yes', words: texts.undo.yes }], texts.party.back);
  if (!answer || !(await undoLast(app.store, Date.now()))) return app.home();
  void app.sync();
  app.show(el('section', { class: 'done' }, el('h1', { role: 'status' }, texts.undo.done),
    el('button', { type: 'button', class: 'next main', click: () => void app.home() }, texts.screen.next)));
}
