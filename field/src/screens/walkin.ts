/** Without a pass, in ten seconds: taps for heads, a claimed category, the evidence seen, a slip. */
import type { App } from '../app';
import type { Bundle } from '../bundle';
import { el } from '../dom';
import { type Paper, tagsOf } from '../paper';
import { identityOf, keepSettings, settingsOf } from '../store';
import { LEG_TEXTS } from '../texts/legs';
import type { AgeBand, Sex } from '../values';
import { actsOfArrivedWalkIn, actsOfWalkIn, BANDS, CATEGORIES, EVIDENCES, isOfChildrenAlone, slipNumber, slipTyped, type WalkIn } from '../walkin';
import { ask } from './question';

const EVIDENCE_OF: Record<Paper['kind'], WalkIn['evidence']> = { passport: 'passport', card: 'id-card', card2: 'id-card', visa: 'visa' };

export async function showWalkIn(app: App, bundle: Bundle, paper: Paper | null = null): Promise<void> {
  const { texts } = app;
  const words = texts.walkIn;
  const { slips = 0 } = await settingsOf(app.store);
  const heads: WalkIn['heads'] = [];
  const total = el('output', {}, '0');
  const cells: (() => void)[] = [];
  const redraw = (): void => { total.textContent = String(heads.length); for (const draw of cells) draw(); };
  const add = (sex: Sex, ageBand: AgeBand): void => { heads.push({ sex, ageBand }); redraw(); };
  const cell = (sex: Sex, ageBand: AgeBand): HTMLElement => {
    const count = el('b', {}, '0');
    cells.push(() => { count.textContent = String(heads.filter((one) => one.sex === sex && one.ageBand === ageBand).length); });
    return el('button', { type: 'button', click: () => add(sex, ageBand) }, `${texts.sexes[sex]} `, count);
  };
  const rows = BANDS.map((band) => el('div', { class: 'band', role: 'group', 'aria-label': texts.ageBands[band] },
    el('span', {}, texts.ageBands[band]), cell('f', band), cell('m', band)));
  const slip = el('input', { id: 'slip', autocomplete: 'off', spellcheck: 'false', dir: 'ltr' });
  slip.value = slipNumber((await identityOf(app.store))?.device ?? '', slips);
  const category = choice('category', CATEGORIES, texts.categories, 'unknown');
  const evidence = choice('evidence', EVIDENCES, texts.evidences, paper ? EVIDENCE_OF[paper.kind] : 'none');
  const message = el('p', { class: 'message', role: 'status' });
  const save = async (isAdmitted: boolean): Promise<void> => {
    const walkIn = { heads, slip: slipTyped(slip.value), category: category.value, evidence: evidence.value, isAdmitted } as WalkIn;
    if (!heads.length || !walkIn.slip) return void (message.textContent = words.nobody);
    if (isOfChildrenAlone(walkIn)) {
      const answer = await ask(texts.party.childAlone, [], [{ value: 'yes', words: texts.party.toFocalPoint }], texts.party.back);
      if (!answer) return;
    }
    await write(app, bundle, walkIn, paper, slips, message);
  };
  const button = (isAdmitted: boolean): HTMLElement =>
    el('button', { type: 'button', class: isAdmitted ? 'main' : '', click: () => void save(isAdmitted) }, !isAdmitted ? words.send : isAtBase(bundle) ? LEG_TEXTS[app.language].takeIn : words.admit);
  app.show(el('form', { class: 'walk-in', submit: (event) => event.preventDefault() },
    el('h1', {}, words.title), ...rows,
    el('p', { class: 'total' }, `${words.count}: `, total, ' ', el('button', { type: 'button', click: () => { heads.pop(); redraw(); } }, words.minus)),
    el('label', { for: 'category' }, words.category), category, el('label', { for: 'evidence' }, words.evidence), evidence,
    el('label', { for: 'slip' }, words.slip), slip, message,
    isAtBase(bundle) ? button(true) : el('div', { class: 'pair' }, button(false), button(true)),
    el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.party.back)));
  if (paper && paper.sex !== 'u') add(paper.sex, bandOf(paper.ageYears));
}

function choice(id: string, codes: readonly string[], words: Record<string, string>, chosen: string): HTMLSelectElement {
  return el('select', { id }, ...codes.map((one) => el('option', { value: one, selected: one === chosen }, words[one] ?? one)));
}

const bandOf = (years: number | null): AgeBand =>
  years === null ? 'adult' : years < 2 ? 'infant' : years < 12 ? 'child' : years < 18 ? 'adolescent' : years < 60 ? 'adult' : 'older';

/** At a staging base nobody is sent to registration first: they have arrived, and have a bed. */
const isAtBase = ({ role }: Bundle): boolean => role === 'staging-base';

async function writeAtBase(app: App, bundle: Bundle, walkIn: WalkIn): Promise<void> {
  const { manifestsOf } = await import('../legs/manifests');
  const { writeSeen } = await import('./legs');
  const acts = actsOfArrivedWalkIn(walkIn, bundle.points[0]!);
  const rows = acts.at(-1)!.body.rows as [string, string][];
  await writeSeen(app, (await manifestsOf(app.store))!, acts, bundle.points[0]!, rows);
}

async function write(app: App, bundle: Bundle, walkIn: WalkIn, paper: Paper | null, slips: number, message: HTMLElement): Promise<void> {
  const point = await app.point(bundle);
  const isIn = paper && walkIn.isAdmitted && !isOfChildrenAlone(walkIn);
  const use = isIn ? { pass: '', members: [], point, tags: await tagsOf(paper, bundle.point_day_keys) } : null;
  try {
    if (isAtBase(bundle)) await writeAtBase(app, bundle, walkIn);
    else await app.write(actsOfWalkIn(walkIn, point), use);
    await keepSettings(app.store, { slips: slips + 1 });
  } catch {
    message.textContent = app.texts.screen.notSaved;
    return;
  }
  app.show(el('section', { class: 'done' }, el('h1', { role: 'status' }, app.texts.screen.saved), el('p', { class: 'slip', dir: 'ltr' }, walkIn.slip),
    el('button', { type: 'button', class: 'next main', click: () => void app.home() }, app.texts.screen.next)));
}
