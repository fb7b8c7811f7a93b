// The chart of one target: observed figures, the path, the forecast as a fan, the target in both
// versions where it was adjusted. The page has the table behind it, so a missing chart library
// only leaves the table.
import { colour, commaSeparated, offerSaving } from "./chart-parts.js";

const box = document.getElementById("chart-box");
const source = document.getElementById("chart-module");

const printed = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });

const at = (points) => points.map((point) => ({ value: [point.x, point.value], name: point.label }));

// a period without a figure stays empty: the line does not run across it
function unbroken(points, step) {
  const gap = (one, other) => other.value[0] - one.value[0] > step * 1.5;
  return points.flatMap((point, i) => (i && gap(points[i - 1], point) ? [{ value: [point.value[0], null], name: "" }, point] : [point]));
}

// a band between two lines: the lower one carries the upper one's height on its back
function band(course, low, high, opacity) {
  const { fan } = course;
  const style = { showSymbol: false, silent: true, lineStyle: { opacity: 0 }, stack: `${low}-${high}`, stackStrategy: "all" };
  return [
    { ...style, type: "line", data: fan.x.map((x, i) => [x, fan[low][i]]) },
    {
      ...style, type: "line", data: fan.x.map((x, i) => [x, fan[high][i] - fan[low][i]]),
      areaStyle: { color: colour("accent"), opacity },
    },
  ];
}

function fan(course) {
  if (!course.fan) return [];
  const middle = course.fan.x.map((x, i) => [x, course.fan.p50[i]]);
  return [
    ...band(course, "p10", "p90", 0.14),
    ...band(course, "p25", "p75", 0.2),
    {
      type: "line", data: middle, showSymbol: false, silent: true,
      lineStyle: { color: colour("accent"), width: 1.5, type: "dotted" },
    },
  ];
}

// where only the end of the forecast is known: a whisker over the due year
function whisker(course) {
  if (course.fan || !course.end) return [];
  const { x, low, middle, high } = course.end;
  const style = { color: colour("accent"), width: 2 };
  return [
    { type: "line", data: [[x, low], [x, high]], showSymbol: false, silent: true, lineStyle: { ...style, width: 6, opacity: 0.25 } },
    { type: "scatter", data: [[x, middle]], symbol: "circle", symbolSize: 6, silent: true, itemStyle: { color: colour("accent") } },
  ];
}

function pathLine(data, label, faint) {
  const quiet = colour("ink-3");
  return {
    type: "line", data, showSymbol: false, silent: true,
    lineStyle: { color: quiet, width: 1.5, type: "dashed", opacity: faint ? 0.45 : 1 },
    tooltip: { show: false }, name: label,
  };
}

function breaks(course) {
  return {
    silent: true, symbol: "none", label: { show: true, formatter: "{b}", color: colour("amber"), fontSize: 11, position: "insideEndTop" },
    lineStyle: { color: colour("amber"), type: "dotted", width: 1 },
    data: course.breaks.map((one) => ({ xAxis: one.x, name: "⌁" })),
  };
}

function series(course) {
  const ink = colour("ink");
  const quiet = colour("ink-3");
  const accent = colour("accent");
  const label = { show: true, fontSize: 13, color: ink, formatter: (point) => point.data.name };
  const observed = unbroken(at(course.observed), course.step);
  const other = at(course.other);
  const base = course.base ? at([course.base]) : [];
  const now = at(course.targets.filter((point) => !point.before));
  const before = at(course.targets.filter((point) => point.before));
  const lower = before.length && before[0].value[1] > now[0].value[1];
  const roomy = box.clientWidth > 560 && observed.length < 12;
  return [
    ...fan(course),
    ...whisker(course),
    pathLine(course.path, box.dataset.path, false),
    ...(course.originalPath.length ? [pathLine(course.originalPath, box.dataset.original, true)] : []),
    {
      type: "line", data: observed, symbol: "circle", symbolSize: 7, silent: true,
      lineStyle: { color: accent, width: 2 }, itemStyle: { color: accent },
      label: {
        ...label, position: "bottom",
        // on a phone only the latest figure is written, the others stand in the table
        formatter: (point) => {
          if (course.base && point.data.value[0] === course.base.x) return "";
          return roomy || point.dataIndex === observed.length - 1 ? point.data.name : "";
        },
      },
      markLine: breaks(course),
    },
    {
      type: "scatter", data: other, symbol: "circle", symbolSize: 7, silent: true,
      itemStyle: { color: colour("paper"), borderColor: quiet, borderWidth: 1.5 },
      label: { ...label, show: roomy && other.length < 9, color: quiet, position: "top" },
      labelLayout: { hideOverlap: true },
    },
    {
      type: "scatter", data: base, symbol: "rect", symbolSize: 8, silent: true,
      itemStyle: { color: quiet }, label: { ...label, position: [8, 10] },
    },
    {
      type: "scatter", data: before, symbol: "diamond", symbolSize: 11, silent: true,
      itemStyle: { color: colour("paper"), borderColor: quiet, borderWidth: 1.5 }, label: { ...label, color: quiet, position: "left" },
    },
    {
      type: "scatter", data: now, symbol: "diamond", symbolSize: 13, silent: true,
      itemStyle: { color: ink }, label: { ...label, position: lower ? "bottom" : "top", distance: 8, fontWeight: 600 },
      markLine: {
        silent: true, symbol: "none", label: { show: false },
        lineStyle: { color: ink, width: 1, type: "solid", opacity: 0.5 },
        data: now.map((point) => ({ yAxis: point.value[1] })),
      },
    },
  ];
}

function places(course) {
  const points = [...course.observed, ...course.other, ...course.targets, ...(course.base ? [course.base] : [])];
  return [...points.map((point) => point.x), ...course.path.map((point) => point[0]), ...(course.fan?.x ?? [])].filter(Number.isFinite);
}

// a level far from zero would lie flat on its ceiling: the axis starts at zero only where it is near
function floor(extent) {
  const span = extent.max - extent.min || Math.abs(extent.max) || 1;
  if (extent.min >= 0 && extent.min < 2 * span) return 0;
  const step = 10 ** Math.floor(Math.log10(span));
  return Math.floor((extent.min - span * 0.1) / step) * step;
}

function options(course) {
  const years = places(course);
  const first = Math.floor(Math.min(...years));
  const last = Math.ceil(Math.max(...years));
  const quiet = colour("ink-3");
  const rule = colour("rule");
  const axis = { axisLabel: { color: quiet, fontSize: 12 }, axisTick: { show: false } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: box.clientWidth > 560 ? 72 : 24, top: 40, bottom: 8, containLabel: true },
    xAxis: {
      ...axis, type: "value", min: first, max: last + 0.5,
      interval: Math.max(1, Math.ceil((last - first) / (box.clientWidth > 560 ? 14 : 6))), splitLine: { show: false }, axisLine: { lineStyle: { color: quiet } },
      axisLabel: { ...axis.axisLabel, showMaxLabel: false, formatter: (value) => (Number.isInteger(value) ? String(value) : "") },
    },
    yAxis: {
      ...axis, type: "value", name: course.unit, nameTextStyle: { color: quiet, align: "right" }, min: floor,
      axisLabel: { ...axis.axisLabel, formatter: (value) => printed.format(value) },
      splitLine: { lineStyle: { color: rule } }, axisLine: { show: false },
    },
    series: series(course),
  };
}

function csv() {
  const rows = [...document.querySelectorAll("#series tr")];
  return commaSeparated(rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
}

async function draw() {
  const course = JSON.parse(document.getElementById("chart-path").textContent);
  // the package is a plain script that leaves its name on the window
  await import(JSON.parse(source.textContent));
  const { echarts } = globalThis;
  box.hidden = false;
  const place = document.getElementById("chart");
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(options(course));
  addEventListener("resize", () => chart.resize());
  document.addEventListener("hexi:theme", () => chart.setOption(options(course)));
  offerSaving(box, place, chart, () => options(course), csv);
}

if (box && source) {
  draw().catch(() => {
    box.hidden = true;
  });
}
