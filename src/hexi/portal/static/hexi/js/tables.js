// Tables: rows that open, columns that hide, copying as text with tabs.
import { toast, words } from "./toasts.js";

document.addEventListener("click", (event) => {
  if (event.target.closest("a, button, input, select, label, summary, form")) return;
  const row = event.target.closest("table.rows tbody tr[data-href]");
  if (row && !String(getSelection())) location.assign(row.dataset.href);
});

// --- choose columns: kept in this browser by the name of the table
function hiddenColumns(name) {
  try {
    return new Set(JSON.parse(localStorage.getItem(`hexi.columns.${name}`) || "[]"));
  } catch {
    return new Set();
  }
}

function showColumns(menu) {
  const hidden = hiddenColumns(menu.dataset.columns);
  for (const box of menu.querySelectorAll("input[data-column]")) {
    box.checked = !hidden.has(box.dataset.column);
  }
  for (const cell of document.querySelectorAll("th[data-column], td[data-column]")) {
    cell.classList.toggle("no-col", hidden.has(cell.dataset.column));
  }
}

const menus = [...document.querySelectorAll("[data-columns]")];
for (const menu of menus) {
  menu.hidden = false;
  showColumns(menu);
  menu.addEventListener("change", () => {
    const off = [...menu.querySelectorAll("input[data-column]:not(:checked)")];
    const names = off.map((box) => box.dataset.column);
    localStorage.setItem(`hexi.columns.${menu.dataset.columns}`, JSON.stringify(names));
    showColumns(menu);
  });
}
document.addEventListener("htmx:after:swap", () => menus.forEach(showColumns));

// --- copy
export function tableText(table) {
  const rows = [...table.querySelectorAll("tr:not(.filters)")];
  const cells = (row) => [...row.cells].filter((cell) => !cell.classList.contains("no-col"));
  const text = (cell) => cell.innerText.trim().replace(/\s+/g, " ");
  return rows.map((row) => cells(row).map(text).join("\t")).join("\n");
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = tableText(document.querySelector(button.dataset.copy));
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // no clipboard outside of a secure context: an old way that needs a selection
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast(words.copied);
  });
}

// --- the filter row sticks right below the head row, whose height depends on the language
for (const row of document.querySelectorAll("tr.filters")) {
  const head = row.previousElementSibling;
  row.closest("table").style.setProperty("--filters-top", `${head.offsetHeight}px`);
}
