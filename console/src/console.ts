// Scripts of the console: htmx everywhere, charts only on pages that have one, the switch between light and dark.
import './console.css';
import './pages.css';
import './close';
import './keys';
import './move';
import './trouble';
import htmx from 'htmx.org';

// No script in attributes, no inline style: the content security policy forbids both.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
// No page is kept in the browser's store: Back asks the site again.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

async function drawCharts(redraw = false): Promise<void> {
  const places = document.querySelectorAll<HTMLElement>('[data-chart]');
  if (places.length === 0) return;
  const { drawChart } = await import('./charts');
  for (const place of places) drawChart(place, redraw);
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme'];
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
}

function switchTheme(): void {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = next;
  try {
    localStorage.setItem('theme', next);
  } catch {
    // storage may be forbidden; the choice holds for this page
  }
  void drawCharts(true);
}

document.addEventListener('click', (event) => {
  const target = event.target as Element;
  if (target.closest('[data-theme-switch]')) switchTheme();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
    if (!menu.contains(target)) menu.open = false;
  }
});
// Whatever scrolls sideways can be reached by keyboard.
function reachScrolls(): void {
  for (const region of document.querySelectorAll<HTMLElement>('.scroll:not([tabindex])')) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
  }
}
addEventListener('resize', reachScrolls);
document.addEventListener('toggle', reachScrolls, true);

// A form that starts long work is sent once: a second press while it works would start it again.
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement;
  if (form.dataset['once'] === undefined) return;
  form.setAttribute('aria-busy', 'true');
  for (const button of form.querySelectorAll('button')) setTimeout(() => (button.disabled = true), 0);
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[aria-busy]')) {
    form.removeAttribute('aria-busy');
    for (const button of form.querySelectorAll('button')) button.disabled = false;
  }
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) menu.open = false;
});
document.addEventListener('DOMContentLoaded', () => {
  document.querySelector('.corridor [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  void drawCharts();
  reachScrolls();
});
// A refresh that ends at the door (the session is over) shows the door as a page, not inside one.
document.addEventListener('htmx:beforeSwap', (event) => {
  const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
  if (new URL(xhr.responseURL || location.href).pathname === '/login/') location.reload();
});
document.addEventListener('htmx:afterSettle', () => {
  void drawCharts();
  reachScrolls();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => void drawCharts(true));
