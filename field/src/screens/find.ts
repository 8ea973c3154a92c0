/** Finding somebody in a crowd: a name gives a number, a name and one more fact the party. Each look-up is an event. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { counted, FACT_KINDS, type FactKind, type Hit, LOOKUPS_PER_MS, MOST_LOOKUPS, valuesOf } from '../lookup';
import { keepSettings, lookupOf, settingsOf } from '../store';
import { touch } from '../vault/lock';

export async function showFind(app: App, bundle: Bundle): Promise<void> {
  const texts = app.texts.find;
  const name = el('input', { id: 'name', autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
  const kind = el('select', { id: 'kind' }, el('option', { value: '' }, texts.none), ...FACT_KINDS.map((one) => el('option', { value: one }, texts[one])));
  const fact = el('input', { id: 'fact', autocomplete: 'off', spellcheck: 'false', dir: 'auto' });
  const answer = el('div', { class: 'answer', role: 'status' });
  const left = el('p', { class: 'quiet' });
  const tell = async (): Promise<void> => { left.textContent = `${MOST_LOOKUPS - (await timesOf(app)).length} ${texts.shown}. ${texts.everyAct}`; };
  const ask = async (event: Event): Promise<void> => {
    event.preventDefault();
    touch();
    answer.replaceChildren(...(await lookUp(app, bundle, name.value, kind.value as FactKind | '', fact.value)));
    await tell();
  };
  app.show(el('form', { class: 'find', submit: (event) => void ask(event) },
    el('h1', {}, texts.title), el('label', { for: 'name' }, texts.name), name,
    el('label', { for: 'kind' }, texts.kind), kind, el('label', { for: 'fact' }, texts.fact), fact,
    el('button', { type: 'submit', class: 'main' }, texts.ask), answer, left,
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, app.texts.party.back)));
  await tell();
  name.focus();
}

const timesOf = async (app: App): Promise<number[]> => counted((await settingsOf(app.store)).lookups ?? [], Date.now());

async function lookUp(app: App, bundle: Bundle, name: string, kind: FactKind | '', fact: string): Promise<HTMLElement[]> {
  const texts = app.texts.find;
  const lookup = await lookupOf(app.store);
  if (!lookup) return [el('p', {}, texts.noIndex)];
  const isWithFact = kind !== '' && valuesOf(kind, fact).length > 0;
  if (!name.trim() && !isWithFact) return [];
  const times = await timesOf(app);
  if (times.length >= MOST_LOOKUPS) {
    const minutes = Math.ceil((LOOKUPS_PER_MS - (Date.now() - times[0]!)) / 60_000);
    return [el('p', { class: 'old' }, `${texts.wait} ${minutes} ${app.texts.units.minute}`)];
  }
  await keepSettings(app.store, { lookups: [...times, Date.now()] });
  const point = await app.point(bundle);
  const note = (by: string, hits: number): Promise<unknown> => app.write([{ kind: 'lookup-made', body: { by, hits, ...(point && { point }) } }]);
  if (!isWithFact) {
    const many = await lookup.count(name);
    await note('name', 0);
    return [el('p', {}, many ? `${many} ${texts.many}` : texts.nobody)];
  }
  const { hits, all } = await lookup.find(name, kind, fact);
  await note(name.trim() ? `name-and-${kind}` : kind, hits.length);
  if (!hits.length) return [el('p', {}, texts.nobody)];
  const isOther = name.trim() !== '' && hits.every((hit) => !hit.agreeing);
  return [...(isOther ? [el('p', { class: 'old' }, texts.otherName)] : []), ...partiesOf(app, bundle, hits), ...(all > hits.length ? [el('p', { class: 'old' }, `${all} ${texts.many}`)] : [])];
}

/** Each party once: its tier, and where and when it is called. No name: the phone has none. */
function partiesOf(app: App, bundle: Bundle, hits: Hit[]): HTMLElement[] {
  const texts = app.texts.find;
  const time = new Intl.DateTimeFormat(app.language, { dateStyle: 'short', timeStyle: 'short' });
  const parties = [...new Map(hits.map(({ party }) => [party.id, party])).values()];
  return parties.map(({ id, tier, point, begins, ends }) => el('section', { class: 'hit' },
    el('h2', {}, `${texts.party} `, el('bdi', {}, id)),
    el('p', {}, `${texts.tier}: ${tier ?? '–'}`),
    el('p', {}, begins ? `${texts.call}: ` : texts.noCall, begins > 0 && el('bdi', {}, bundle.places[point] ?? point),
      begins > 0 && `, ${time.format(begins * 1000)} – ${time.format(ends * 1000)}`)));
}
