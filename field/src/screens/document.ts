/** A document, typed with live check digits; what it says in words, and whose it is. Nothing of it is kept but a tag. */
import type { App } from '../app';
import type { Outcome } from '../camera/vote';
import { el } from '../dom';
import { parseMrz } from '../mrz/read';
import { applyRepairs } from '../mrz/repair';
import { fitsOf, type Paper, type PaperKind, paperRead, paperTyped, type TypedPaper } from '../paper';
import { SEXES } from '../values';
import { cameraField } from './camera';

const KINDS: readonly PaperKind[] = ['passport', 'card', 'card2', 'visa'];

/** Asks for a document; null if the officer went back. */
export function askDocument(app: App): Promise<Paper | null> {
  const texts = app.texts.paper;
  return new Promise((resolve) => {
    const close = (paper: Paper | null): void => {
      camera.stop();
      dialog.close();
      dialog.remove();
      resolve(paper);
    };
    const form = typedForm(app);
    const lines = lineField(app);
    const said = el('div', { class: 'said', role: 'status' });
    const camera = cameraField(app, (outcome) => lines.put(outcome));
    const paperNow = (): Paper | null => lines.paper() ?? form.paper();
    const tell = (): void => {
      const paper = paperNow();
      said.replaceChildren(...(paper ? remarksOf(app, paper) : []));
      use.disabled = !paper;
      form.element.hidden = lines.paper() !== null; // the lines say it all, and what can be done stays in sight
    };
    const use = el('button', { type: 'button', class: 'main', disabled: true, click: () => close(paperNow()) }, texts.use);
    const dialog = el('dialog', { class: 'paper', 'aria-labelledby': 'paper', cancel: (event) => { event.preventDefault(); close(null); }, input: tell },
      el('h2', { id: 'paper' }, texts.title), camera.element, lines.element, form.element, said,
      el('div', { class: 'pair' }, el('button', { type: 'button', click: () => close(null) }, texts.cancel), use));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** What a document says, in words. */
export function remarksOf(app: App, paper: Paper): HTMLElement[] {
  const texts = app.texts.paper;
  return [...paper.remarks.map((one) => el('p', { class: 'remark' }, texts[one])), el('p', {}, texts.evidence)];
}

function typedForm(app: App): { element: HTMLElement; paper: () => Paper | null } {
  const texts = app.texts.paper;
  const kind = el('select', { id: 'paper-kind' }, ...KINDS.map((one) => el('option', { value: one }, texts[one])));
  const sex = el('select', { id: 'paper-sex' }, ...SEXES.map((one) => el('option', { value: one, selected: one === 'u' }, app.texts.sexes[one])));
  const field = (id: string, length: number): HTMLInputElement =>
    el('input', { id, maxlength: String(length), autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const [issuer, nationality, number, birth, expires] = [field('paper-issuer', 3), field('paper-nationality', 3), field('paper-number', 20), field('paper-birth', 6), field('paper-expires', 6)];
  const digit = (label: string): HTMLInputElement =>
    el('input', { maxlength: '1', inputmode: 'numeric', autocomplete: 'off', dir: 'ltr', 'aria-label': `${label}: ${texts.digit}` });
  const digits = [digit(texts.number), digit(texts.birth), digit(texts.expires)];
  const marks = digits.map(() => el('span', { class: 'fit' }));
  const typed = (): TypedPaper => ({
    kind: kind.value as PaperKind, issuer: issuer.value, number: number.value, numberDigit: digits[0]!.value,
    nationality: nationality.value, birth: birth.value, birthDigit: digits[1]!.value, sex: sex.value as TypedPaper['sex'],
    expires: expires.value, expiresDigit: digits[2]!.value,
  });
  const element = el('div', { class: 'fields', input: () => {
    for (const [place, fits] of fitsOf(typed()).entries()) {
      marks[place]!.textContent = fits === null ? '' : fits ? `✓ ${texts.fits}` : `✗ ${texts.misfits}`;
      marks[place]!.className = fits === false ? 'fit old' : 'fit';
    }
  } },
    labelled(texts.kind, kind), el('div', { class: 'pair' }, labelled(texts.issuer, issuer), labelled(texts.nationality, nationality)),
    ...[[texts.number, number], [texts.birth, birth], [texts.expires, expires]].map(([label, input], place) =>
      el('div', { class: 'checked' }, labelled(label as string, input as HTMLInputElement),
        el('label', {}, el('small', {}, texts.digit), digits[place]!), marks[place]!)),
    labelled(texts.sex, sex));
  return { element, paper: () => (number.value.trim().length > 3 ? paperTyped(typed(), new Date()) : null) };
}

/** The lines as they are printed: read at once, every repair only proposed. */
function lineField(app: App): { element: HTMLElement; paper: () => Paper | null; put: (outcome: Outcome) => void } {
  const texts = app.texts.paper;
  const lines = el('textarea', { id: 'paper-lines', rows: '3', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', dir: 'ltr' });
  const proposals = el('div', { class: 'proposals' });
  const read = (): ReturnType<typeof parseMrz> | null => {
    try {
      return parseMrz(lines.value.split('\n'), new Date());
    } catch {
      return null;
    }
  };
  lines.addEventListener('input', () => {
    const mrz = read();
    proposals.replaceChildren(...(mrz?.repairs ?? []).slice(0, 4).map((repair) => {
      const words = repair.changes.map(({ found, proposed }) => `${found} → ${proposed}`).join(', ');
      return el('button', { type: 'button', click: () => {
        lines.value = applyRepairs(mrz!.lines, [repair]).join('\n');
        lines.dispatchEvent(new Event('input', { bubbles: true }));
      } }, `${texts.meant}: `, el('bdi', {}, words));
    }));
  });
  const element = el('details', {}, el('summary', {}, texts.lines), el('label', { for: 'paper-lines', class: 'quiet' }, texts.lines), lines, proposals);
  const put = (outcome: Outcome): void => {
    element.open = true;
    lines.rows = 5;
    lines.value = outcome.lines.join('\n');
    lines.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return { element, put, paper: () => { const mrz = read(); return mrz && paperRead(mrz, new Date()); } };
}

const labelled = (words: string, input: HTMLElement): HTMLElement => el('label', { for: input.id }, el('span', {}, words), input);
