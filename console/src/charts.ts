// Charts from JSON in the page: <div data-chart="ID"> takes its options from <script type="application/json" id="ID">.
import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { type EChartsCoreOption, getInstanceByDom, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, SankeyChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

/** Draws the chart of one place, once. */
export function drawChart(place: HTMLElement): void {
  if (getInstanceByDom(place)) return;
  const source = document.getElementById(place.dataset['chart'] ?? '');
  if (!source?.textContent) return;
  init(place, null, { renderer: 'svg' }).setOption(JSON.parse(source.textContent) as EChartsCoreOption);
}
