/** A leg leaves: heads are counted by eye, and whatever differs is asked about before it is written. */
import type { App } from '../app';
import { el } from '../dom';
import { actsOfDeparture, loadOf } from '../legs/loading';
import { manifestsOf, seenSince } from '../legs/manifests';
import { deviceOf, legLine, legTexts, number, showDone, writeSeen } from './legs';
import { ask } from './question';

const ZEROS = ['٠', '۰'].map((zero) => zero.codePointAt(0)!);

export async function showDeparture(app: App, id: string): Promise<void> {
  const { texts } = app;
  const words = legTexts(app);
  const told = (await manifestsOf(app.store))!;
  const load = loadOf(told.legs.find((one) => one.id === id)!, told, await seenSince(app.store, told));
  const heads = el('input', { id: 'heads', inputmode: 'numeric', autocomplete: 'off', maxlength: '4', dir: 'ltr' });
  const message = el('p', { class: 'message', role: 'status' });
  const sure = (question: string, details: string[], yes: string): Promise<'yes' | null> =>
    ask(question, details, [{ value: 'yes', words: yes }], texts.party.back);
  const leave = async (): Promise<void> => {
    const counted = figureOf(heads.value);
    if (counted === null) return void (message.textContent = words.countFirst);
    const compared = [`${words.byEye}: ${number(app, counted)}`, `${words.byScans}: ${number(app, load.aboard.size)}`];
    if (counted !== load.aboard.size && !(await sure(words.differs, compared, words.isRight))) return;
    const missing = load.parties.map((one) => ({ one, heads: one.persons.filter((person) => !load.aboard.has(person)).length })).filter((line) => line.heads);
    const lines = missing.map(({ one, heads: absent }) => `${one.number ? `${words.line} ${number(app, one.number)} · ` : ''}${one.id}: ${number(app, absent)}`);
    if (lines.length && !(await sure(`${words.without} ${number(app, load.missing.size)}`, lines, words.leaveWithout))) return;
    try {
      await writeSeen(app, told, actsOfDeparture(load, counted, await deviceOf(app)), load.leg.id, [], counted);
    } catch {
      return void (message.textContent = texts.screen.notSaved);
    }
    showDone(app, `${words.left} ${number(app, counted)}`, el('p', {}, texts.screen.saved));
  };
  app.show(el('form', { submit: (event) => { event.preventDefault(); void leave(); } },
    el('h1', { class: 'title' }, legLine(app, told, load.leg)),
    el('p', {}, `${number(app, load.aboard.size)} ${words.byScans} · ${number(app, load.expected.size)} ${words.expected}`),
    el('label', { for: 'heads' }, words.counted), heads, message,
    el('button', { type: 'submit', class: 'next main' }, words.leave),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
  heads.focus();
}

/** A number as it is typed in any of the three languages; null if it is none. */
export function figureOf(text: string): number | null {
  const plain = [...text.trim()].map((sign) => {
    const zero = ZEROS.find((start) => sign.codePointAt(0)! >= start && sign.codePointAt(0)! < start + 10);
    return zero === undefined ? sign : String(sign.codePointAt(0)! - zero);
  }).join('');
  return /^\d{1,4}$/u.test(plain) ? Number(plain) : null;
}
