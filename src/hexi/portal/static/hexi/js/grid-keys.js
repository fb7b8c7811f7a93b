// The keyboard of a sheet: arrows, Enter, ranges, copy, paste, delete, undo.
import { read, write } from "./grid-block.js";

const rowsOf = (form) =>
  [...form.querySelectorAll("[data-line]")]
    .map((line) => [...line.querySelectorAll("input.cell, select.cell")])
    .filter((cells) => cells.length);

function placeOf(rows, cell) {
  for (const [row, cells] of rows.entries()) {
    const column = cells.indexOf(cell);
    if (column >= 0) return { row, column };
  }
  return null;
}

export class Keys {
  constructor(form, book, { faultStep, told }) {
    this.form = form;
    this.book = book;
    this.faultStep = faultStep;
    this.told = told;
    this.anchor = null;
    this.range = [];
    form.addEventListener("keydown", (event) => this.down(event));
    form.addEventListener("focusin", (event) => this.enter(event));
    form.addEventListener("focusout", (event) => this.leave(event));
    form.addEventListener("change", (event) => this.leave(event));
    form.addEventListener("mousedown", (event) => this.press(event));
    form.addEventListener("mouseover", (event) => this.drag(event));
    form.addEventListener("paste", (event) => this.paste(event));
    form.addEventListener("copy", (event) => this.copy(event));
    form.addEventListener("cut", (event) => this.copy(event));
  }

  isCell(target) {
    return target instanceof Element && target.matches("input.cell, select.cell");
  }

  // --- typing
  enter({ target }) {
    if (!this.isCell(target) || target.matches("select")) return;
    if (!this.book.isText(target.name)) target.value = this.book.shown(target.name, { grouping: false });
    target.select();
  }

  leave({ target }) {
    if (!this.isCell(target)) return;
    this.commit(target);
    target.value = this.book.shown(target.name);
  }

  commit(cell) {
    if (cell.value === this.book.shown(cell.name, { grouping: false })) return;
    if (cell.value === this.book.shown(cell.name)) return;
    this.book.type([[cell.name, cell.value]]);
  }

  isWhole(cell) {
    return cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  }

  // --- moving
  down(event) {
    const { target, key } = event;
    if (!this.isCell(target) || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      this.chord(event);
      return;
    }
    if (event.altKey) return;
    const number = !this.book.isText(target.name);
    if (number && (key === "j" || key === "k")) {
      event.preventDefault();
      this.commit(target);
      this.faultStep(key === "j" ? 1 : -1);
    } else if (key === "Enter") {
      event.preventDefault();
      this.move(target, event.shiftKey ? -1 : 1, 0);
    } else if ((key === "ArrowDown" || key === "ArrowUp") && !target.matches("select")) {
      event.preventDefault();
      this.move(target, key === "ArrowDown" ? 1 : -1, 0, event.shiftKey);
    } else if ((key === "ArrowLeft" || key === "ArrowRight") && !target.matches("select")) {
      this.sideways(event);
    } else if (key === "F2" && !target.matches("select")) {
      target.setSelectionRange(target.value.length, target.value.length);
    } else if (key === "Escape") {
      // the first one takes back what was typed, or the marks; only then does the page let go of the cell
      const typing = target.value !== this.book.shown(target.name, { grouping: false });
      if (typing || this.range.length) event.stopPropagation();
      target.value = this.book.shown(target.name, { grouping: false });
      target.select();
      this.pick([]);
    } else if ((key === "Delete" || key === "Backspace") && this.range.length > 1) {
      event.preventDefault();
      this.write(this.range.map((cell) => [cell.name, ""]));
    }
  }

  sideways(event) {
    const { target, key, shiftKey } = event;
    const by = key === "ArrowRight" ? 1 : -1;
    const edge = by > 0 ? target.selectionStart === target.value.length : target.selectionEnd === 0;
    const whole = this.isWhole(target) && !this.book.isText(target.name);
    if (shiftKey ? whole || this.range.length : whole || (edge && target.selectionStart === target.selectionEnd)) {
      event.preventDefault();
      this.move(target, 0, by, shiftKey);
    }
  }

  move(cell, down, across, extend = false) {
    const rows = rowsOf(this.form);
    const from = placeOf(rows, extend && this.head ? this.head : cell);
    if (!from) return;
    let { row, column } = from;
    if (across) {
      column += across;
      if (column < 0 || column >= rows[row].length) {
        row += across;
        column = across > 0 ? 0 : (rows[row]?.length ?? 1) - 1;
      }
    } else row += down;
    const next = rows[row]?.[Math.min(column, rows[row].length - 1)];
    if (!next) return;
    if (extend) {
      this.anchor ??= cell;
      this.select(this.anchor, next);
      return;
    }
    this.pick([]);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  chord(event) {
    const key = event.key.toLowerCase();
    const { target } = event;
    const changed = target.value !== this.book.shown(target.name, { grouping: false });
    if (key === "z" && !changed) {
      event.preventDefault();
      this.back(event.shiftKey);
    } else if (key === "y") {
      event.preventDefault();
      this.back(true);
    }
  }

  back(forward) {
    const names = forward ? this.book.redo() : this.book.undo();
    const cell = names.length && this.form.querySelector(`[name="${CSS.escape(names[0])}"]`);
    if (cell) {
      cell.focus();
      cell.value = this.book.shown(cell.name, { grouping: false });
      cell.select();
    }
  }

  // --- ranges
  pick(cells) {
    for (const cell of this.range) cell.classList.remove("picked");
    this.range = cells.length > 1 ? cells : [];
    for (const cell of this.range) cell.classList.add("picked");
    if (!cells.length) this.anchor = this.head = null;
  }

  select(from, to) {
    if (this.isCell(document.activeElement)) this.commit(document.activeElement);
    const rows = rowsOf(this.form);
    const [a, b] = [placeOf(rows, from), placeOf(rows, to)];
    if (!a || !b) return;
    const [left, right] = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
    const lines = rows.slice(Math.min(a.row, b.row), Math.max(a.row, b.row) + 1);
    this.anchor = from;
    this.head = to;
    this.lines = lines.map((cells) => cells.slice(left, right + 1));
    this.pick(this.lines.flat());
  }

  press(event) {
    if (!this.isCell(event.target)) return;
    if (event.shiftKey && this.isCell(document.activeElement)) {
      event.preventDefault();
      this.select(document.activeElement, event.target);
      return;
    }
    this.pick([]);
    this.dragged = event.target;
    // a click on another cell takes the whole of it, so that typing replaces what stands there; a
    // click into the cell that one is in sets the caret
    const fresh = event.target !== document.activeElement && !event.target.matches("select");
    const done = () => {
      if (fresh && this.range.length < 2 && this.dragged === document.activeElement) this.dragged.select();
      this.dragged = null;
    };
    addEventListener("mouseup", done, { once: true });
  }

  drag(event) {
    if (!this.dragged || event.target === this.dragged || !this.isCell(event.target)) return;
    event.preventDefault();
    this.select(this.dragged, event.target);
  }

  copy(event) {
    const { target } = event;
    if (this.range.length < 2) {
      // a part of the text that is marked is copied as text; else the cell is meant
      if (!this.isCell(target) || target.matches("select") || target.selectionStart !== target.selectionEnd) return;
      event.preventDefault();
      event.clipboardData.setData("text/plain", target.value);
      if (event.type === "cut") this.write([[target.name, ""]]);
      return;
    }
    event.preventDefault();
    event.clipboardData.setData("text/plain", write(this.lines.map((cells) => cells.map((cell) => this.book.shown(cell.name)))));
    if (event.type === "cut") this.write(this.range.map((cell) => [cell.name, ""]));
  }

  paste(event) {
    if (!this.isCell(event.target)) return;
    const block = read(event.clipboardData.getData("text/plain"));
    const single = block.length === 1 && block[0].length === 1;
    if (single && this.range.length < 2) return;
    event.preventDefault();
    if (single) {
      this.write(this.range.map((cell) => [cell.name, block[0][0]]));
      return;
    }
    const rows = rowsOf(this.form);
    const start = placeOf(rows, this.range[0] ?? event.target);
    const changes = [];
    let lost = 0;
    for (const [down, line] of block.entries()) {
      for (const [across, raw] of line.entries()) {
        const cell = rows[start.row + down]?.[start.column + across];
        if (cell) changes.push([cell.name, raw]);
        else if (raw.trim()) lost += 1;
      }
    }
    this.write(changes);
    if (lost) this.told(lost);
  }

  write(changes) {
    this.book.type(changes);
    const active = document.activeElement;
    if (this.isCell(active)) {
      active.value = this.book.shown(active.name, { grouping: false });
      active.select();
    }
  }
}
