// A leg is moved in the list of departures: its handle is dragged sideways, or arrow keys change the minutes and Enter
// goes on. Both lead to What if, where the effect is seen before anything is real; without scripts it is a plain link.
const STEP = 5;
const PIXELS_A_STEP = 8;
const MOST = 1440;

interface Drag {
  handle: HTMLAnchorElement;
  from: number;
  minutes: number;
}

let drag: Drag | undefined;
let wasDragged = false;

function handleOf(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-move]') : null;
}

function minutesOf(handle: HTMLAnchorElement): number {
  return Number(handle.dataset['minutes'] ?? 0);
}

// Forward in time is where the line of writing goes: to the left in Dari and Pashto.
function forward(): number {
  return document.documentElement.dir === 'rtl' ? -1 : 1;
}

function show(handle: HTMLAnchorElement, minutes: number): void {
  const kept = Math.max(-MOST, Math.min(MOST, minutes));
  handle.dataset['minutes'] = String(kept);
  const told = handle.parentElement?.querySelector('output');
  if (told) told.textContent = kept === 0 ? '' : `${kept > 0 ? '+' : '−'}${Math.abs(kept)} min`;
  if (kept === 0) return;
  const address = new URL(handle.href);
  address.searchParams.set('minutes', String(kept));
  handle.href = address.href;
}

document.addEventListener('keydown', (event) => {
  const handle = handleOf(event.target);
  if (!handle || event.altKey || event.ctrlKey || event.metaKey) return;
  const steps: Record<string, number> = {
    ArrowRight: forward(),
    ArrowLeft: -forward(),
    ArrowUp: 1,
    ArrowDown: -1,
  };
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  show(handle, minutesOf(handle) + step * STEP);
});

document.addEventListener('pointerdown', (event) => {
  const handle = handleOf(event.target);
  if (!handle || event.button !== 0) return;
  wasDragged = false;
  drag = { handle, from: event.clientX, minutes: minutesOf(handle) };
  handle.setPointerCapture(event.pointerId);
});

document.addEventListener('pointermove', (event) => {
  if (!drag) return;
  const steps = Math.round(((event.clientX - drag.from) * forward()) / PIXELS_A_STEP);
  if (steps === 0 && !wasDragged) return;
  wasDragged = true;
  show(drag.handle, drag.minutes + steps * STEP);
});

document.addEventListener('pointercancel', () => (drag = undefined));
document.addEventListener('pointerup', () => {
  // What was dragged back to where it was is moved nowhere; else the click that follows opens the link.
  const handle = drag?.handle;
  drag = undefined;
  if (handle && wasDragged && minutesOf(handle) !== 0) location.assign(handle.href);
});

document.addEventListener('click', (event) => {
  if (handleOf(event.target) && wasDragged) event.preventDefault();
  wasDragged = false;
});
