// Saving by itself: a moment after the last change, again when the network is back. What has not
// reached the server lies in this browser and is sent when the page is opened again.
const PAUSE = 700;
const RETRY = 5000;

export class Saver {
  constructor(book, form, words, show) {
    this.book = book;
    this.address = book.data.urls.save;
    this.token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    this.words = words;
    this.show = show;
    this.store = book.data.store ?? `hexi.return.${book.data.id}`;
    this.timer = 0;
    this.running = null;
    this.offline = false;
    this.restored = this.restore();
    book.listen(() => this.changed());
    addEventListener("online", () => this.flush());
    addEventListener("offline", () => this.fall());
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("beforeunload", (event) => {
      this.remember();
      if (book.sendable().length && !this.offline) event.preventDefault();
    });
    this.tell();
  }

  // --- this browser's own memory
  remember() {
    const names = this.book.unsent();
    try {
      if (!names.length) localStorage.removeItem(this.store);
      else {
        const cells = Object.fromEntries(names.map((name) => [name, this.book.text(name)]));
        localStorage.setItem(this.store, JSON.stringify({ edit: this.book.edit, cells }));
      }
    } catch {
      // a browser without storage keeps nothing; saving goes on
    }
  }

  restore() {
    let left = null;
    try {
      left = JSON.parse(localStorage.getItem(this.store));
    } catch {
      return 0;
    }
    if (!left?.cells || !this.book.data.editable) return 0;
    for (const [name, text] of Object.entries(left.cells)) {
      if (this.book.isText(name) || this.book.item(name)) this.book.set(name, text);
    }
    // the server compares with what this browser last knew
    this.book.edit = Math.min(this.book.edit, left.edit);
    if (this.book.unsent().length) this.timer = setTimeout(() => this.flush(), PAUSE);
    return this.book.unsent().length;
  }

  // --- state in a word
  tell() {
    const wrong = this.book.wrong.size + this.book.overtaken.size + this.book.refused.size;
    if (this.offline) this.show("offline", this.words.offline);
    else if (this.running || this.book.sendable().length || wrong) this.show("unsaved", this.words.unsaved);
    else this.show("saved", this.words.saved);
  }

  fall() {
    this.offline = true;
    this.tell();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), RETRY);
  }

  changed() {
    this.remember();
    clearTimeout(this.timer);
    if (this.book.sendable().length) this.timer = setTimeout(() => this.flush(), this.offline ? RETRY : PAUSE);
    this.tell();
  }

  // Everything that can be sent is sent; true where nothing is left.
  async flush() {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    for (let round = 0; this.book.sendable().length && round < 5; round += 1) {
      this.running = this.send();
      const good = await this.running;
      this.running = null;
      if (!good) break;
    }
    this.tell();
    return !this.book.unsent().length && !this.book.wrong.size;
  }

  async send() {
    const names = this.book.sendable();
    const cells = Object.fromEntries(names.map((name) => [name, this.book.text(name)]));
    this.tell();
    const answer = await this.post(this.address, { cells, seen: this.book.edit });
    if (!answer) return false;
    if (answer.error) {
      this.show("unsaved", answer.error.message);
      for (const name of names) this.book.refused.set(name, { text: cells[name], message: answer.error.message });
      this.book.tell(names);
      return false;
    }
    this.book.settle(cells, answer);
    return true;
  }

  // JSON of the server; null where it cannot be reached
  async post(address, body) {
    let response;
    try {
      response = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(body),
        redirect: "manual",
      });
    } catch {
      this.fall();
      return null;
    }
    if (response.type === "opaqueredirect" || response.status === 401) return { error: { message: this.words.signed_out } };
    if (response.status >= 500) {
      this.fall();
      return null;
    }
    this.offline = false;
    const answer = await response.json().catch(() => null);
    return answer ?? { error: { message: this.words.failed } };
  }

  // back on the page: has somebody else changed something?
  async look() {
    if (document.hidden || this.running) return;
    try {
      const response = await fetch(this.address, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!response.ok) return;
      const answer = await response.json();
      if (answer.edit <= this.book.edit || this.book.unsent().length) return;
      this.book.edit = answer.edit;
      this.book.tell(this.book.take(answer.current));
    } catch {
      this.fall();
    }
  }
}
