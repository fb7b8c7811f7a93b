// The chart of one target: observed figures, the even path from base to target, the target line.
// The page has the table behind it, so a missing chart library only leaves the table.
const box = document.getElementById("chart-box");
const source = document.getElementById("chart-module");

function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

const printed = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

// "2020", "2016-2020", "2023-06", "2023-Q1" to a place on the axis of years
function year(period) {
  const parts = String(period).match(/\d{4}|Q[1-4]|(?<=-)\d{1,2}(?!\d)/g) ?? [];
  const last = parts.at(-1) ?? "";
  if (/^\d{4}$/.test(last)) return Number(last);
  const base = Number(parts[0]);
  if (last.startsWith("Q")) return base + Number(last[1]) / 4 - 1;
  return base + Number(last) / 12 - 1;
}

function points(path, kind) {
  return path
    .filter((point) => point.kind === kind && point.value !== null)
    .map((point) => ({ value: [year(point.period), Number(point.value)], name: point.printed ?? printed.format(point.value) }))
    .sort((a, b) => a.value[0] - b.value[0]);
}

function series(path) {
  const ink = colour("ink");
  const quiet = colour("ink-3");
  const accent = colour("accent");
  const label = { show: true, fontSize: 13, color: ink, formatter: (point) => point.data.name };
  const base = points(path, "base");
  const target = points(path, "target");
  const observed = points(path, "observed");
  const required = points(path, "required");
  const other = points(path, "other");
  const roomy = box.clientWidth > 560 && observed.length < 12;
  const even = required.length ? required : [...base, ...target];
  return [
    {
      type: "line", data: even, showSymbol: false, silent: true,
      lineStyle: { color: quiet, width: 1.5, type: "dashed" },
    },
    {
      type: "line", data: observed, symbol: "circle", symbolSize: 7, silent: true,
      lineStyle: { color: accent, width: 2 }, itemStyle: { color: accent },
      label: {
        ...label,
        position: "bottom",
        // on a phone only the latest figure is written, the others stand in the table
        formatter: (point) =>
          roomy || point.dataIndex === observed.length - 1 ? point.data.name : "",
      },
      endLabel: { show: observed.length > 1, formatter: box.dataset.observed, color: accent, fontSize: 13, distance: 12 },
    },
    {
      type: "scatter", data: other, symbol: "circle", symbolSize: 7, silent: true,
      itemStyle: { color: colour("paper"), borderColor: quiet, borderWidth: 1.5 },
      label: { ...label, show: roomy && other.length < 9, color: quiet, position: "top" },
      labelLayout: { hideOverlap: true },
    },
    {
      type: "scatter", data: base, symbol: "rect", symbolSize: 8, silent: true,
      itemStyle: { color: quiet }, label: { ...label, position: [8, 10], formatter: (point) => `${box.dataset.base} ${point.data.name}` },
    },
    {
      type: "scatter", data: target, symbol: "diamond", symbolSize: 13, silent: true,
      itemStyle: { color: ink }, label: { ...label, position: "top", distance: 8, fontWeight: 600, formatter: (point) => `${box.dataset.target} ${point.data.name}` },
      markLine: {
        silent: true, symbol: "none", label: { show: false },
        lineStyle: { color: ink, width: 1, type: "solid", opacity: 0.5 },
        data: target.map((point) => ({ yAxis: point.value[1] })),
      },
    },
  ];
}

function options(path) {
  const years = path.map((point) => year(point.period)).filter(Number.isFinite);
  const first = Math.floor(Math.min(...years));
  const last = Math.ceil(Math.max(...years));
  const quiet = colour("ink-3");
  const rule = colour("rule");
  const axis = { axisLabel: { color: quiet, fontSize: 12 }, axisTick: { show: false } };
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: box.clientWidth > 560 ? 72 : 24, top: 32, bottom: 8, containLabel: true },
    xAxis: {
      ...axis, type: "value", min: first, max: last + 0.5,
      interval: Math.max(1, Math.ceil((last - first) / (box.clientWidth > 560 ? 14 : 6))), splitLine: { show: false }, axisLine: { lineStyle: { color: quiet } },
      axisLabel: { ...axis.axisLabel, showMaxLabel: false, formatter: (value) => (Number.isInteger(value) ? String(value) : "") },
    },
    yAxis: {
      ...axis, type: "value", name: box.dataset.unit, nameTextStyle: { color: quiet, align: "right" },
      splitLine: { lineStyle: { color: rule } }, axisLine: { show: false },
    },
    series: series(path),
  };
}

function save(name, address) {
  const link = document.createElement("a");
  link.download = name;
  link.href = address;
  link.click();
}

function csv() {
  const rows = [...document.querySelectorAll("#series tr")];
  const quote = (text) => `"${text.trim().replace(/\s+/g, " ").replaceAll('"', '""')}"`;
  const lines = rows.map((row) => [...row.cells].map((cell) => quote(cell.innerText)).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

async function draw() {
  const path = JSON.parse(document.getElementById("chart-path").textContent);
  if (!path.length) return;
  // the package is a plain script that leaves its name on the window
  await import(JSON.parse(source.textContent));
  const { echarts } = globalThis;
  box.hidden = false;
  const place = document.getElementById("chart");
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(options(path));
  addEventListener("resize", () => chart.resize());
  document.addEventListener("hexi:theme", () => chart.setOption(options(path)));
  const name = box.dataset.file;
  const saves = {
    png: () => save(`${name}.png`, chart.getDataURL({ pixelRatio: 2, backgroundColor: colour("paper") })),
    svg: () => {
      const still = echarts.init(null, null, { renderer: "svg", ssr: true, width: place.clientWidth, height: place.clientHeight });
      still.setOption(options(path));
      save(`${name}.svg`, URL.createObjectURL(new Blob([still.renderToSVGString()], { type: "image/svg+xml" })));
      still.dispose();
    },
    csv: () => save(`${name}.csv`, URL.createObjectURL(new Blob([csv()], { type: "text/csv" }))),
  };
  box.addEventListener("click", (event) => saves[event.target.dataset.save]?.());
}

if (box && source) {
  draw().catch(() => {
    box.hidden = true;
  });
}
