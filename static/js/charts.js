// Draws every [data-chart] from the JSON its page carries (ui/charts.py). Colours come from the tokens; no inline styles.
import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";
import langVI from "echarts/lib/i18n/langVI.js";
import { placed } from "./marks.js";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);
echarts.registerLocale("VI", langVI);

const PAPER = { width: 660, height: 280 }; // between the margins of an upright A4 sheet
const TOP = 12;
const MARK_SIZE = 11;
const MARK_LINE = 15;
const count = new Intl.NumberFormat("vi-VN");

function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--k-${name}`).trim();
}

// On paper everything is light, whatever the screen shows; the browser applies print styles only after we have drawn.
function onPaper(printing) {
  const dark = document.querySelector("link[data-dark]")?.sheet; // the sheet: a link that is disabled would be fetched again
  if (dark) dark.disabled = printing;
}

function tooltipText(points, spec) {
  const figure = (value) => (typeof value === "number" ? `${count.format(value)} ${spec.unit}` : spec.unknown);
  const lines = points.map((point) => `${point.seriesName}: ${figure(point.value)}`);
  return [points[0].axisValueLabel, ...lines].join("\n");
}

function shortLabel(label) {
  const date = /^(\d\d\/\d\d)\/\d{4}$/.exec(label);
  return date ? date[1] : label;
}

function series(spec) {
  return spec.series.map((one) => ({
    name: one.name,
    type: spec.kind,
    stack: spec.stacked ? "all" : undefined,
    data: one.values,
    color: token(one.tone),
    symbol: "none",
    lineStyle: { width: 2, type: one.tone === "old" ? [6, 3] : "solid" },
    areaStyle: spec.stacked && spec.kind === "line" ? { opacity: 0.25 } : undefined,
    barMaxWidth: 24,
  }));
}

function axes(spec, text) {
  const names = {
    type: "category",
    data: spec.labels,
    boundaryGap: spec.kind === "bar",
    inverse: spec.horizontal,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisLabel: { ...text, formatter: shortLabel, ...(spec.horizontal ? { width: 170, overflow: "break", lineHeight: 15 } : { hideOverlap: true }) },
  };
  const figures = {
    type: "value",
    min: 0,
    minInterval: 1,
    axisLabel: { ...text, formatter: (value) => count.format(value), hideOverlap: true },
    splitLine: { lineStyle: { color: token("line") } },
  };
  return spec.horizontal ? { xAxis: figures, yAxis: names } : { xAxis: names, yAxis: figures };
}

// The names of the series under the plot take as many lines as the width asks for.
function legendHeight(spec, width) {
  if (spec.series.length < 2) return 8;
  const perLine = Math.max(1, Math.floor(width / 125));
  return 14 + 20 * Math.ceil(spec.series.length / perLine);
}

function option(spec, text, width) {
  return {
    aria: { enabled: true },
    animation: false,
    textStyle: text,
    legend: { show: spec.series.length > 1, bottom: 0, left: 0, itemGap: 14, itemHeight: 8, textStyle: text },
    grid: { left: 4, right: 16, top: TOP, bottom: legendHeight(spec, width), containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: token("paper"), borderColor: token("line-strong"), textStyle: { ...text, color: token("ink") }, formatter: (points) => tooltipText(points, spec) },
    ...axes(spec, text),
    series: series(spec),
  };
}

// What was drawn says where the days are; the marks' names then get as many lines above the plot as they need.
function marks(chart, spec, text) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `${MARK_SIZE}px ${text.fontFamily}`;
  const at = (label) => chart.convertToPixel({ xAxisIndex: 0 }, spec.labels.indexOf(label));
  const found = placed(spec.marks.map(({ at: day, name }) => ({ name, x: at(day), width: pen.measureText(name).width })), chart.getWidth());
  const top = TOP + MARK_LINE * (1 + Math.max(...found.map((mark) => mark.level)));
  const foot = chart.convertToPixel({ yAxisIndex: 0 }, 0);
  const data = found.map(({ name, x, left, level }) => [
    { name, x, y: top - MARK_LINE * level - 4, label: { align: left ? "left" : "right" } },
    { x, y: foot },
  ]);
  return {
    grid: { top },
    series: [{
      name: spec.series[0].name,
      type: spec.kind,
      markLine: {
        symbol: "none",
        silent: true,
        lineStyle: { color: token("line-strong"), type: "dashed", width: 1 },
        label: { formatter: "{b}", position: "start", distance: 3, color: text.color, fontSize: MARK_SIZE, fontFamily: text.fontFamily },
        data,
      },
    }],
  };
}

function paint(chart, spec) {
  const text = { color: token("ink-soft"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
  chart.setOption(option(spec, text, chart.getWidth()));
  if (spec.marks.length) chart.setOption(marks(chart, spec, text));
}

function draw(canvas) {
  const spec = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  const chart = echarts.init(canvas, null, { renderer: "svg", locale: "VI" });
  paint(chart, spec);
  const fit = (size) => {
    chart.resize(size);
    paint(chart, spec);
  };
  new ResizeObserver(() => fit({ width: "auto", height: "auto" })).observe(canvas);
  window.addEventListener("beforeprint", () => fit(PAPER));
  window.addEventListener("afterprint", () => fit({ width: "auto", height: "auto" }));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(chart, spec));
}

function drawAll(root) {
  for (const canvas of root.querySelectorAll("[data-chart]:not([_echarts_instance_])")) draw(canvas);
}

window.addEventListener("beforeprint", () => onPaper(true));
window.addEventListener("afterprint", () => onPaper(false));
drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.target));
