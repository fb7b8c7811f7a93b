// Dynamic rows: a country is searched and added, a row is emptied and taken away, and a block from
// Excel with names in its first column becomes rows.
import { half } from "./grid-figures.js";

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class Rows {
  constructor(section, book, words, told) {
    Object.assign(this, { section, book, words, told });
    this.code = section.dataset.rows;
    this.known = book.data.sections[this.code];
    this.items = Object.entries(book.data.items).filter(([code]) => code.startsWith(`${this.code}/`)).map(([, item]) => item);
    this.body = section.querySelector("tbody");
    this.input = section.querySelector(".grid-add input");
    if (!this.input) return;
    section.querySelector(".grid-add").hidden = false;
    const options = Object.entries(this.known.rows).map(([facet, name]) => element("option", { value: name }, facet));
    section.querySelector("datalist").append(...options);
    this.input.addEventListener("change", () => this.search());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.search();
    });
    this.input.addEventListener("paste", (event) => this.paste(event));
    this.body.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (button) this.remove(button.closest("tr"));
    });
    // undo may bring figures of a row back that is no longer shown
    book.listen((names) => {
      for (const name of names) {
        const [section_, facet] = name.split("/");
        if (section_ === this.code && facet && this.book.text(name)) this.add(facet);
      }
    });
    for (const name of book.now.keys()) if (name.startsWith(`${this.code}/`)) this.add(name.split("/")[1]);
  }

  find(text) {
    const bare = text.trim();
    const number = half(bare).replace(/^0+/, "");
    if (number in this.known.rows) return number;
    const entries = Object.entries(this.known.rows);
    const same = entries.find(([, name]) => name === bare);
    const near = bare ? entries.filter(([, name]) => name.includes(bare)) : [];
    return same?.[0] ?? (near.length === 1 ? near[0][0] : null);
  }

  search() {
    const text = this.input.value;
    if (!text.trim()) return;
    const facet = this.find(text);
    if (facet === null) {
      this.told(this.words.no_row.replace("{text}", text.trim()), true);
      return;
    }
    this.input.value = "";
    this.add(facet)?.querySelector("input.cell").focus();
  }

  row(facet) {
    return this.body.querySelector(`tr[data-facet="${facet}"]`);
  }

  add(facet) {
    const there = this.row(facet);
    if (there) return there;
    if (this.body.rows.length >= this.known.most) {
      this.told(this.words.full, true);
      return null;
    }
    const title = this.known.rows[facet] ?? facet;
    const head = element("th", { scope: "row" }, element("span", { class: "item-name" }, title));
    const line = element("tr", { "data-line": "", "data-facet": facet }, head);
    for (const item of this.items) {
      const name = `${this.code}/${facet}/${item.code}`;
      head.append(element("p", { class: "say", id: `say-${name}` }));
      const input = element("input", {
        class: "cell", name, inputmode: "decimal", "aria-label": `${title} ${item.name}`, "aria-describedby": `say-${name}`,
      });
      input.value = this.book.shown(name);
      const last = this.book.data.last[name] ?? "";
      line.append(element("td", { class: "num entry", "data-label": item.name }, input));
      const beside = { class: "num quiet", "data-label": this.words.last, "data-beside": "last", "data-of": name };
      line.append(element("td", beside, last ? this.book.inUnit(name, last) : "–"));
    }
    const button = element("button", { class: "icon-button", type: "button", "data-remove": "", "aria-label": `${this.words.remove} ${title}` }, "×");
    line.append(element("td", { class: "tight no-print" }, button));
    this.body.append(line);
    return line;
  }

  remove(line) {
    const names = [...line.querySelectorAll("input.cell")].map(({ name }) => name);
    this.book.type(names.map((name) => [name, ""]));
    line.remove();
    this.input.focus();
  }

  paste(event) {
    const text = event.clipboardData.getData("text/plain").replace(/(\r?\n)+$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const changes = [];
    const lost = [];
    for (const line of text.split(/\r?\n/)) {
      const [title, ...figures] = line.split("\t");
      const facet = this.find(title);
      if (facet === null || !this.add(facet)) {
        if (title.trim()) lost.push(title.trim());
        continue;
      }
      figures.slice(0, this.items.length).forEach((raw, at) => changes.push([`${this.code}/${facet}/${this.items[at].code}`, raw]));
    }
    this.book.type(changes);
    if (lost.length) this.told(this.words.no_row.replace("{text}", lost.slice(0, 5).join("、")), true);
  }
}
