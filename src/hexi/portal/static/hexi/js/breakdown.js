// The sheet of a breakdown: figures of units that save themselves, with the check of the server
// beside them. Typing, keys and saving are those of the returns' grid.
import { Book } from "./grid-book.js";
import { grouped } from "./grid-figures.js";
import { Keys } from "./grid-keys.js";
import { Saver } from "./grid-save.js";
import { toast } from "./toasts.js";

const data = JSON.parse(document.getElementById("grid-data").textContent);
const form = document.getElementById("grid");
const { words } = data;

// A column of the sheet is what an item is to a return.
class SheetBook extends Book {
  item(name) {
    return this.data.columns[name.slice(name.indexOf("/") + 1)];
  }

  isText() {
    return false;
  }

  inUnit(name, text, grouping = true) {
    if (this.item(name).free) return grouping ? grouped(text) : text;
    return super.inUnit(name, text, grouping);
  }

  read(name, raw) {
    const found = super.read(name, raw);
    // weights are as fine as they were typed, without zeros behind
    if (!this.item(name).free || !found.text?.includes(".")) return found;
    return { text: found.text.replace(/\.?0+$/, "") };
  }

  settle(sent, answer) {
    super.settle(sent, answer);
    standing(answer);
  }
}

const book = new SheetBook(data);

// --- what the server makes of the figures
function standing({ edit, checks, totals, shares, headline, undo }) {
  const spread = document.querySelector("[data-spread]");
  if (spread) spread.hidden = !checks.some((check) => check.spreadable);
  const back = document.querySelector("[data-undo]");
  if (back) {
    back.hidden = !undo;
    back.querySelector("[data-cells]").textContent = undo;
  }
  for (const field of document.querySelectorAll('input[name="seen"]')) field.value = edit;
  for (const check of checks) {
    const row = document.querySelector(`[data-check="${check.year}"]`);
    if (!row) continue;
    const part = (name) => row.querySelector(`[data-part="${name}"]`);
    part("total").textContent = check.total || "–";
    part("gap").textContent = check.gap || "–";
    part("said").textContent = check.said;
    part("lamp").textContent = check.word;
    part("lamp").className = `lamp lamp-${check.lamp}`;
  }
  for (const cell of document.querySelectorAll("[data-total]")) {
    if (cell.dataset.total in totals) cell.textContent = totals[cell.dataset.total];
  }
  for (const cell of document.querySelectorAll("[data-share]")) {
    cell.textContent = shares[cell.dataset.share] ?? "–";
  }
  const title = document.getElementById("sheet-title");
  const [whose] = title.textContent.split(/[:：]/);
  const colon = title.textContent.includes("：") ? "：" : ": ";
  title.textContent = `${whose}${colon}${headline}`;
}

function filled(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (_whole, name) => gaps[name] ?? "");
}

// --- faults: at the cell by colour, below the table in words
function labelOf(name) {
  const [unit, column] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
  const year = column.includes(".") ? `${column.split(".")[0]} ` : "";
  return `${data.units[unit] ?? unit} ${year}${data.columns[column]?.name ?? column}`;
}

function line(name, text, choices = []) {
  const item = document.createElement("li");
  const jump = document.createElement("button");
  jump.type = "button";
  jump.className = "link-button";
  jump.textContent = labelOf(name);
  jump.addEventListener("click", () => form.querySelector(`[name="${CSS.escape(name)}"]`)?.focus());
  item.append(jump, ` ${text}`);
  for (const [label, act] of choices) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = label;
    button.addEventListener("click", act);
    item.append(" ", button);
  }
  return item;
}

function faults() {
  const list = document.getElementById("sheet-faults");
  const lines = [];
  for (const [name, { fault }] of book.wrong) {
    const [word, gaps] = fault;
    lines.push(line(name, filled(words[word] ?? words.number, gaps)));
  }
  for (const [name, { message }] of book.refused) lines.push(line(name, message));
  for (const [name, { message }] of book.overtaken) {
    lines.push(
      line(name, message, [
        [words.keep_mine, () => book.decide(name, true)],
        [words.take_theirs, () => book.decide(name, false)],
      ]),
    );
  }
  list.replaceChildren(...lines);
  list.hidden = !lines.length;
}

function draw(names) {
  for (const cell of form.querySelectorAll("input.cell")) {
    if (names && !names.has(cell.name)) continue;
    if (cell !== document.activeElement) cell.value = book.shown(cell.name);
    const wrong = book.wrong.has(cell.name) || book.refused.has(cell.name) || book.overtaken.has(cell.name);
    cell.classList.toggle("hard", wrong);
    cell.toggleAttribute("aria-invalid", wrong);
    cell.classList.toggle("unsaved", !wrong && book.text(cell.name) !== (book.kept.get(cell.name) ?? ""));
  }
  faults();
}

function edit() {
  const lamp = document.getElementById("grid-state");
  if (lamp) lamp.hidden = false;
  const saver = new Saver(book, form, words, (kind, text) => {
    if (!lamp) return;
    lamp.className = `grid-state lamp lamp-${kind}`;
    if (lamp.textContent !== text) lamp.textContent = text;
  });
  new Keys(form, book, {
    faultStep: () => {},
    told: (n) => toast(words.lost.replace("{n}", n), { error: true }),
  });
  book.listen(draw);
  draw();
  if (saver.restored) toast(words.restored.replace("{n}", saver.restored));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saver.flush();
  });
  // steps rest on what the server has: everything typed goes first
  for (const step of document.querySelectorAll("form[data-after-save]")) {
    step.addEventListener("submit", async (event) => {
      if (step.dataset.ready) return;
      event.preventDefault();
      if (document.activeElement?.matches("input.cell")) document.activeElement.blur();
      if (!(await saver.flush())) {
        toast(words.unsent, { error: true });
        return;
      }
      step.dataset.ready = "yes";
      // a form that is still telling of its submission does not take another one
      setTimeout(() => step.requestSubmit());
    });
  }
}

if (data.editable && form.querySelector("input.cell")) edit();
