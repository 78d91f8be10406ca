// What a chart's spec (ui/charts.py) means to ECharts. Colours come from the tokens; no inline styles. Lines are named at their
// ends and bars carry their totals where there is room; else the names stand under the plot.

const TOP = 12;
const LINE = 15; // of a label
const END = { gap: 8, least: 460 }; // pixels: beside a line's end, and the width from which names stand there
const language = document.documentElement.lang;
const count = new Intl.NumberFormat(language === "en" ? "en-GB" : "vi-VN");
const pen = document.createElement("canvas").getContext("2d");

export const locale = language === "en" ? "EN" : "VI";

export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--k-${name}`).trim();
}

export function typeface() {
  return { color: token("ink-soft"), fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12 };
}

export function textWidth(text, { fontFamily, fontSize, fontWeight = 400 }) {
  pen.font = `${fontWeight} ${fontSize}px ${fontFamily}`;
  return pen.measureText(text).width;
}

const last = (values) => values.findLast((value) => value !== null);
const sum = (values) => values.reduce((total, value) => total + (value ?? 0), 0);

function tooltip(spec, text) {
  const figure = (value) => (typeof value === "number" ? `${count.format(value)} ${spec.unit}` : spec.unknown);
  return {
    trigger: "axis",
    renderMode: "richText",
    confine: true,
    backgroundColor: token("paper"),
    borderColor: token("line-strong"),
    textStyle: { ...text, color: token("ink") },
    formatter: (points) => [points[0].axisValueLabel, ...points.map((point) => `${point.seriesName}: ${figure(point.value)}`)].join("\n"),
  };
}

// The year is said only where the labels lie in two.
function dayLabel(labels) {
  const years = new Set(labels.map((label) => /^\d\d\/\d\d\/(\d{4})$/.exec(label)?.[1]));
  return (label) => label.replace(/^(\d\d\/\d\d)\/\d\d(\d\d)$/, years.size > 1 ? "$1/$2" : "$1");
}

function axes(spec, text) {
  const names = {
    type: "category",
    data: spec.labels,
    boundaryGap: spec.kind === "bar",
    inverse: spec.horizontal,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisLabel: {
      ...text,
      formatter: dayLabel(spec.labels),
      ...(spec.horizontal ? { width: 170, overflow: "break", lineHeight: LINE } : { hideOverlap: true }),
    },
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

// A line's name and newest figure, where it ends.
function endLabel(one, text) {
  return {
    show: true,
    distance: END.gap,
    formatter: () => `{name|${one.name}}\n{figure|${count.format(last(one.values))}}`,
    rich: {
      name: { ...text, color: token(one.tone), lineHeight: LINE },
      figure: { ...text, color: token(one.tone), fontWeight: 650, lineHeight: LINE },
    },
  };
}

function line(one, spec, text, atEnds) {
  return {
    name: one.name,
    type: "line",
    stack: spec.stacked ? "all" : undefined,
    data: one.values,
    color: token(one.tone),
    symbol: "none",
    lineStyle: { width: one.tone === "total" ? 2.5 : 2, type: one.tone === "old" ? [6, 3] : "solid" },
    areaStyle: spec.stacked ? { opacity: 0.25 } : undefined,
    endLabel: atEnds && last(one.values) !== undefined ? endLabel(one, text) : undefined,
    labelLayout: { moveOverlap: "shiftY" },
  };
}

// Of stacked bars that lie, the last part carries the total of all.
function bar(one, spec, text) {
  const totals = spec.stacked && spec.horizontal && one === spec.series.at(-1);
  const total = ({ dataIndex }) => count.format(sum(spec.series.map(({ values }) => values[dataIndex])));
  return {
    name: one.name,
    type: "bar",
    stack: spec.stacked ? "all" : undefined,
    data: one.values,
    color: token(one.tone),
    barMaxWidth: 24,
    itemStyle: spec.stacked ? { borderColor: token("paper"), borderWidth: 0.5 } : undefined,
    label: totals ? { ...text, show: true, position: "right", color: token("ink"), fontWeight: 600, formatter: total } : undefined,
  };
}

// Names under the plot take as many lines as the width asks for.
function legendHeight(spec, width) {
  const perLine = Math.max(1, Math.floor(width / 125));
  return 14 + 20 * Math.ceil(spec.series.length / perLine);
}

function endWidth(spec, text) {
  const parts = spec.series.flatMap((one) => [textWidth(one.name, text), textWidth(count.format(last(one.values) ?? 0), { ...text, fontWeight: 650 })]);
  return Math.ceil(Math.max(...parts)) + END.gap;
}

// printing: parts are told apart by patterns as well as colours.
export function option(spec, text, width, printing) {
  const atEnds = spec.kind === "line" && width >= END.least;
  const legend = !atEnds && spec.series.length > 1;
  const draw = spec.kind === "line" ? line : bar;
  return {
    aria: { enabled: true, decal: { show: printing && spec.kind === "bar" } },
    animation: false,
    textStyle: text,
    legend: { show: legend, bottom: 0, left: 0, itemGap: 14, itemHeight: 8, textStyle: text },
    grid: { left: 4, right: atEnds ? endWidth(spec, text) : spec.horizontal ? 44 : 16, top: TOP, bottom: legend ? legendHeight(spec, width) : 8, containLabel: true },
    tooltip: tooltip(spec, text),
    ...axes(spec, text),
    series: spec.series.map((one) => draw(one, spec, text, atEnds)),
  };
}
