/** The verdict on a pass (colour, shape, word, code) and beneath it the decision on the people, which is the officer's. */
import { el } from '../dom';
import { TEXTS, type Texts } from '../texts';
import { partyForm } from './party';
import type { Level } from '../values';
import type { VerdictView } from './view';

const SHAPES: Record<Level, string> = {
  valid: 'M50 4a46 46 0 1 0 .1 0zM26 52l18 18 32-38',
  'look-closer': 'M50 6L96 90H4zM50 36v26M50 72v6',
  'not-valid': 'M30 4h40l26 26v40L70 96H30L4 70V30zM32 32l36 36M68 32L32 68',
};

export function showVerdict(view: VerdictView): HTMLElement {
  const { verdict, app } = view;
  const { texts } = app;
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
    partyForm(view),
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

function facts({ verdict, app: { language } }: VerdictView, texts: Texts): HTMLElement | null {
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
