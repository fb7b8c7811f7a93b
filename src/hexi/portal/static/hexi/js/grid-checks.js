// Checks while one types: the rules of the server in the browser, at the cells and as a list to
// go through with j and k, each query with room for its explanation.
import { check } from "./checking.js";

const ORDER = { hard: 0, explain: 1, info: 2 };
const PAUSE = 120;

export class Checks {
  constructor(book, form, words, explain) {
    Object.assign(this, { book, form, words, explain });
    this.list = document.getElementById("grid-list");
    this.count = document.getElementById("grid-count");
    this.opener = document.getElementById("grid-faults-open");
    this.explanations = book.data.explanations;
    this.faults = [];
    this.at = -1;
    this.timer = 0;
    book.listen(() => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), PAUSE);
    });
    this.opener?.addEventListener("click", () => {
      document.getElementById("grid-faults").scrollIntoView({ block: "start" });
      this.list.querySelector("button")?.focus();
    });
    this.run();
  }

  say(word, gaps = {}) {
    return Object.entries(gaps).reduce((text, [gap, value]) => text.replaceAll(`{${gap}}`, value), this.words[word]);
  }

  // --- faults
  run() {
    const { data } = this.book;
    const answers = check(data.rules, this.book.state(), data.period, data.language);
    const broken = answers.filter(({ verdict }) => verdict === false).map((answer) => this.broken(answer));
    const found = [...this.typing(), ...broken, ...this.missing()];
    this.faults = found.sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
    this.mark();
    this.draw();
  }

  // what stops the return from being submitted
  stopping() {
    return this.faults.filter((fault) => fault.severity === "hard" || (fault.severity === "explain" && !fault.answer));
  }

  broken(answer) {
    const { data } = this.book;
    const rule = data.rules.rules.find(({ id }) => id === answer.rule);
    const cells = answer.cells.map((cell) => this.nameOf(cell, rule, answer.row)).filter(Boolean);
    const title = answer.row ? `${data.sections[rule.rows]?.rows[answer.row] ?? answer.row}：` : "";
    const fault = { key: `${answer.rule}|${answer.row}`, rule: answer.rule, row: answer.row, severity: answer.severity, cells };
    fault.message = `${title}${answer.message}`;
    if (answer.severity === "explain") fault.answer = this.answered(rule, cells);
    return fault;
  }

  nameOf(cell, rule, row) {
    const source = this.book.data.rules.sources[cell.source];
    if (!source.page) return "";
    if (source.kind === "prior") return `${source.name}@prior`;
    if (source.kind === "row") return `${rule.rows}/${row}/${source.name}`;
    return source.kind === "item" ? source.name : "";
  }

  // an explanation holds for the figures that it was given for
  answered(rule, cells) {
    const version = rule.key.split("/").pop();
    return this.explanations.find(
      (one) =>
        one.rule === rule.id && one.version === version && cells.every((name) => name in one.cells) &&
        cells.every((name) => (one.cells[name] ?? "") === this.book.text(name)),
    );
  }

  typing() {
    const faults = [];
    for (const [name, { fault }] of this.book.wrong) {
      faults.push({ key: `typed|${name}`, severity: "hard", cells: [name], message: this.say(fault[0], fault[1]) });
    }
    for (const [name, { message }] of this.book.refused) {
      faults.push({ key: `refused|${name}`, severity: "hard", cells: [name], message });
    }
    for (const [name, { message }] of this.book.overtaken) {
      faults.push({ key: `clash|${name}`, severity: "hard", cells: [name], message, clash: name });
    }
    return faults;
  }

  missing() {
    const { data } = this.book;
    const asked = [
      ...data.cover.filter(({ required }) => required).map(({ code, name }) => [`cover.${code}`, name]),
      ...Object.values(data.items).filter(({ required }) => required).map(({ code, name }) => [code, name]),
    ];
    const empty = asked.filter(([name]) => !this.book.text(name) && !this.book.wrong.has(name));
    return empty.map(([cell, name]) => ({
      key: `missing|${cell}`, severity: "hard", cells: [cell], message: this.say("missing", { item: name }), quiet: true,
    }));
  }

  // --- at the cells
  mark() {
    for (const cell of this.form.querySelectorAll(".cell.hard, .cell.explain, .cell.info")) {
      cell.classList.remove("hard", "explain", "info");
      cell.removeAttribute("aria-invalid");
    }
    for (const say of this.form.querySelectorAll(".say:not(:empty)")) {
      say.className = "say";
      say.replaceChildren();
    }
    const shown = this.faults.filter((fault) => !fault.quiet && !fault.answer);
    for (const fault of shown) {
      for (const [number, name] of fault.cells.entries()) {
        const cell = this.cell(name);
        if (!cell) continue;
        cell.classList.add(fault.severity);
        if (fault.severity === "hard") cell.setAttribute("aria-invalid", "true");
        // said once in words, at the first of its cells
        if (number === 0) this.speak(name, fault);
      }
    }
  }

  speak(name, fault) {
    const say = document.getElementById(`say-${name}`);
    if (!say || say.textContent) return;
    say.className = `say ${fault.severity}`;
    say.append(fault.message);
    if (!fault.clash) return;
    for (const [word, mine] of [["keep_mine", true], ["take_theirs", false]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link-button";
      button.textContent = this.words[word];
      button.addEventListener("click", () => this.book.decide(fault.clash, mine));
      say.append(button);
    }
  }

  cell(name) {
    return this.form.querySelector(`.cell[name="${CSS.escape(name)}"]`);
  }

  // --- the list
  draw() {
    const open = document.activeElement?.closest?.("#grid-list textarea");
    const number = (kind) => this.faults.filter(({ severity, answer }) => severity === kind && !answer).length;
    const gaps = { hard: number("hard"), explain: number("explain"), info: number("info") };
    const text = this.say(gaps.hard + gaps.explain + gaps.info ? "counts" : "clean", gaps);
    if (this.count.textContent !== text) this.count.textContent = text;
    this.opener.hidden = false;
    this.opener.textContent = this.say("faults", { n: gaps.hard + gaps.explain });
    if (open) return; // not while an explanation is being written
    this.list.replaceChildren(...this.faults.map((fault, index) => this.line(fault, index)));
  }

  line(fault, index) {
    const item = document.createElement("li");
    const jump = document.createElement("button");
    jump.type = "button";
    jump.className = "jump";
    const lamp = document.createElement("span");
    lamp.className = `lamp lamp-${{ hard: "failed", explain: fault.answer ? "met" : "running", info: "waiting" }[fault.severity]}`;
    lamp.textContent = this.words[fault.answer ? "explained" : `kind_${fault.severity}`];
    const words = document.createElement("span");
    words.textContent = ` ${fault.message}`;
    jump.append(lamp, words);
    jump.addEventListener("click", () => this.go(index));
    item.append(jump);
    if (fault.answer) {
      const said = document.createElement("p");
      said.className = "answered";
      said.textContent = fault.answer.text;
      item.append(said);
    } else if (fault.severity === "explain") item.append(this.box(fault));
    return item;
  }

  box(fault) {
    const box = document.createElement("div");
    const area = document.createElement("textarea");
    area.setAttribute("aria-label", `${this.words.explanation} ${fault.message}`);
    area.placeholder = this.words.explanation;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = this.words.explain;
    button.addEventListener("click", async () => {
      button.disabled = true;
      await this.explain(fault, area.value);
      button.disabled = false;
      area.blur();
      this.run();
    });
    box.append(area, button);
    return box;
  }

  go(index) {
    const fault = this.faults[index];
    if (!fault) return;
    this.at = index;
    for (const [number, item] of [...this.list.children].entries()) item.classList.toggle("here", number === index);
    const cell = fault.cells.map((name) => this.cell(name)).find(Boolean);
    if (cell) {
      cell.focus();
      cell.scrollIntoView({ block: "center" });
    } else this.list.children[index]?.querySelector("button").focus();
  }

  step(by) {
    if (this.faults.length) this.go((this.at + by + this.faults.length) % this.faults.length);
  }
}
