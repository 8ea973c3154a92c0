/** A staging base: who arrives, by scan or code; beds; whither they go on; whoever has no booking is taken in too. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { arrivalOf, baseOf } from '../legs/arriving';
import { type Manifests, manifestsOf, seenSince } from '../legs/manifests';
import { bundleOf } from '../store';
import { lastAct } from '../undo';
import { showArrival } from './arrival';
import { showCrowd } from './crowd';
import { footer } from './footer';
import { hour, legTexts, number, shownBy } from './legs';
import { reader } from './reader';
import { askUndo } from './undo';
import { showWalkIn } from './walkin';

export async function showBase(app: App, bundle: Bundle): Promise<void> {
  const words = legTexts(app);
  const told = (await manifestsOf(app.store))!;
  const figures = el('div', {}, ...(await baseFigures(app, told)));
  const read = reader(app, words.show, words.type, (text) => void meet(app, bundle, text));
  const tool = (text: string, act: () => Promise<void>): HTMLElement => el('button', { type: 'button', click: () => void act() }, text);
  const canUndo = (await lastAct(app.store, Date.now())).length > 0;
  const nav = el('nav', { class: 'tools', 'aria-label': 'Tools' },
    tool(words.walkIn, () => showWalkIn(app, bundle)),
    tool(words.due, () => showDue(app, bundle)),
    tool(app.texts.crowd.title, () => showCrowd(app, bundle)),
    canUndo && tool(app.texts.undo.title, () => askUndo(app)));
  let foot = await footer(app, bundle);
  app.show(figures, read.element, nav, foot);
  app.afterSync = async () => {
    figures.replaceChildren(...(await baseFigures(app, (await manifestsOf(app.store))!)));
    const next = await footer(app, (await bundleOf(app.store))!);
    foot.replaceWith(next);
    foot = next;
  };
  await read.start();
}

async function baseFigures(app: App, told: Manifests): Promise<HTMLElement[]> {
  const words = legTexts(app);
  const { here, beds, free, due } = baseOf(told, await seenSince(app.store, told));
  const figure = (value: number, word: string, kind = ''): HTMLElement => el('p', { class: kind }, el('b', { dir: 'ltr' }, number(app, value)), ` ${word}`);
  return [
    el('h1', { class: 'title' }, `${words.base}: `, el('bdi', {}, told.places[told.point] ?? told.point)),
    el('div', { class: 'figures' }, figure(here.size, words.here), figure(due.size, words.due),
      ...(beds === null || free === null ? [el('p', {}, words.noBeds)] : [figure(beds, words.beds), figure(free, words.free, free < 0 ? 'old' : '')])),
    ...(free !== null && free < 0 ? [el('p', { class: 'remark' }, words.overfull)] : []),
  ];
}

async function meet(app: App, bundle: Bundle, text: string): Promise<void> {
  const told = (await manifestsOf(app.store))!;
  const shown = await shownBy(app, bundle, told, text);
  const { here } = baseOf(told, await seenSince(app.store, told));
  const entry = shown.party ? arrivalOf(shown.party, told, here) : null;
  navigator.vibrate?.(entry ? [80] : [80, 80, 80]);
  return entry ? showArrival(app, entry) : showUnknown(app, bundle);
}

/** Nobody is sent away from a base: who has no booking has a bed, and is registered later. */
function showUnknown(app: App, bundle: Bundle): void {
  const words = legTexts(app);
  app.show(el('section', { class: 'verdict look-closer' },
    el('div', { class: 'banner', role: 'alert' }, el('h1', { id: 'word', tabindex: '-1' }, words.noBooking)),
    el('p', { class: 'document' }, words.noBookingNote),
    el('button', { type: 'button', class: 'next main', click: () => void showWalkIn(app, bundle) }, words.walkIn),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, app.texts.party.back)));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

/** Who is still to arrive, leg by leg. */
async function showDue(app: App, bundle: Bundle): Promise<void> {
  const words = legTexts(app);
  const told = (await manifestsOf(app.store))!;
  const { due } = baseOf(told, await seenSince(app.store, told));
  const legs = told.legs.filter((one) => one.destination === told.point);
  const sections = legs.flatMap((leg) => {
    const parties = told.parties.filter((one) => one.leg === leg.id && one.persons.some((person) => due.has(person)));
    if (!parties.length) return [];
    return [el('h2', {}, el('bdi', { dir: 'ltr' }, leg.id), ` · ${hour(app, leg.arrives)}`), ...parties.map((one) =>
      el('button', { type: 'button', class: 'choice', click: () => void meet(app, bundle, one.id) }, el('bdi', { dir: 'ltr' }, one.id),
        ` · ${number(app, one.persons.filter((person) => due.has(person)).length)}`))];
  });
  app.show(el('section', {}, el('h1', {}, words.due), ...sections,
    sections.length === 0 && el('p', {}, legs.length ? words.nobodyDue : words.noLegs),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, app.texts.party.back)));
}
