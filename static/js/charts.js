// Draws every [data-chart] from the JSON its page carries, again when its width or the theme changes, and for paper.
import * as echarts from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";
import langVI from "echarts/lib/i18n/langVI.js";
import { locale, option, textWidth, token, typeface } from "./chart-option.js";
import { placed } from "./marks.js";

echarts.use([BarChart, LineChart, AriaComponent, GridComponent, LabelLayout, LegendComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);
echarts.registerLocale("VI", langVI);

const PAPER = { width: 660, height: 280 }; // between the margins of an upright A4 sheet
const SCREEN = { width: "auto", height: "auto" };
const MARK = { top: 12, size: 11, line: 15 };
const night = window.matchMedia("(prefers-color-scheme: dark)");
const plain = window.matchMedia("(prefers-contrast: more), (forced-colors: active)");
let printing = false;

// On paper everything is light, whatever the screen shows; the browser applies print styles only after we have drawn.
function onPaper(now) {
  printing = now;
  const dark = document.querySelector("link[data-dark]")?.sheet; // the sheet: a link that is disabled would be fetched again
  if (dark) dark.disabled = now;
}

// What was drawn says where the days are; the marks' names then get as many lines above the plot as they need.
function marks(chart, spec, text) {
  const small = { ...text, fontSize: MARK.size };
  const at = (label) => chart.convertToPixel({ xAxisIndex: 0 }, spec.labels.indexOf(label));
  const found = placed(spec.marks.map(({ at: day, name }) => ({ name, x: at(day), width: textWidth(name, small) })), chart.getWidth());
  const top = MARK.top + MARK.line * (1 + Math.max(...found.map((mark) => mark.level)));
  const foot = chart.convertToPixel({ yAxisIndex: 0 }, 0);
  const data = found.map(({ name, x, left, level }) => [
    { name, x, y: top - MARK.line * level - 4, label: { align: left ? "left" : "right" } },
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
        label: { formatter: "{b}", position: "start", distance: 3, ...small },
        data,
      },
    }],
  };
}

function paint(chart, spec) {
  const text = typeface();
  chart.setOption(option(spec, text, chart.getWidth(), printing || plain.matches), { notMerge: true });
  if (spec.marks.length) chart.setOption(marks(chart, spec, text));
}

function draw(canvas) {
  const spec = JSON.parse(document.getElementById(canvas.dataset.chart).textContent);
  const chart = echarts.init(canvas, null, { renderer: "svg", locale });
  paint(chart, spec);
  const fit = (size) => {
    chart.resize(size);
    paint(chart, spec);
  };
  new ResizeObserver(() => fit(SCREEN)).observe(canvas);
  window.addEventListener("beforeprint", () => fit(PAPER));
  window.addEventListener("afterprint", () => fit(SCREEN));
  for (const query of [night, plain]) query.addEventListener("change", () => paint(chart, spec));
}

function drawAll(root) {
  for (const canvas of root.querySelectorAll("[data-chart]:not([_echarts_instance_])")) draw(canvas);
}

window.addEventListener("beforeprint", () => onPaper(true));
window.addEventListener("afterprint", () => onPaper(false));
drawAll(document);
document.addEventListener("htmx:load", (event) => drawAll(event.target));
