// An access point is closed on the chart of hours: press on one hour and drag to another, or go there with the arrow keys
// (Shift keeps the first) and press Enter. Both lead to What if, where the effect is seen before anything is real;
// without scripts each hour is a plain link that closes it alone.
export {}; // a module of its own

const HOUR = 3600;
const MOST = 240;

let from: HTMLAnchorElement | undefined;
let isDragging = false;
let wasDragged = false;

function hourOf(target: EventTarget | null): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-close]') : null;
}

function rowOf(cell: HTMLAnchorElement): HTMLAnchorElement[] {
  return [...(cell.closest('tr')?.querySelectorAll<HTMLAnchorElement>('a[data-close]') ?? [])];
}

function at(cell: HTMLAnchorElement): number {
  return Number(cell.dataset['close']);
}

function address(first: HTMLAnchorElement, hours: number): string {
  const url = new URL(first.href);
  url.searchParams.set('hours', String(hours));
  return url.href;
}

/** Marks the hours from one to another and says which; gives where they lead. */
function choose(one: HTMLAnchorElement, other: HTMLAnchorElement): string {
  const [first, last] = at(one) <= at(other) ? [one, other] : [other, one];
  const hours = Math.min(MOST, Math.round((at(last) - at(first)) / HOUR) + 1);
  for (const cell of document.querySelectorAll<HTMLAnchorElement>('a[data-close]')) {
    const isIn = cell.closest('tr') === first.closest('tr') && at(cell) >= at(first) && at(cell) <= at(last);
    cell.closest('td')?.classList.toggle('chosen', isIn);
  }
  for (const told of document.querySelectorAll('.heat output')) told.textContent = '';
  const told = first.closest('tr')?.querySelector('output');
  if (told) told.textContent = `${first.dataset['hour'] ?? ''} + ${hours} h`;
  return address(first, hours);
}

// One stop of the tab key for each point; the arrow keys go from hour to hour.
function prepare(): void {
  for (const row of document.querySelectorAll('.heat tbody tr')) {
    const cells = [...row.querySelectorAll<HTMLAnchorElement>('a[data-close]')];
    cells.forEach((cell, number) => (cell.tabIndex = number === 0 ? 0 : -1));
  }
}

document.addEventListener('keydown', (event) => {
  const cell = hourOf(event.target);
  if (!cell || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === 'Enter' && from && from.closest('tr') === cell.closest('tr')) {
    event.preventDefault();
    location.assign(choose(from, cell));
    return;
  }
  const forward = document.documentElement.dir === 'rtl' ? -1 : 1;
  const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward };
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const cells = rowOf(cell);
  const next = cells[cells.indexOf(cell) + step];
  if (!next) return;
  if (!event.shiftKey || !from || from.closest('tr') !== cell.closest('tr')) from = event.shiftKey ? cell : next;
  for (const one of cells) one.tabIndex = one === next ? 0 : -1;
  next.focus();
  choose(from, next);
});

document.addEventListener('pointerdown', (event) => {
  const cell = hourOf(event.target);
  wasDragged = false;
  if (!cell || event.button !== 0 || event.pointerType === 'touch') return;
  from = cell;
  isDragging = true;
});

document.addEventListener('pointermove', (event) => {
  if (!isDragging || !from) return;
  const cell = hourOf(document.elementFromPoint(event.clientX, event.clientY)?.closest('td')?.querySelector('a') ?? null);
  if (!cell || cell.closest('tr') !== from.closest('tr') || (cell === from && !wasDragged)) return;
  wasDragged = true;
  choose(from, cell);
});

document.addEventListener('pointercancel', () => (isDragging = false));
document.addEventListener('pointerup', (event) => {
  // What was not dragged is a click, and the link's own: that hour alone.
  const begun = from;
  if (isDragging && wasDragged && begun) {
    const over = document.elementFromPoint(event.clientX, event.clientY);
    const cell = hourOf(over?.closest('td')?.querySelector('a') ?? null);
    if (cell && cell.closest('tr') === begun.closest('tr')) location.assign(choose(begun, cell));
  }
  isDragging = false;
});

document.addEventListener('click', (event) => {
  if (hourOf(event.target) && wasDragged) event.preventDefault();
  wasDragged = false;
});

prepare();
