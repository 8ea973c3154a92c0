/** A party that arrives at a staging base: who is here, who is not, and whither they go on. */
import type { App } from '../app';
import { el } from '../dom';
import { actOfArrival, actOfMissing, baseOf, legOnward, lostOf } from '../legs/arriving';
import { type ManifestParty, type Manifests, manifestsOf, type Row, seenSince } from '../legs/manifests';
import { deviceOf, legLine, legTexts, number, personWords, showDone, writeSeen } from './legs';
import { ask } from './question';

const NOTHING_KNOWN = new Map();

export async function showArrival(app: App, entry: ManifestParty): Promise<void> {
  const { texts } = app;
  const words = legTexts(app);
  const told = (await manifestsOf(app.store))!;
  const { here } = baseOf(told, await seenSince(app.store, told));
  const boxes = entry.persons.map((person, place) => {
    const isHere = here.has(person);
    const box = el('input', { type: 'checkbox', value: person, disabled: isHere, checked: isHere });
    return { box, person, isHere, label: el('label', {}, box, ` ${personWords(app, NOTHING_KNOWN, person, place)}`, isHere && el('small', {}, ` (${words.isHere})`)) };
  });
  const message = el('p', { class: 'message', role: 'status' });
  const all = el('button', { type: 'button', class: 'all', click: () => { for (const { box, isHere } of boxes) if (!isHere) box.checked = true; } }, texts.party.allHere);
  const arrive = async (): Promise<void> => {
    const present = boxes.filter(({ box, isHere }) => box.checked && !isHere).map(({ person }) => person);
    if (!present.length) return void (message.textContent = texts.party.nobody);
    try {
      await conclude(app, told, entry, present, here);
    } catch {
      message.textContent = texts.screen.notSaved;
    }
  };
  app.show(el('form', { class: 'boarding', submit: (event) => event.preventDefault() },
    el('h1', { id: 'word', class: 'party', tabindex: '-1' }, el('bdi', { dir: 'ltr' }, entry.id)), onwardLine(app, told, entry),
    el('fieldset', {}, el('legend', {}, `${texts.screen.heads}: ${number(app, boxes.length)}. ${texts.screen.present}`), all, ...boxes.map(({ label }) => label)),
    message, el('button', { type: 'button', class: 'next main', click: () => void arrive() }, words.arrived),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
  app.root.querySelector<HTMLElement>('#word')?.focus();
}

/** Fewer off than on is asked about: each who doesn't come off is a case, unless they come later. */
async function conclude(app: App, told: Manifests, entry: ManifestParty, present: string[], here: ReadonlySet<string>): Promise<void> {
  const words = legTexts(app);
  const { texts } = app;
  const lost = lostOf(entry, present, here);
  const absent = entry.persons.filter((person) => !present.includes(person) && !here.has(person));
  const who = absent.map((person) => personWords(app, NOTHING_KNOWN, person, entry.persons.indexOf(person)));
  const answers = [{ value: 'later', words: words.later }, ...(lost.length ? [{ value: 'lost', words: words.lost }] : [])] as const;
  const answer = absent.length ? await ask(words.lostAsk, who, answers, texts.party.back) : 'later';
  if (!answer) return;
  const rows = present.map((person): Row => [person, entry.id]);
  const acts = [actOfArrival(told.point, entry.leg, rows)];
  if (answer === 'lost') acts.push(actOfMissing(told.point, entry.leg, lost, await deviceOf(app)));
  await writeSeen(app, told, acts, told.point, rows);
  const { beds, free } = baseOf(told, await seenSince(app.store, told));
  showDone(app, texts.screen.saved, onwardLine(app, told, entry),
    beds !== null && free !== null && el('p', { class: free < 0 ? 'remark' : 'hint' }, el('b', { dir: 'ltr' }, number(app, free)), ` ${words.free} / ${number(app, beds)} ${words.beds}`));
}

function onwardLine(app: App, told: Manifests, entry: ManifestParty): HTMLElement {
  const words = legTexts(app);
  const leg = legOnward(entry, told);
  return el('p', {}, `${words.onward}: `, leg ? legLine(app, told, leg) : words.noOnward);
}
