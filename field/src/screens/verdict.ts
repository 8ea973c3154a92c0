/** The verdict on a pass (colour, shape, word, code) and beneath it the decision on the people, which is the officer's. */
import type { Bundle } from '../bundle';
import { type Action, type Decision, refusalOf } from '../decision';
import { el } from '../dom';
import { type Language, TEXTS, type Texts } from '../texts';
import type { Level, Verdict } from '../values';

const SHAPES: Record<Level, string> = {
  valid: 'M50 4a46 46 0 1 0 .1 0zM26 52l18 18 32-38',
  'look-closer': 'M50 6L96 90H4zM50 36v26M50 72v6',
  'not-valid': 'M30 4h40l26 26v40L70 96H30L4 70V30zM32 32l36 36M68 32L32 68',
};

const CHOICES: Record<Action, string[]> = {
  admit: ['pass-valid', 'eligible-by-document', 'recognition-code', 'missing-member'],
  refer: ['late-rebook', 'child-without-adult', 'wrong-adult', 'extra-person', 'come-back', 'other-point', 'unsafe'],
  'turn-away': ['no-ground', 'come-back', 'other-point'],
};

export interface VerdictView {
  verdict: Verdict;
  bundle: Bundle;
  point: string;
  language: Language;
  /** The reason offered first for an admission. */
  ground?: string;
  /** They said the code that means: somebody watches me. One dot, that nobody else would read. */
  isWatched?: boolean;
  decide: (decision: Decision) => Promise<void>;
  next: () => void;
}

export function showVerdict(view: VerdictView): HTMLElement {
  const { verdict, language } = view;
  const texts = TEXTS[language];
  return el(
    'section', { class: `verdict ${verdict.level}`, 'aria-labelledby': 'word' },
    el('div', { class: 'banner', role: 'alert' }, shape(verdict.level), el('div', {},
      el('h1', { id: 'word', tabindex: '-1' }, texts.levels[verdict.level]),
      el('p', { class: 'code' }, el('code', { dir: 'ltr' }, verdict.code, view.isWatched === true && ' ·')))),
    el('p', { class: 'sentence' }, texts.codes[verdict.code]),
    verdict.level !== 'valid' && el('p', { class: 'document' }, texts.document),
    ...verdict.codes.slice(1).map((code) => el('p', { class: 'also' }, texts.codes[code])),
    facts(view, texts),
    sayings(verdict.level, texts),
    decisionForm(view, texts),
    !texts.isApproved && el('p', { class: 'machine' }, texts.machineMade),
  );
}

function shape(level: Level): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 100 100');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', SHAPES[level]);
  svg.append(path);
  return svg;
}

function facts({ verdict, language }: VerdictView, texts: Texts): HTMLElement | null {
  const { content } = verdict;
  if (!content) return null;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  const at = (seconds: number): string => time.format(seconds * 1000);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return el('dl', {},
    el('dt', {}, texts.screen.window), el('dd', {}, `${at(content.windowStart)} – ${at(content.windowEnd)} (${zone})`),
    ...(verdict.policyVersion
      ? [el('dt', {}, texts.screen.policy), el('dd', {}, el('bdi', {}, verdict.policyVersion))]
      : []));
}

/** The next thing to say, in every language; what a machine wrote says so. */
function sayings(level: Level, texts: Texts): HTMLElement {
  const lines = Object.entries(TEXTS).map(([language, one]) =>
    el('p', { lang: language, dir: one.direction, class: one.isApproved ? '' : 'machine' }, one.say[level],
      !one.isApproved && el('small', {}, ` (${one.machineMade})`)));
  return el('details', {}, el('summary', {}, texts.screen.say), ...lines);
}

function decisionForm(view: VerdictView, texts: Texts): HTMLElement {
  const { verdict, decide, next } = view;
  const boxes = (verdict.content?.members ?? []).map((member, place) => {
    const isOpen = verdict.remaining.includes(place);
    const box = el('input', { type: 'checkbox', value: String(place), checked: isOpen, disabled: !isOpen });
    const words = `${texts.sexes[member.sex]}, ${texts.ageBands[member.ageBand]}`;
    return { box, label: el('label', {}, box, ` ${words}`, !isOpen && el('small', {}, ` (${texts.screen.admitted})`)) };
  });
  const eligible = el('input', { type: 'checkbox', id: 'eligible' });
  const reason = el('select', { id: 'reason' });
  const why = el('div', { hidden: true }, el('label', { for: 'reason' }, texts.screen.reason), reason);
  const message = el('p', { class: 'message', role: 'status' });
  const actions = (Object.keys(CHOICES) as Action[]).map((action) =>
    el('button', { type: 'button', class: action, click: () => void choose(action) }, texts.actions[action]));

  let chosen: Action | null = null;
  async function choose(action: Action): Promise<void> {
    if (chosen !== action) {
      chosen = action;
      why.hidden = false;
      reason.replaceChildren(...CHOICES[action].map((one) => el('option', { value: one }, texts.reasons[one] ?? one)));
      if (action === 'admit' && view.ground) reason.value = view.ground;
      if (action === 'admit' && verdict.level === 'not-valid') reason.value = 'eligible-by-document';
      if (verdict.codes.includes('late-checkpoint') && action === 'refer') reason.value = 'late-rebook';
      for (const button of actions) button.setAttribute('aria-pressed', String(button.classList.contains(action)));
      message.textContent = `${texts.screen.reason}: ${texts.reasons[reason.value] ?? ''}`;
      if (!(action === 'admit' && verdict.level === 'valid')) return;
    }
    const members = boxes.filter(({ box }) => box.checked && !box.disabled).map(({ box }) => Number(box.value));
    const decision: Decision = { action, reason: reason.value, members, isEligibleByDocument: eligible.checked };
    const refusal = refusalOf(decision, verdict);
    if (refusal) {
      message.textContent = texts.refusals[refusal] ?? refusal;
      return;
    }
    for (const button of actions) button.disabled = true;
    try {
      await decide(decision);
      message.textContent = texts.screen.saved;
      nextButton.focus();
    } catch {
      for (const button of actions) button.disabled = false;
      message.textContent = texts.screen.notSaved;
    }
  }
  const nextButton = el('button', { type: 'button', class: 'next', click: next }, texts.screen.next);
  return el('form', { submit: (event) => event.preventDefault() },
    boxes.length > 0 && el('fieldset', {},
      el('legend', {}, `${texts.screen.heads}: ${boxes.length}. ${texts.screen.present}`), ...boxes.map(({ label }) => label)),
    el('label', { class: 'eligible' }, eligible, ` ${texts.screen.eligible}`),
    el('div', { class: 'actions' }, ...actions),
    why, message, nextButton);
}
