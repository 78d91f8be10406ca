// Draws every [data-chart] from the JSON its page carries (ui/charts.py). Colours come from the tokens; no inline styles.
import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import langVI from "echarts/lib/i18n/langVI.js";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);
echarts.registerLocale("VI", langVI);

const count = new Intl.NumberFormat("vi-VN");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--k-${name}`).trim();
}

function figure(value) {
  return value === null || value === undefined ? "không có số liệu" : count.format(value);
}

function tooltipText(points, unit) {
  const lines = points.map((point) => `${point.seriesName}: ${figure(point.value)} ${unit}`);
  return [points[0].axisValueLabel, ...lines].join("\n");
}

function markLine(marks) {
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: token("ink-soft"), type: "dashed", width: 1 },
    label: { formatter: "{b}", color: token("ink-soft"), fontSize: 11, position: "insideEndTop" },
    data: marks.map((mark) => ({ name: mark.name, xAxis: mark.at })),
  };
}

function series(spec) {
  return spec.series.map((one, index) => ({
    name: one.name,
    type: spec.kind,
    stack: spec.stacked ? "all" : undefined,
    data: one.values,
    color: token(one.tone),
    symbol: "none",
    lineStyle: { width: 2, type: one.tone === "old" ? [6, 3] : "solid" },
    areaStyle: spec.stacked && spec.kind === "line" ? { opacity: 0.25 } : undefined,
    barMaxWidth: 28,
    markLine: index === 0 && spec.marks.length ? markLine(spec.marks) : undefined,
  }));
}

function option(spec) {
  const text = { color: token("ink-soft"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  return {
    aria: { enabled: true },
    animation: !calm.matches,
    textStyle: text,
    legend: { show: spec.series.length > 1, bottom: 0, textStyle: text, icon: "roundRect", itemHeight: 8 },
    grid: { left: 8, right: 16, top: spec.marks.length ? 28 : 12, bottom: spec.series.length > 1 ? 32 : 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, textStyle: text, formatter: (points) => tooltipText(points, spec.unit) },
    xAxis: { type: "category", data: spec.labels, boundaryGap: spec.kind === "bar", axisLabel: { ...text, hideOverlap: true }, axisTick: { show: false } },
    yAxis: { type: "value", min: 0, minInterval: 1, axisLabel: { ...text, formatter: figure }, splitLine: { lineStyle: { color: token("line") } } },
    series: series(spec),
  };
}

function draw(canvas) {
  const spec = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  const chart = echarts.init(canvas, null, { renderer: "svg", locale: "VI" });
  chart.setOption(option(spec));
  new ResizeObserver(() => chart.resize()).observe(canvas);
}

function drawAll(root) {
  for (const canvas of root.querySelectorAll("[data-chart]:not([_echarts_instance_])")) draw(canvas);
}

drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.target));
