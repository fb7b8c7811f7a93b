// The grid of a return: cells that check and save themselves. The parts are in files of their own;
// here they are put together.
import { Book } from "./grid-book.js";
import { Checks } from "./grid-checks.js";
import { Keys } from "./grid-keys.js";
import { Rows } from "./grid-rows.js";
import { Saver } from "./grid-save.js";
import { onKey } from "./keyboard.js";
import { toast } from "./toasts.js";

const data = JSON.parse(document.getElementById("grid-data").textContent);
const form = document.getElementById("grid");
const words = data.words;
const book = new Book(data);
const told = (text, error = false) => toast(text, { error });

// --- units of measure: figures of the page in the unit that was chosen
function besides() {
  for (const cell of form.querySelectorAll("[data-beside]")) {
    const text = data[cell.dataset.beside][cell.dataset.of];
    cell.textContent = text ? book.inUnit(cell.dataset.of, text) : "–";
  }
  for (const cell of form.querySelectorAll("[data-shown]")) {
    cell.textContent = book.shown(cell.dataset.shown) || "–";
  }
  for (const unit of form.querySelectorAll("[data-unit]")) {
    unit.textContent = book.units.get(unit.dataset.unit) ?? unit.dataset.unit;
  }
}

function draw(names) {
  for (const cell of form.querySelectorAll(".cell")) {
    if (names && !names.has(cell.name)) continue;
    if (cell !== document.activeElement) cell.value = book.shown(cell.name);
    cell.classList.toggle("unsaved", book.text(cell.name) !== (book.kept.get(cell.name) ?? ""));
  }
}

for (const select of form.querySelectorAll("[data-measure]")) {
  select.closest("label").hidden = false;
  const store = `hexi.measure.${select.dataset.measure}`;
  const known = localStorage.getItem(store);
  if (known && [...select.options].some(({ value }) => value === known)) select.value = known;
  const choose = () => {
    // what is being typed was meant in the unit that was shown
    if (document.activeElement?.matches(".cell")) document.activeElement.blur();
    book.units.set(select.dataset.measure, select.value);
    localStorage.setItem(store, select.value);
    draw();
    besides();
  };
  select.addEventListener("change", choose);
  if (select.value !== select.dataset.measure) choose();
}

function edit() {
  const lamp = document.getElementById("grid-state");
  const undo = document.getElementById("grid-undo");
  const redo = document.getElementById("grid-redo");
  const submit = document.getElementById("grid-submit");
  lamp.hidden = undo.hidden = redo.hidden = false;
  const saver = new Saver(book, form, words, (kind, text) => {
    lamp.className = `grid-state lamp lamp-${kind}`;
    if (lamp.textContent !== text) lamp.textContent = text;
  });
  const rows = [...form.querySelectorAll("[data-rows]")].map((section) => new Rows(section, book, words, told));
  const checks = new Checks(book, form, words, async (fault, text) => {
    await saver.flush();
    if (saver.offline) {
      told(words.unsent, true);
      return;
    }
    const answer = await saver.post(data.urls.explain, { rule: fault.rule, row: fault.row, text });
    if (!answer) return;
    if (answer.error) told([answer.error.message, answer.error.remedy].filter(Boolean).join(" "), true);
    else checks.explanations = answer.explanations;
  });
  const keys = new Keys(form, book, {
    faultStep: (by) => checks.step(by),
    told: (n) => told(words.lost.replace("{n}", n), true),
  });
  const buttons = () => {
    undo.disabled = !book.past.length;
    redo.disabled = !book.future.length;
  };
  book.listen((names) => {
    draw(names);
    buttons();
  });
  undo.addEventListener("click", () => keys.back(false));
  redo.addEventListener("click", () => keys.back(true));
  onKey("j", () => checks.step(1));
  onKey("k", () => checks.step(-1));
  draw();
  buttons();
  if (saver.restored) told(words.restored.replace("{n}", saver.restored));

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    const clean = await saver.flush();
    submit.disabled = false;
    checks.run();
    const stopping = checks.stopping();
    if (stopping.length || !clean) {
      told(stopping.length ? words.stopped.replace("{n}", stopping.length) : words.unsent, true);
      checks.go(Math.max(0, checks.faults.indexOf(stopping[0])));
      return;
    }
    const dialog = document.getElementById("grid-sign");
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && hand(), { once: true });
  });

  async function hand() {
    const answer = await saver.post(data.urls.submit, { seen: book.edit });
    if (!answer) told(words.failed, true);
    else if (answer.error) told([answer.error.message, answer.error.remedy].filter(Boolean).join(" "), true);
    else location.assign(answer.url);
  }
  return rows;
}

if (data.editable) edit();
