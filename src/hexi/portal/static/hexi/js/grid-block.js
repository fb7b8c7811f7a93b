// A block of cells as spreadsheets lay it on the clipboard: tabs between cells, a line a row. A cell
// with a tab, a line break or a quotation mark in it stands between quotation marks.
const BARE = /[^\t\r\n]*/y;
const QUOTED = /"((?:[^"]|"")*)"(?=\t|\r?\n|$)/y;

function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

// Rows of texts; an empty line at the end is none.
export function read(text) {
  const rows = [[]];
  let place = 0;
  for (;;) {
    const quoted = at(QUOTED, text, place);
    const found = quoted ?? at(BARE, text, place);
    rows.at(-1).push(quoted ? quoted[1].replaceAll('""', '"') : found[0]);
    place += found[0].length;
    if (text[place] === "\t") place += 1;
    else {
      const end = /^\r?\n|^\r/.exec(text.slice(place, place + 2));
      if (!end) return rows;
      place += end[0].length;
      if (!text.slice(place).trim()) return rows;
      rows.push([]);
    }
  }
}

export function write(rows) {
  const cell = (text) => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((texts) => texts.map(cell).join("\t")).join("\n");
}
