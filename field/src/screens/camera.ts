/** The camera over a document's lines, in the document's dialog: what was read is put before the officer, never used by itself. */
import type { App } from '../app';
import type { Outcome } from '../camera/vote';
import { DocumentCamera } from '../camera/watch';
import { el } from '../dom';
import { touch } from '../vault/lock';

/** `put` gets lines once frames agree, or when the officer asks for what was seen so far. */
export function cameraField(app: App, put: (outcome: Outcome) => void): { element: HTMLElement; stop: () => void } {
  const texts = app.texts.paper;
  let camera: DocumentCamera | null = null;
  let seen: Outcome | null = null;
  const hint = el('p', { class: 'hint', role: 'status' });
  const place = el('div', {});
  const stop = (): void => {
    camera?.stop();
    camera = null;
    place.replaceChildren();
    toggle.textContent = texts.scan;
    take.hidden = true;
  };
  const show = (outcome: Outcome): void => {
    stop();
    touch();
    hint.textContent = outcome.state === 'read' ? texts.read : texts.proposed;
    if (outcome.state === 'read') navigator.vibrate?.(80);
    put(outcome);
  };
  const start = async (): Promise<void> => {
    const video = el('video', { muted: true, playsinline: true, 'aria-label': texts.aim });
    place.replaceChildren(el('div', { class: 'frame wide' }, video));
    hint.textContent = texts.aim;
    toggle.textContent = texts.stop;
    seen = null;
    camera = new DocumentCamera(video, (outcome) => {
      seen = outcome;
      take.hidden = false;
      if (outcome.state === 'read') show(outcome);
    });
    try {
      await camera.start();
    } catch {
      stop();
      hint.textContent = app.texts.screen.noCamera;
    }
  };
  const toggle = el('button', { type: 'button', click: () => (camera ? (stop(), (hint.textContent = '')) : void start()) }, texts.scan);
  const take = el('button', { type: 'button', hidden: true, click: () => seen && show(seen) }, texts.take);
  return { element: el('div', { class: 'camera' }, place, hint, el('div', { class: 'pair' }, toggle, take)), stop };
}
