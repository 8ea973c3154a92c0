// Charts from JSON in the page: <div data-chart="ID"> takes its options from <script type="application/json" id="ID">.
// Colours are written there as names of the style sheet's tokens ("--tier-1"), so that light and dark both hold.
import { BarChart, GraphChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, getInstanceByDom, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  GraphChart,
  LineChart,
  SankeyChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const TOKEN = /^--[a-z0-9-]+$/;
let probe: HTMLElement | undefined;

/** The colour of a token as the browser computes it now (light-dark() resolved). */
function colour(token: string): string {
  if (!probe) {
    probe = document.createElement('span');
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${token})`;
  return getComputedStyle(probe).color;
}

function resolve(value: Json): Json {
  if (typeof value === 'string') return TOKEN.test(value) ? colour(value) : value;
  if (Array.isArray(value)) return value.map(resolve);
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
  }
  return value;
}

/** What every chart shares: the page's font and colours, axes that run with the script, no motion on refresh. */
function frame(options: { [key: string]: Json }, isRtl: boolean): EChartsCoreOption {
  const font = getComputedStyle(document.documentElement).fontFamily;
  const text = { color: colour('--ink'), fontFamily: font, fontSize: 13 };
  const axis = (one: Json, sideways: boolean): Json => {
    if (Array.isArray(one)) return one.map((each) => axis(each, sideways));
    const given = (one ?? {}) as { [key: string]: Json };
    const label = (given['axisLabel'] ?? {}) as { [key: string]: Json };
    const turned = isRtl && typeof label['rotate'] === 'number' ? { rotate: -label['rotate'] } : {};
    return {
      axisLabel: { color: colour('--quiet'), fontFamily: font, ...label, ...turned },
      axisLine: { lineStyle: { color: colour('--line-strong') } },
      splitLine: { lineStyle: { color: colour('--line') } },
      nameTextStyle: { color: colour('--quiet'), fontFamily: font },
      ...Object.fromEntries(Object.entries(given).filter(([key]) => key !== 'axisLabel')),
      ...(isRtl && sideways ? { inverse: true } : {}),
      ...(isRtl && !sideways ? { position: 'right' } : {}),
    } as Json;
  };
  const grid = options['grid'] as { [key: string]: Json } | undefined;
  return {
    animation: false,
    aria: { enabled: false }, // each chart has a table beside it
    textStyle: text,
    ...options,
    ...(grid && isRtl ? { grid: { ...grid, left: grid['right'], right: grid['left'] } } : {}),
    tooltip: {
      backgroundColor: colour('--surface'),
      borderColor: colour('--line'),
      textStyle: text,
      confine: true,
      ...((options['tooltip'] as object | undefined) ?? {}),
    },
    ...(options['legend'] ? { legend: { textStyle: text, inactiveColor: colour('--line-strong'), ...(options['legend'] as object) } } : {}),
    ...(options['xAxis'] ? { xAxis: axis(options['xAxis'], true) } : {}),
    ...(options['yAxis'] ? { yAxis: axis(options['yAxis'], false) } : {}),
  } as EChartsCoreOption;
}

const resized = new ResizeObserver((entries) => {
  for (const entry of entries) getInstanceByDom(entry.target as HTMLElement)?.resize();
});

/** Draws the chart of one place; again only if its data, the script's direction or the colours changed. */
export function drawChart(place: HTMLElement, redraw = false): void {
  const source = document.getElementById(place.dataset['chart'] ?? '');
  if (!source?.textContent) return;
  const known = getInstanceByDom(place);
  if (known && !redraw && place.dataset['drawn'] === source.textContent) return;
  const chart = known ?? init(place, null, { renderer: 'svg' });
  const isRtl = document.documentElement.dir === 'rtl';
  const options = resolve(JSON.parse(source.textContent) as Json) as { [key: string]: Json };
  chart.setOption(frame(options, isRtl), true);
  place.dataset['drawn'] = source.textContent;
  if (!known) resized.observe(place);
}
