/** The other things an officer does, one thumb away from the check. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { lastAct } from '../undo';
import { mayLookUp } from './age';
import { showConvoy } from './convoy';
import { showCrowd } from './crowd';
import { askDocument } from './document';
import { showFind } from './find';
import { showPaper } from './paper';
import { showRelay } from './relay';
import { askUndo } from './undo';
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
    canUndo && tool(texts.undo.title, () => askUndo(app)));
}
