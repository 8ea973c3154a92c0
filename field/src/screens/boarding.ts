/** A party at the door of a bus: who boards; what has to be asked before; the events. */
import { agesOf, tooOld } from '../age';
import type { App } from '../app';
import { el } from '../dom';
import { actOfBoarding, actOfEncounter, elsewhere, type Load, loadOf } from '../legs/loading';
import { type ManifestParty, type Manifests, manifestsOf, type Row, seenSince } from '../legs/manifests';
import { isOfChildren } from '../party';
import { type Act, bundleOf } from '../store';
import { wordsOf } from './age';
import { legTexts, number, personWords, showDone, type Shown, watchedActs, writeSeen } from './legs';
import { ask } from './question';

/** What the check of a pass says that matters before the gate: not that its window is yet to come. */
const TOLD = new Set(['revoked', 'bad-signature', 'wrong-operation', 'used-here', 'used-elsewhere', 'already-admitted']);

export interface Boarding {
  leg: string;
  entry: ManifestParty;
  shown: Shown;
  /** Of another leg, and taken along all the same. */
  isAlong: boolean;
}

export async function showBoarding(app: App, boarding: Boarding): Promise<void> {
  const { texts } = app;
  const words = legTexts(app);
  const { entry, shown } = boarding;
  const told = (await manifestsOf(app.store))!;
  const seen = await seenSince(app.store, told);
  const load = loadOf(told.legs.find((one) => one.id === boarding.leg)!, told, seen);
  const boxes = entry.persons.map((person, place) => {
    const box = el('input', { type: 'checkbox', value: person });
    const other = elsewhere(person, entry, boarding.leg, told, seen);
    const label = el('label', {}, box, ` ${personWords(app, shown.members, person, place)}`,
      load.aboard.has(person) && el('small', {}, ` (${words.sitting})`),
      !load.aboard.has(person) && other !== '' && el('small', {}, ` (${words.isOn} `, el('bdi', {}, other), ')'));
    return { box, label, person, place };
  });
  const open = (): typeof boxes => boxes.filter(({ person }) => !load.aboard.has(person));
  const message = el('p', { class: 'message', role: 'status' });
  const all = el('button', { type: 'button', class: 'all', click: () => { for (const { box } of open()) box.checked = true; } }, texts.party.allHere);
  const board = async (): Promise<void> => {
    const present = boxes.filter(({ box }) => box.checked).map(({ person }) => person);
    if (!present.length) return void (message.textContent = words.tick);
    try {
      await conclude(app, told, load, boarding, present);
    } catch {
      message.textContent = texts.screen.notSaved;
    }
  };
  app.show(el('form', { class: 'boarding', submit: (event) => event.preventDefault() },
    el('h1', { id: 'word', class: 'party', tabindex: '-1' }, entry.number > 0 && `${words.line} ${number(app, entry.number)} · `, el('bdi', { dir: 'ltr' }, entry.id), shown.isWatched && ' ·'),
    ...(shown.verdict?.codes ?? []).filter((code) => TOLD.has(code)).map((code) => el('p', { class: 'remark' }, texts.codes[code])),
    entry.is_stand_by === true && el('p', { class: 'remark' }, words.standsBy),
    el('fieldset', {}, el('legend', {}, `${texts.screen.heads}: ${number(app, boxes.length)}. ${words.tick}`), all, ...boxes.map(({ label }) => label)),
    message, el('button', { type: 'button', class: 'next main', click: () => void board() }, words.board),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

/** What this phone boards people by, and is too old for one pair of eyes. */
async function agesTooOld(app: App): Promise<string[]> {
  const bundle = (await bundleOf(app.store))!;
  return tooOld(await agesOf(app.store, bundle, Math.floor(Date.now() / 1000))).map((age) => wordsOf(app, age));
}

/** Every question is over the whole screen; going back from one writes nothing. */
async function conclude(app: App, told: Manifests, load: Load, { entry, shown, isAlong }: Boarding, present: string[]): Promise<void> {
  const { texts } = app;
  const words = legTexts(app);
  const { members } = shown;
  const sure = (question: string, details: string[], yes: string): Promise<'yes' | null> =>
    ask(question, details, [{ value: 'yes', words: yes }], texts.party.back);
  const isAloneNow = isOfChildren(present.map((person) => members.get(person)))
    && !entry.persons.some((person) => load.aboard.has(person) && !isOfChildren([members.get(person)]));
  if (isAloneNow) {
    if (!(await sure(texts.party.childAlone, [], texts.party.toFocalPoint))) return;
    await app.write([actOfEncounter(load.leg, 'child-without-adult', present.length, entry.id), ...watchedActs(told.point, shown)]);
    return showDone(app, texts.screen.saved, el('p', {}, texts.party.toFocalPoint));
  }
  if (present.some((person) => load.aboard.has(person)) && !(await sure(words.again, [], words.stepped))) return;
  const absent = entry.persons.filter((person) => !present.includes(person) && !load.aboard.has(person));
  const who = absent.map((person) => personWords(app, members, person, entry.persons.indexOf(person)));
  if (absent.length && !(await sure(words.notAll, who, words.boardHere))) return;
  const after = new Set([...load.aboard.keys(), ...present]).size;
  if (after > load.leg.seats && !(await sure(`${words.full} ${number(app, after)} / ${number(app, load.leg.seats)}`, [], words.fits))) return;
  const old = await agesTooOld(app);
  if (old.length && !(await sure(texts.party.tooOld, old, words.twoPairs))) return;
  const rows = present.map((person): Row => [person, entry.id]);
  const acts: Act[] = [
    ...(old.length ? [actOfEncounter(load.leg, 'second-look', present.length, entry.id)] : []),
    ...(entry.is_stand_by ? [actOfEncounter(load.leg, 'stand-by', present.length, entry.id)] : []),
    ...(isAlong ? [actOfEncounter(load.leg, 'taken-along', present.length, entry.id)] : []),
    actOfBoarding(load.leg, rows), ...watchedActs(told.point, shown),
  ];
  await writeSeen(app, told, acts, load.leg.id, rows);
  showDone(app, texts.screen.saved, el('p', { class: 'slip' }, `${number(app, after)} / ${number(app, load.expected.size)}`), el('p', { class: 'hint' }, words.aboard));
}
