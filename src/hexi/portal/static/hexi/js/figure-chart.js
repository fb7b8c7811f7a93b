// Charts of the explorer: bars from zero, lines with their names, small multiples on one scale,
// and points where the units lie. The data are those of the table; a missing chart library only
// leaves the table.
import { colour, commaSeparated, offerSaving } from "./chart-parts.js";

const source = document.getElementById("chart-module");

function printed(value, decimals) {
  return value.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function base(place) {
  const rule = colour("rule");
  const quiet = colour("ink-3");
  const mark = place.dataset.practice;
  return {
    animation: false,
    color: [colour("accent"), colour("threshold"), colour("green"), colour("amber"), colour("red"), colour("ink-2"), colour("other"), quiet],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: { enabled: true },
    graphic: mark ? [{ type: "text", right: 8, top: 0, style: { text: mark, fill: colour("amber"), fontSize: 13 } }] : [],
    axis: { axisLabel: { color: quiet, fontSize: 12 }, axisTick: { show: false }, splitLine: { lineStyle: { color: rule } }, axisLine: { lineStyle: { color: quiet } } },
  };
}

function bars(data, place) {
  const { axis, ...common } = base(place);
  const names = data.series.map((line) => line.name).reverse();
  const values = data.series.map((line) => line.data.at(-1)).reverse();
  const roomy = place.clientWidth > 560;
  return {
    ...common,
    grid: { left: 8, right: 88, top: 24, bottom: 8, containLabel: true },
    xAxis: { ...axis, type: "value", min: (range) => Math.min(0, range.min), max: (range) => Math.max(0, range.max), axisLabel: { ...axis.axisLabel, show: false }, splitLine: { show: false }, axisLine: { show: false } },
    yAxis: { ...axis, type: "category", data: names, axisLabel: { ...axis.axisLabel, color: colour("ink"), width: roomy ? 260 : 120, overflow: "truncate" } },
    series: [{
      type: "bar", data: values, barMaxWidth: 18, silent: true, itemStyle: { color: colour("accent") },
      label: { show: true, position: "right", color: colour("ink"), fontSize: 12, formatter: (point) => printed(point.value, data.decimals) },
    }],
  };
}

function lines(data, place) {
  const { axis, ...common } = base(place);
  const roomy = place.clientWidth > 560;
  return {
    ...common,
    grid: { left: 8, right: roomy ? 200 : 96, top: 32, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", valueFormatter: (value) => (value == null ? "…" : printed(value, data.decimals)), backgroundColor: colour("surface"), borderColor: colour("rule"), textStyle: { color: colour("ink") } },
    xAxis: { ...axis, type: "category", boundaryGap: false, data: data.periods, splitLine: { show: false } },
    yAxis: { ...axis, type: "value", name: data.unit, nameTextStyle: { color: colour("ink-3"), align: "left" }, axisLine: { show: false } },
    series: data.series.map((line) => ({
      type: "line", name: line.name, data: line.data, symbolSize: 6, showSymbol: data.periods.length < 25, connectNulls: false,
      endLabel: { show: true, formatter: line.name, color: "inherit", fontSize: 12, width: roomy ? 180 : 84, overflow: "truncate" },
      labelLayout: { moveOverlap: "shiftY" },
    })),
  };
}

function multiples(data, place) {
  const { axis, ...common } = base(place);
  const across = Math.max(2, Math.floor(place.clientWidth / 220));
  const high = 132;
  const rows = Math.ceil(data.series.length / across);
  place.style.height = `${rows * high + 16}px`;
  const values = data.series.flatMap((line) => line.data).filter((value) => value !== null);
  const low = Math.min(0, ...values);
  // room for the figure above the highest line
  const top = Math.max(0, ...values) * 1.2;
  const wide = 100 / across;
  const at = (index) => ({ left: `${(index % across) * wide + 1}%`, top: Math.floor(index / across) * high + 32, width: `${wide - 3}%`, height: high - 52 });
  return {
    ...common,
    title: data.series.map((line, index) => ({ text: line.name, left: at(index).left, top: at(index).top - 28, textStyle: { fontSize: 12, fontWeight: 600, color: colour("ink"), width: place.clientWidth / across - 16, overflow: "truncate" } })),
    grid: data.series.map((_line, index) => at(index)),
    xAxis: data.series.map((_line, index) => ({ ...axis, gridIndex: index, type: "category", boundaryGap: false, data: data.periods, axisLabel: { show: false }, splitLine: { show: false } })),
    yAxis: data.series.map((_line, index) => ({ gridIndex: index, type: "value", min: low, max: top, show: false })),
    series: data.series.map((line, index) => ({
      type: "line", xAxisIndex: index, yAxisIndex: index, data: line.data, silent: true, symbol: "circle", symbolSize: 4,
      showSymbol: line.data.filter((value) => value !== null).length < 2, lineStyle: { color: colour("accent"), width: 1.5 }, itemStyle: { color: colour("accent") },
      areaStyle: { color: colour("accent"), opacity: 0.12 },
      endLabel: { show: true, color: colour("ink-2"), fontSize: 11, offset: [-44, -10], formatter: (point) => (point.value == null ? "" : printed(point.value, data.decimals)) },
    })),
  };
}

// units at their cities' seats on plain ground: no boundary is drawn, areas say how much
function points(data, place) {
  const { axis: _axis, ...common } = base(place);
  const every = [...data.seats, ...data.points];
  const [west, east] = [Math.min(...every.map((one) => one.x)), Math.max(...every.map((one) => one.x))];
  const [south, north] = [Math.min(...every.map((one) => one.y)), Math.max(...every.map((one) => one.y))];
  const [margin, tallest] = [40, 560];
  // one scale both ways, so that distances are true
  const scale = Math.min((place.clientWidth - 2 * margin) / (east - west || 1), (tallest - 2 * margin) / (north - south || 1));
  place.style.height = `${Math.max(240, Math.round((north - south) * scale) + 2 * margin)}px`;
  const side = Math.max(margin, (place.clientWidth - (east - west) * scale) / 2);
  const most = Math.max(...data.points.map((one) => Math.abs(one.value)), 0) || 1;
  const widest = place.clientWidth > 560 ? 52 : 30;
  const size = (value) => Math.max(4, widest * Math.sqrt(Math.abs(value) / most));
  const named = new Set([...data.points].sort((a, b) => b.value - a.value).slice(0, place.clientWidth > 560 ? 6 : 3).map((one) => one.name));
  const plain = { type: "value", show: false };
  return {
    ...common,
    grid: { left: side, right: side, top: margin, bottom: margin },
    tooltip: { trigger: "item", formatter: (point) => (point.data.text ? `${point.data.name}<br>${point.data.text}` : point.data.name), backgroundColor: colour("surface"), borderColor: colour("rule"), textStyle: { color: colour("ink") } },
    xAxis: { ...plain, min: west, max: east },
    yAxis: { ...plain, min: south, max: north },
    series: [
      {
        type: "scatter", symbol: "rect", symbolSize: 4, silent: true, itemStyle: { color: colour("ink-3") },
        data: data.seats.map((one) => ({ name: one.name, value: [one.x, one.y] })),
        label: { show: true, position: "bottom", distance: 12, color: colour("ink-3"), fontSize: 11, formatter: (point) => point.name }, labelLayout: { hideOverlap: true }, z: 1,
      },
      {
        type: "scatter", data: data.points.map((one) => ({ name: one.name, value: [one.x, one.y], text: `${printed(one.value, data.decimals)} ${data.unit}`, symbolSize: size(one.value), itemStyle: one.value < 0 ? { color: "transparent", borderColor: colour("red"), borderWidth: 2 } : undefined })),
        itemStyle: { color: colour("accent"), opacity: 0.6, borderColor: colour("paper"), borderWidth: 1 },
        label: { show: true, position: "right", color: colour("ink"), fontSize: 12, formatter: (point) => (named.has(point.name) ? point.name : "") }, labelLayout: { hideOverlap: true }, z: 2,
      },
    ],
  };
}

const kinds = { bar: bars, line: lines, multiples, points };

function csv(data) {
  const head = [data.unit, ...data.periods];
  const rows = data.series.map((line) => [line.name, ...line.data.map((value) => value?.toFixed(data.decimals))]);
  return commaSeparated([[data.title], head, ...rows]);
}

let drawn = null;

async function draw() {
  const box = document.getElementById("chart-box");
  const text = document.getElementById("chart-data")?.textContent ?? "";
  const place = document.getElementById("chart");
  if (!box || !text || (drawn?.place === place && drawn.text === text)) return;
  await import(JSON.parse(source.textContent));
  const { echarts } = globalThis;
  const data = JSON.parse(text);
  if (data.kind === "bar") place.style.height = `${Math.max(200, data.series.length * 26 + 48)}px`;
  if (data.kind === "line") place.style.height = "";
  const options = kinds[data.kind](data, place);
  drawn?.chart.dispose();
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(options);
  drawn = { place, text, chart };
  offerSaving(box, place, chart, () => kinds[data.kind](data, place), () => csv(data));
}

function redraw() {
  if (!drawn) return;
  drawn.text = "";
  draw().catch(() => {});
}

if (source) {
  draw().catch(() => document.getElementById("chart-box")?.setAttribute("hidden", ""));
  document.addEventListener("htmx:after:swap", () => draw().catch(() => {}));
  document.addEventListener("hexi:theme", redraw);
  let timer = 0;
  addEventListener("resize", () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, 150);
  });
}
