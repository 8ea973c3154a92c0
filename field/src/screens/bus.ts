/** Loading a bus, or a flight, by its manifest: which leg, how far it is loaded, whoever comes next. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { actOfEncounter, entryOf, type Load, loadOf, standingBy } from '../legs/loading';
import { type ManifestLeg, type Manifests, manifestsOf, seenSince } from '../legs/manifests';
import { bundleOf, keepSettings, settingsOf } from '../store';
import { lastAct } from '../undo';
import { showBoarding } from './boarding';
import { showConvoy } from './convoy';
import { showDeparture } from './departure';
import { footer } from './footer';
import { hour, legLine, legTexts, number, showDone, shownBy, type Shown, watchedActs } from './legs';
import { reader } from './reader';
import { askUndo } from './undo';

export async function showBus(app: App, bundle: Bundle): Promise<void> {
  const told = await manifestsOf(app.store);
  const { leg: chosen } = await settingsOf(app.store);
  const leg = told?.legs.find((one) => one.id === chosen);
  if (!told || !leg) return showChoice(app, bundle, told);
  return showLoading(app, bundle, told, leg);
}

async function showChoice(app: App, bundle: Bundle, told: Manifests | undefined): Promise<void> {
  const words = legTexts(app);
  const choose = async (leg: string): Promise<void> => {
    await keepSettings(app.store, { leg });
    await app.home();
  };
  const legs = (told?.legs ?? []).map((leg) =>
    el('button', { type: 'button', class: 'choice', click: () => void choose(leg.id) }, legLine(app, told!, leg)));
  app.show(el('section', {}, el('h1', {}, words.choose), ...legs, legs.length === 0 && el('p', {}, words.none)), await footer(app, bundle));
  if (legs.length === 0) app.afterSync = () => app.home();
}

async function showLoading(app: App, bundle: Bundle, told: Manifests, leg: ManifestLeg): Promise<void> {
  const words = legTexts(app);
  const load = loadOf(leg, told, await seenSince(app.store, told));
  const figures = el('div', {}, ...loadFigures(app, told, load));
  const read = reader(app, words.show, words.type, (text) => void meet(app, bundle, leg.id, text));
  const tool = (text: string, act: () => Promise<void>): HTMLElement => el('button', { type: 'button', click: () => void act() }, text);
  const canUndo = (await lastAct(app.store, Date.now())).length > 0;
  const nav = el('nav', { class: 'tools', 'aria-label': 'Tools' },
    tool(words.list, () => showList(app, bundle, leg.id)),
    tool(words.leave, () => showDeparture(app, leg.id)),
    tool(app.texts.convoy.title, () => showConvoy(app, { ...bundle, routes: [leg.id] })),
    tool(words.another, async () => { await keepSettings(app.store, { leg: '' }); await app.home(); }),
    canUndo && tool(app.texts.undo.title, () => askUndo(app)));
  let foot = await footer(app, bundle);
  app.show(figures, read.element, nav, foot);
  app.afterSync = async () => {
    const fresh = (await manifestsOf(app.store))!;
    const again = fresh.legs.find((one) => one.id === leg.id);
    if (again) figures.replaceChildren(...loadFigures(app, fresh, loadOf(again, fresh, await seenSince(app.store, fresh))));
    const next = await footer(app, (await bundleOf(app.store))!);
    foot.replaceWith(next);
    foot = next;
  };
  await read.start();
}

/** Of how many how many are aboard: the figure that is read from across a yard. */
function loadFigures(app: App, told: Manifests, load: Load): HTMLElement[] {
  const words = legTexts(app);
  const others = [...load.aboard.keys()].filter((one) => !load.expected.has(one)).length;
  const figure = (value: number, word: string): HTMLElement => el('p', {}, el('b', {}, number(app, value)), ` ${word}`);
  return [
    el('h1', { class: 'title' }, legLine(app, told, load.leg)),
    el('div', { class: 'figures' }, figure(load.aboard.size, words.aboard), figure(load.expected.size, words.expected),
      figure(load.missing.size, words.missing), figure(load.leg.seats, words.seats)),
    ...(others ? [el('p', { class: 'quiet' }, `${number(app, others)} ${words.others}`)] : []),
    el('p', { class: 'quiet' }, load.leg.version ? `${words.manifest} ${number(app, load.leg.version)}` : words.noManifest),
    ...(load.departed ? [el('p', { class: 'remark' }, `${words.left} ${number(app, load.counted ?? load.aboard.size)}: ${hour(app, load.departed)}. ${words.lateScans}`)] : []),
  ];
}

/** Whoever is before the door: of this leg, of another, or of none that this phone knows. */
async function meet(app: App, bundle: Bundle, leg: string, text: string): Promise<void> {
  const told = (await manifestsOf(app.store))!;
  const shown = await shownBy(app, bundle, told, text);
  const found = shown.party ? entryOf(shown.party, leg, told, await seenSince(app.store, told)) : null;
  navigator.vibrate?.(found?.isHere ? [80] : [80, 80, 80]);
  if (found?.isHere) return showBoarding(app, { leg, entry: found.entry, shown, isAlong: false });
  const other = found && told.legs.find((one) => one.id === found.entry.leg);
  if (found && other) return showOther(app, leg, other, { ...shown, party: found.entry.id });
  showUnknown(app, told.legs.find((one) => one.id === leg)!, shown);
}

/** Of another bus: said in words, with where it is and when it goes; the officer decides. */
async function showOther(app: App, mine: string, other: ManifestLeg, shown: Shown): Promise<void> {
  const words = legTexts(app);
  const told = (await manifestsOf(app.store))!;
  const seen = await seenSince(app.store, told);
  const { entry } = entryOf(shown.party, mine, told, seen)!;
  const { departed } = loadOf(other, told, seen);
  const leg = told.legs.find((one) => one.id === mine)!;
  const note = async (): Promise<void> => {
    await app.write([actOfEncounter(leg, 'other-leg', entry.persons.length, entry.id), ...watchedActs(told.point, shown)]);
    showDone(app, words.noted);
  };
  const button = (text: string, act: () => void, kind = ''): HTMLElement => el('button', { type: 'button', class: `next ${kind}`, click: act }, text);
  app.show(el('section', { class: 'verdict look-closer' },
    el('div', { class: 'banner', role: 'alert' }, el('div', {}, el('h1', { id: 'word', tabindex: '-1' }, words.otherLeg, shown.isWatched && ' ·'), legLine(app, told, other))),
    departed > 0 && el('p', { class: 'remark' }, `${words.hasLeft} ${hour(app, departed)}`),
    el('p', {}, `${app.texts.screen.heads}: ${number(app, entry.persons.length)}`), el('p', { class: 'document' }, words.neverAway),
    departed === 0 && button(words.sendThere, () => void note(), 'main'),
    button(words.takeAlong, () => void showBoarding(app, { leg: mine, entry, shown, isAlong: true }), departed ? 'main' : ''),
    button(words.toDesk, () => void note()),
    button(app.texts.party.back, () => void app.home())));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

function showUnknown(app: App, leg: ManifestLeg, shown: Shown): void {
  const words = legTexts(app);
  const note = async (): Promise<void> => {
    await app.write([actOfEncounter(leg, 'unknown-here', 0)]);
    showDone(app, words.noted);
  };
  app.show(el('section', { class: 'verdict look-closer' },
    el('div', { class: 'banner', role: 'alert' }, el('h1', { id: 'word', tabindex: '-1' }, words.unknown)),
    ...(shown.verdict?.codes ?? []).map((code) => el('p', {}, app.texts.codes[code])),
    el('p', { class: 'document' }, words.neverAway),
    el('button', { type: 'button', class: 'next main', click: () => void note() }, words.toDesk),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, app.texts.party.back)));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

/** The lines of the manifest with somebody missing first: by the id that stands on the paper one too. */
async function showList(app: App, bundle: Bundle, id: string): Promise<void> {
  const words = legTexts(app);
  const told = (await manifestsOf(app.store))!;
  const leg = told.legs.find((one) => one.id === id)!;
  const load = loadOf(leg, told, await seenSince(app.store, told));
  const open = load.parties.filter((one) => one.persons.some((person) => !load.aboard.has(person)));
  const lines = open.map((entry) => el('button', { type: 'button', class: 'choice', click: () => void meet(app, bundle, id, entry.id) },
    entry.number > 0 && `${words.line} ${number(app, entry.number)} · `, el('bdi', { dir: 'ltr' }, entry.id),
    ` · ${number(app, entry.persons.filter((person) => !load.aboard.has(person)).length)} ${words.missing}`));
  const waiting = standingBy(load, told);
  const free = load.leg.seats - load.aboard.size;
  const turn = waiting.map((entry) => el('button', { type: 'button', class: 'choice', click: () => void meet(app, bundle, id, entry.id) },
    el('bdi', { dir: 'ltr' }, entry.id), ` · ${words.person}: ${number(app, entry.persons.length)}`));
  app.show(el('section', {}, el('h1', {}, words.list), lines.length === 0 && el('p', {}, words.nobodyDue), ...lines,
    turn.length > 0 && el('h2', {}, `${words.standBy} (${number(app, Math.max(0, free))} ${words.free})`), ...turn,
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, app.texts.party.back)));
}
