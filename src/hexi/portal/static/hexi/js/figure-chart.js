// Charts of the explorer: bars from zero, lines with their names, small multiples on one scale.
// The data are those of the table; a missing chart library only leaves the table.
const source = document.getElementById("chart-module");

function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

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

const kinds = { bar: bars, line: lines, multiples };

function save(name, address) {
  const link = document.createElement("a");
  link.download = name;
  link.href = address;
  link.click();
}

function csv(data) {
  const quote = (text) => `"${String(text ?? "").replaceAll('"', '""')}"`;
  const head = [data.unit, ...data.periods].map(quote).join(",");
  const rows = data.series.map((line) => [quote(line.name), ...line.data.map((value) => (value === null ? "" : value.toFixed(data.decimals)))].join(","));
  return `\ufeff${[quote(data.title), head, ...rows].join("\r\n")}\r\n`;
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
  const saves = {
    png: () => save(`${box.dataset.file}.png`, chart.getDataURL({ pixelRatio: 2, backgroundColor: colour("paper") })),
    svg: () => {
      const still = echarts.init(null, null, { renderer: "svg", ssr: true, width: place.clientWidth, height: place.clientHeight });
      still.setOption(kinds[data.kind](data, place));
      save(`${box.dataset.file}.svg`, URL.createObjectURL(new Blob([still.renderToSVGString()], { type: "image/svg+xml" })));
      still.dispose();
    },
    csv: () => save(`${box.dataset.file}.csv`, URL.createObjectURL(new Blob([csv(data)], { type: "text/csv" }))),
  };
  box.onclick = (event) => saves[event.target.dataset.save]?.();
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
