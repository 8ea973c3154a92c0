// Scripts of the console: htmx everywhere, charts only on pages that have one.
import './console.css';
import htmx from 'htmx.org';

// No script in attributes, no inline style: the content security policy forbids both.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;

async function drawCharts(): Promise<void> {
  const places = document.querySelectorAll<HTMLElement>('[data-chart]');
  if (places.length === 0) return;
  const { drawChart } = await import('./charts');
  for (const place of places) drawChart(place);
}

document.addEventListener('DOMContentLoaded', () => void drawCharts());
document.addEventListener('htmx:afterSettle', () => void drawCharts());
