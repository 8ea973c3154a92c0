/** The age of what this phone knows, in words: under the check, and in the question that asks for a second look. */
import { type Age, agesOf } from '../age';
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { ask } from './question';

const HOUR = 3600;

/** One line for each; what is too old says so in a word, not by its colour alone. */
export async function ageLines(app: App, bundle: Bundle): Promise<HTMLElement> {
  const ages = await agesOf(app.store, bundle, Math.floor(Date.now() / 1000));
  return el('ul', { class: 'ages' }, ...ages.map((age) => el('li', { class: age.standing === 'fresh' ? '' : 'old' }, wordsOf(app, age))));
}

export function wordsOf({ texts: { ages: words } }: App, { known, seconds, standing }: Age): string {
  const age = seconds === null ? words.unknown : `${Math.floor(seconds / HOUR)} ${words.hours}`;
  return `${words[known]}: ${age}${standing === 'fresh' ? '' : ` – ${words[standing]}`}`;
}

/** Whether to go on with an index of look-ups that is too old: asked, and never answered by accident. */
export async function mayLookUp(app: App, bundle: Bundle): Promise<boolean> {
  const ages = await agesOf(app.store, bundle, Math.floor(Date.now() / 1000));
  const old = ages.filter(({ known, standing }) => known === 'lookup' && standing === 'secondLook');
  if (!old.length) return true;
  const { ages: words, party } = app.texts;
  return (await ask(words.question, old.map((age) => wordsOf(app, age)), [{ value: 'yes', words: words.lookAnyway }], party.back)) !== null;
}
