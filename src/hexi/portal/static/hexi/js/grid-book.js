// The return as the page knows it: what the server keeps, what stands now, what was typed wrongly,
// and the steps back and forth. It knows nothing of the page.
import { grouped, plain, typed } from "./grid-figures.js";

const COVER = "cover.";

export class Book {
  constructor(data) {
    this.data = data;
    this.edit = data.edit;
    this.kept = new Map(Object.entries(data.values));
    this.now = new Map(this.kept);
    this.wrong = new Map(); // name to {raw, fault}: stands on the page, is never sent
    this.refused = new Map(); // name to {text, message}: the server said no to this value
    this.overtaken = new Map(); // name to {message, value}: somebody else wrote here
    this.units = new Map(Object.keys(data.measures).map((unit) => [unit, unit]));
    this.past = [];
    this.future = [];
    this.listeners = new Set();
  }

  listen(listener) {
    this.listeners.add(listener);
  }

  tell(names) {
    for (const listener of this.listeners) listener(new Set(names));
  }

  item(name) {
    const stem = name.replace(/@prior$/, "");
    const parts = stem.split("/");
    return this.data.items[parts.length === 3 ? `${parts[0]}/${parts[2]}` : stem];
  }

  isText(name) {
    return name.startsWith(COVER);
  }

  // --- units of measure
  unitOf(name) {
    const { unit } = this.item(name);
    return this.units.get(unit) ?? unit;
  }

  factorOf(name) {
    const { unit } = this.item(name);
    return this.data.measures[unit]?.[this.unitOf(name)] ?? [1, 1];
  }

  // --- what the page shows
  text(name) {
    return this.now.get(name) ?? "";
  }

  shown(name, { grouping = true } = {}) {
    if (this.isText(name)) return this.text(name);
    const wrong = this.wrong.get(name);
    if (wrong) return wrong.raw;
    return this.inUnit(name, this.text(name), grouping);
  }

  inUnit(name, text, grouping = true) {
    const found = plain(text, this.item(name), this.factorOf(name));
    return grouping ? grouped(found) : found;
  }

  // --- changes
  read(name, raw) {
    if (this.isText(name)) return { text: raw.split(/\s+/).filter(Boolean).join(" ") };
    return typed(raw, this.item(name), this.unitOf(name), this.factorOf(name));
  }

  // changes: [[name, raw]]; one step for undo
  type(changes) {
    const step = [];
    for (const [name, raw] of changes) {
      const before = { text: this.text(name), wrong: this.wrong.get(name) };
      const read = this.read(name, raw);
      const after = read.fault
        ? { text: before.text, wrong: { raw: raw.trim(), fault: read.fault } }
        : { text: read.text, wrong: undefined };
      if (after.text === before.text && after.wrong?.raw === before.wrong?.raw) continue;
      step.push({ name, before, after });
    }
    if (!step.length) return false;
    this.past.push(step);
    this.future = [];
    this.put(step, "after");
    return true;
  }

  put(step, side) {
    for (const { name, [side]: value } of step) {
      if (value.text) this.now.set(name, value.text);
      else this.now.delete(name);
      if (value.wrong) this.wrong.set(name, value.wrong);
      else this.wrong.delete(name);
      this.refused.delete(name);
    }
    this.tell(step.map(({ name }) => name));
  }

  undo() {
    const step = this.past.pop();
    if (!step) return [];
    this.future.push(step);
    this.put(step, "before");
    return step.map(({ name }) => name);
  }

  redo() {
    const step = this.future.pop();
    if (!step) return [];
    this.past.push(step);
    this.put(step, "after");
    return step.map(({ name }) => name);
  }

  // --- towards the server
  unsent() {
    const names = new Set([...this.now.keys(), ...this.kept.keys()]);
    return [...names].filter((name) => this.text(name) !== (this.kept.get(name) ?? ""));
  }

  sendable() {
    const free = (name) => this.refused.get(name)?.text !== this.text(name) && !this.overtaken.has(name);
    return this.unsent().filter(free);
  }

  // what the server answered to the cells that were sent
  settle(sent, answer) {
    const touched = new Set(Object.keys(sent));
    this.edit = answer.edit;
    for (const [name, text] of Object.entries(answer.kept)) {
      const still = this.text(name) === sent[name];
      this.keep(name, text);
      if (still) this.set(name, text);
    }
    if (answer.current) this.take(answer.current, sent).forEach((name) => touched.add(name));
    for (const [name, refusal] of Object.entries(answer.refused)) {
      const words = [refusal.message, refusal.remedy].filter(Boolean).join(" ");
      if (refusal.code === "overtaken") {
        this.overtaken.set(name, { message: refusal.message, value: answer.current?.[name] ?? "" });
      } else this.refused.set(name, { text: sent[name], message: words });
    }
    this.tell(touched);
  }

  // figures that others have changed: taken over where nobody here has written
  take(current, sent = {}) {
    const names = new Set([...this.kept.keys(), ...Object.keys(current)]);
    const changed = [];
    for (const name of names) {
      const theirs = current[name] ?? "";
      const mine = this.text(name);
      if (theirs === (this.kept.get(name) ?? "")) continue;
      const untouched = mine === (this.kept.get(name) ?? "");
      this.keep(name, theirs);
      if (untouched && !(name in sent)) this.set(name, theirs);
      changed.push(name);
    }
    return changed;
  }

  keep(name, text) {
    if (text) this.kept.set(name, text);
    else this.kept.delete(name);
  }

  set(name, text) {
    if (text) this.now.set(name, text);
    else this.now.delete(name);
  }

  // a clash is settled by a person: mine is sent again, or theirs stands
  decide(name, mine) {
    const clash = this.overtaken.get(name);
    this.overtaken.delete(name);
    if (!mine && clash) this.set(name, clash.value);
    this.tell([name]);
  }

  // --- as rules read it
  state() {
    const state = { values: {}, prior: {}, rows: {}, cover: {}, around: this.data.around };
    for (const [name, text] of this.now) {
      const parts = name.split("/");
      if (this.isText(name)) state.cover[name.slice(COVER.length)] = text;
      else if (parts.length === 3) {
        const [section, facet, item] = parts;
        ((state.rows[section] ??= {})[facet] ??= {})[item] = text;
      } else if (name.endsWith("@prior")) state.prior[name.slice(0, -6)] = text;
      else state.values[name] = text;
    }
    return state;
  }
}
