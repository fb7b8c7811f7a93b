// What every chart shares: colours of the page's own tokens, and saving as PNG, SVG and CSV.

export function colour(name) {
  const probe = document.createElement("span");
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function save(name, address) {
  const link = document.createElement("a");
  link.download = name;
  link.href = address;
  link.click();
}

function saveText(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  save(name, address);
  URL.revokeObjectURL(address);
}

// lines of cells as a file that spreadsheets open in the right encoding
export function commaSeparated(lines) {
  const quote = (text) => `"${String(text ?? "").trim().replace(/\s+/g, " ").replaceAll('"', '""')}"`;
  return `\ufeff${lines.map((cells) => cells.map(quote).join(",")).join("\r\n")}\r\n`;
}

// the buttons of a chart's box; options and csv are asked for when one is pressed
export function offerSaving(box, place, chart, options, csv) {
  const name = box.dataset.file;
  const saves = {
    png: () => save(`${name}.png`, chart.getDataURL({ pixelRatio: 2, backgroundColor: colour("paper") })),
    svg: () => {
      const size = { width: place.clientWidth, height: place.clientHeight };
      const still = globalThis.echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
      still.setOption(options());
      saveText(`${name}.svg`, still.renderToSVGString(), "image/svg+xml");
      still.dispose();
    },
    csv: () => saveText(`${name}.csv`, csv(), "text/csv"),
  };
  box.onclick = (event) => saves[event.target.dataset.save]?.();
}
