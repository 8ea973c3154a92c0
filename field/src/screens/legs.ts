/** What the screens of a bus and of a base have in common: whose it is that is held out, places and hours in words, writing. */
import type { App } from '../app';
import { type Bundle, knownCodes, stateOf } from '../bundle';
import { readRecognitionCode, recognise } from '../codes';
import { el } from '../dom';
import type { ManifestLeg, Manifests, Row, Seen } from '../legs/manifests';
import { partyTyped, tagsOfText } from '../legs/presented';
import { type Act, identityOf, usesOf } from '../store';
import { LEG_TEXTS, type LegTexts } from '../texts/legs';
import type { Member, Verdict } from '../values';
import { touch } from '../vault/lock';
import { verifyPass } from '../verify';

export const legTexts = (app: App): LegTexts => LEG_TEXTS[app.language];

/** What was held out: its party (empty: none that this phone knows), and what else the phone can say of it. */
export interface Shown {
  party: string;
  /** Sex and age band of each person, where the pass itself opened. */
  members: ReadonlyMap<string, Member>;
  /** On a pass whose key this phone has. */
  verdict: Verdict | null;
  isWatched: boolean;
}

const MISS_COSTS_MS = 3000;

export async function shownBy(app: App, bundle: Bundle, told: Manifests, text: string): Promise<Shown> {
  touch();
  const byHeart = readRecognitionCode(text) ? await recognise(text, bundle.point_day_keys, knownCodes(bundle)) : null;
  if (byHeart) {
    const pass = bundle.passes.find((one) => one.id === byHeart.pass);
    return { party: pass?.party ?? '', members: new Map(), verdict: null, isWatched: byHeart.isWatched };
  }
  const tag = (await tagsOfText(text, told.key)).find((one) => one in told.tags);
  const party = tag ? told.tags[tag]! : partyTyped(text, told.parties.map((one) => one.id));
  const verdict = bundle.point_day_keys.length ? await verdictOn(app, bundle, text) : null;
  if (!party && readRecognitionCode(text)) await noteMiss(app, told);
  return { party, members: membersOf(bundle, verdict), verdict: verdict?.content ? verdict : null, isWatched: false };
}

async function verdictOn(app: App, bundle: Bundle, text: string): Promise<Verdict> {
  const state = await stateOf(bundle, await usesOf(app.store));
  return verifyPass(text.trim(), state, Math.floor(Date.now() / 1000), await app.point(bundle));
}

function membersOf(bundle: Bundle, verdict: Verdict | null): Map<string, Member> {
  const pass = bundle.passes.find((one) => one.id === verdict?.content?.id);
  return new Map((pass?.persons ?? []).flatMap((person, place) => {
    const member = verdict!.content!.members[place];
    return member ? [[person, member] as const] : [];
  }));
}

/** A code learnt by heart that is nobody's: told to the site, and slow, so that nobody guesses one. */
async function noteMiss(app: App, told: Manifests): Promise<void> {
  await app.write([{ kind: 'lookup-made', body: { by: 'recognition-code', hits: 0, point: told.point } }]);
  await new Promise((resume) => setTimeout(resume, MISS_COSTS_MS));
}

/** Who it is, as far as the phone knows: sex and age band, else a number. */
export function personWords(app: App, members: ReadonlyMap<string, Member>, person: string, place: number): string {
  const member = members.get(person);
  if (!member) return `${legTexts(app).person} ${new Intl.NumberFormat(app.language).format(place + 1)}`;
  return `${app.texts.sexes[member.sex]}, ${app.texts.ageBands[member.ageBand]}`;
}

export const number = (app: App, value: number): string => new Intl.NumberFormat(app.language).format(value);

export const hour = (app: App, seconds: number): string =>
  new Intl.DateTimeFormat(app.language, { dateStyle: 'short', timeStyle: 'short' }).format(seconds * 1000);

/** A leg in a line: what it is, its plate, whence and whither, when. */
export function legLine(app: App, told: Manifests, leg: ManifestLeg): HTMLElement {
  const words = legTexts(app);
  const place = (id: string): HTMLElement => el('bdi', {}, told.places[id] ?? id);
  return el('span', { class: 'leg' },
    el('b', { dir: 'ltr' }, leg.id), leg.vehicle !== '' && ' ', leg.vehicle !== '' && el('bdi', { dir: 'ltr' }, leg.vehicle), el('br'),
    `${words.from} `, place(leg.origin), ` ${words.to} `, place(leg.destination), el('br'), `${words.departs}: `, el('bdi', {}, hour(app, leg.departs)));
}

/** Writes what was seen at a leg or a base, and remembers it in the same breath. */
export async function writeSeen(app: App, told: Manifests, acts: Act[], place: string, rows: Row[], heads?: number): Promise<void> {
  const seen: Seen = {
    pass: '', members: [], point: told.point, place, rows, at: Math.floor(Date.now() / 1000), heard: told.made_at,
    ...(heads !== undefined && { heads }),
  };
  await app.write(acts, seen);
}

/** The code that says "I am being watched", told with whatever is written next. */
export const watchedActs = (point: string, { isWatched, party }: Shown): Act[] =>
  isWatched && party ? [{ kind: 'watched-signalled', body: { point, party } }] : [];

export const deviceOf = async (app: App): Promise<string> => (await identityOf(app.store))?.device ?? '';

/** The last word on a screen: saved, what follows, and the way on. */
export function showDone(app: App, words: string, ...more: (HTMLElement | string | false)[]): void {
  app.show(el('section', { class: 'done' }, el('h1', { id: 'word', tabindex: '-1' }, words), ...more,
    el('button', { type: 'button', class: 'next main', click: () => void app.home() }, app.texts.screen.next)));
  app.root.querySelector<HTMLElement>('#word')?.focus(); // heard by whoever hears the screen
}
