/** A document without a pass: the pass of its holder where this point knows it, else what it says and the way in without one. */
import type { App } from '../app';
import { stateOf, type Bundle } from '../bundle';
import { el } from '../dom';
import { namingOtherwise } from '../otherwise';
import { type Paper, tagsOf } from '../paper';
import { usesOf } from '../store';
import { judgeKnown } from '../typed';
import { remarksOf } from './document';
import { showJudged } from './judged';
import { showWalkIn } from './walkin';

export async function showPaper(app: App, bundle: Bundle, paper: Paper): Promise<void> {
  const { texts } = app;
  const tags = new Set(await tagsOf(paper, bundle.point_day_keys));
  const pass = bundle.passes.find((one) => one.tags?.some((member) => member.some((tag) => tags.has(tag))));
  if (pass) {
    const uses = await usesOf(app.store);
    const point = await app.point(bundle);
    const known = await judgeKnown(pass.id, bundle, await stateOf(bundle, uses), Math.floor(Date.now() / 1000), point);
    const verdict = namingOtherwise(known, bundle, uses);
    const bound = pass.tags!.flatMap((member, place) => (member.some((tag) => tags.has(tag)) ? [place] : []));
    return showJudged(app, bundle, point, verdict, { bound, paper });
  }
  app.show(el('section', { class: 'paper' }, el('h1', {}, texts.paper.title),
    el('p', { dir: 'ltr' }, `${paper.issuer} · ${paper.nationality} · ${paper.birth}`),
    el('p', {}, texts.paper.unknown), ...remarksOf(app, paper),
    el('button', { type: 'button', class: 'main', click: () => void showWalkIn(app, bundle, paper) }, texts.paper.walkIn),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
}
