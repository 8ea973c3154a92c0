/** The people before the officer: who is here, what has to be asked, and the decision on them. */
import { agesOf, tooOld } from '../age';
import { type Action, type Decision, refusalOf } from '../decision';
import { el } from '../dom';
import { type Paper, placesOf } from '../paper';
import { type Answer, ANSWERS, decisionAfter, isChildAlone, missingOf, type Present, type Question, questionsOf } from '../party';
import type { Member } from '../values';
import { wordsOf as ageWordsOf } from './age';
import { askDocument, remarksOf } from './document';
import { ask } from './question';
import { stepper } from './stepper';
import type { VerdictView } from './view';

const CHOICES: Record<Action, string[]> = {
  admit: ['pass-valid', 'eligible-by-document', 'recognition-code', 'missing-member'],
  refer: ['late-rebook', 'child-without-adult', 'wrong-adult', 'extra-person', 'not-bound', 'come-back', 'other-point', 'unsafe'],
  'turn-away': ['no-ground', 'come-back', 'other-point'],
};
const NO_PASS_CONTENT: readonly Member[] = [];

interface Form {
  view: VerdictView;
  present: () => Present;
  eligible: HTMLInputElement;
  reason: HTMLSelectElement;
  message: HTMLElement;
  buttons: HTMLButtonElement[];
  next: HTMLButtonElement;
  /** Shown last, and whether it is of somebody on the pass. */
  paper: Paper | null;
  isBound: boolean | null;
}

export function partyForm(view: VerdictView): HTMLElement {
  const { verdict, app } = view;
  const { texts } = app;
  const members = verdict.content?.members ?? NO_PASS_CONTENT;
  const boxes = members.map((member, place) => memberBox(view, member, place));
  const children = stepper(texts.party.extraChildren, texts.party);
  const adults = stepper(texts.party.extraAdults, texts.party);
  const eligible = el('input', { type: 'checkbox', id: 'eligible' });
  const reason = el('select', { id: 'reason' });
  const why = el('div', { hidden: true }, el('label', { for: 'reason' }, texts.screen.reason), reason);
  const message = el('p', { class: 'message', role: 'status' });
  const shown = el('div', { class: 'shown', role: 'status' });
  const form: Form = {
    view, eligible, reason, message, paper: null, isBound: null,
    next: el('button', { type: 'button', class: 'next', click: () => void app.home() }, texts.screen.next),
    present: () => ({
      members: boxes.filter(({ box }) => box.checked && !box.disabled).map(({ box }) => Number(box.value)),
      extraChildren: children.value(), extraAdults: adults.value(),
    }),
    buttons: [],
  };
  let chosen: Action | null = null;
  const choose = async (action: Action): Promise<void> => {
    if (chosen !== action) {
      chosen = action;
      offerReasons(form, action);
      why.hidden = false;
      for (const button of form.buttons) button.setAttribute('aria-pressed', String(button.classList.contains(action)));
      if (!(action === 'admit' && verdict.level === 'valid')) return;
    }
    await conclude(form, action);
  };
  form.buttons = (Object.keys(CHOICES) as Action[]).map((action) =>
    el('button', { type: 'button', class: action, click: () => void choose(action) }, texts.actions[action]));
  const all = el('button', { type: 'button', class: 'all', click: () => { for (const { box } of boxes) box.checked = !box.disabled; } }, texts.party.allHere);
  const document = el('button', { type: 'button', click: () => void showPaper(form, boxes.map(({ box }) => box), shown) }, texts.paper.title);
  return el('form', { submit: (event) => event.preventDefault() },
    boxes.length > 0 && el('fieldset', {},
      el('legend', {}, `${texts.screen.heads}: ${boxes.length}. ${texts.screen.present}`), all, ...boxes.map(({ label }) => label)),
    boxes.length > 0 && children.element, boxes.length > 0 && adults.element,
    document, shown, el('label', { class: 'eligible' }, eligible, ` ${texts.screen.eligible}`),
    el('div', { class: 'actions' }, ...form.buttons), why, message, form.next);
}

function memberBox({ verdict, app, bound = [] }: VerdictView, member: Member, place: number): { box: HTMLInputElement; label: HTMLElement } {
  const isOpen = verdict.remaining.includes(place);
  const box = el('input', { type: 'checkbox', value: String(place), checked: isOpen && bound.includes(place), disabled: !isOpen });
  return { box, label: el('label', {}, box, ` ${wordsOf(app.texts, member)}`, !isOpen && el('small', {}, ` (${app.texts.screen.admitted})`)) };
}

const wordsOf = (texts: VerdictView['app']['texts'], member: Member): string =>
  `${texts.sexes[member.sex]}, ${texts.ageBands[member.ageBand]}`;

function offerReasons({ view: { verdict, app, ground }, reason, message, isBound }: Form, action: Action): void {
  reason.replaceChildren(...CHOICES[action].map((one) => el('option', { value: one }, app.texts.reasons[one] ?? one)));
  if (action === 'admit' && ground) reason.value = ground;
  if (action === 'admit' && verdict.level === 'not-valid') reason.value = 'eligible-by-document';
  if (action === 'refer' && isBound === false) reason.value = 'not-bound';
  if (verdict.codes.includes('late-checkpoint') && action === 'refer') reason.value = 'late-rebook';
  message.textContent = `${app.texts.screen.reason}: ${app.texts.reasons[reason.value] ?? ''}`;
}

/** A document beside the pass: whose it is, said and ticked; or that it is nobody's on this pass. */
async function showPaper(form: Form, boxes: HTMLInputElement[], shown: HTMLElement): Promise<void> {
  const { verdict, app, bundle } = form.view;
  const paper = await askDocument(app);
  if (!paper) return;
  const content = verdict.content;
  const places = content ? await placesOf(paper, content, bundle.point_day_keys) : [];
  form.paper = paper;
  form.isBound = content ? places.length > 0 : null;
  for (const place of places) if (!boxes[place]!.disabled) boxes[place]!.checked = true;
  const whose = places.map((place) => wordsOf(app.texts, content!.members[place]!)).join('; ');
  shown.replaceChildren(
    ...(content ? [el('p', { class: places.length ? '' : 'old' }, places.length ? `${app.texts.paper.bound} ${whose}` : app.texts.codes['not-bound'])] : []),
    ...remarksOf(app, paper));
}

/** Asks what has to be asked, then writes; nothing is written on a "back". */
async function conclude(form: Form, action: Action): Promise<void> {
  const { verdict, app, bundle, write } = form.view;
  const { texts } = app;
  const present = form.present();
  const members = verdict.content?.members ?? NO_PASS_CONTENT;
  const isSilent = verdict.content !== null && action === 'admit' && present.members.length === 0;
  if (isSilent) return void (form.message.textContent = texts.party.nobody);
  const isAlone = isChildAlone(members, present) && !(action === 'refer' && form.reason.value === 'child-without-adult');
  const old = tooOld(await agesOf(app.store, bundle, Math.floor(Date.now() / 1000)));
  const questions: Question[] = action === 'admit' ? questionsOf(verdict, present, old.length > 0) : isAlone ? ['childAlone'] : [];
  const answers = await askAll(form, questions, present, old.map((age) => ageWordsOf(app, age)));
  if (!answers) return;
  const also = form.isBound === false ? ['not-bound'] : form.isBound ? ['document-bound'] : [];
  const first: Decision = { action, reason: form.reason.value, members: present.members, isEligibleByDocument: form.eligible.checked };
  const { decision, beside } = decisionAfter(first, answers, present);
  decision.also = [...(decision.also ?? []), ...also];
  const refusal = refusalOf(decision, verdict);
  if (refusal) return void (form.message.textContent = texts.refusals[refusal] ?? refusal);
  await save(form, () => write(decision, beside, form.paper));
}

async function save({ buttons, message, next, view: { app } }: Form, act: () => Promise<void>): Promise<void> {
  for (const button of buttons) button.disabled = true;
  try {
    await act();
    message.textContent = app.texts.screen.saved;
    next.focus();
  } catch {
    for (const button of buttons) button.disabled = false;
    message.textContent = app.texts.screen.notSaved;
  }
}

/** The answers to all questions; null as soon as one is answered by going back. */
async function askAll({ view: { verdict, app } }: Form, questions: Question[], present: Present, old: string[]): Promise<Map<Question, Answer> | null> {
  const texts = app.texts.party;
  const missing = missingOf(verdict, present);
  const told = (places: number[]): string[] => places.map((place) => wordsOf(app.texts, verdict.content!.members[place]!));
  const details: Partial<Record<Question, string[]>> = { missingChild: told(missing.children), missingAdult: told(missing.others), tooOld: old };
  const answers = new Map<Question, Answer>();
  for (const question of questions) {
    const choices = ANSWERS[question].map((value) => ({ value, words: texts[value] }));
    const answer = await ask(texts[question], details[question] ?? [], choices, texts.back);
    if (!answer) return null;
    answers.set(question, answer);
  }
  return answers;
}
