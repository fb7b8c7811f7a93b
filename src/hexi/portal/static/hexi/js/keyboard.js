// One listener for the keyboard: "/" search, "g" and a letter to go, "j" "k" through rows and
// findings, "e" evidence, "?" help. A page may take a key over with onKey.
const acts = new Map();
let going = 0;

export function onKey(key, act) {
  acts.set(key, act);
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
}

function steps() {
  return [...document.querySelectorAll("table.rows tbody tr[data-href], article.finding")];
}

function step(by) {
  const items = steps();
  if (!items.length) return;
  const at = items.findIndex((item) => item.classList.contains("here"));
  const next = items[Math.min(Math.max(at + by, 0), items.length - 1)];
  for (const item of items) item.classList.toggle("here", item === next);
  if (next.tabIndex < 0) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function open() {
  const item = document.querySelector("tr.here[data-href], .finding.here[data-href]");
  if (item) location.assign(item.dataset.href);
}

function search() {
  const field = document.querySelector("#find, input[type=search]");
  if (field) {
    field.focus();
    field.select();
  }
}

function help() {
  const dialog = document.getElementById("keys");
  if (dialog && !dialog.open) dialog.showModal();
}

acts.set("j", () => step(1));
acts.set("k", () => step(-1));
acts.set("e", open);
acts.set("/", search);
acts.set("?", help);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (going && Date.now() - going < 1500) {
    going = 0;
    const link = document.querySelector(`.nav a[data-go="${CSS.escape(event.key)}"]`);
    if (link) {
      event.preventDefault();
      link.click();
      return;
    }
  }
  if (event.key === "g") {
    going = Date.now();
    return;
  }
  if (event.key === "Enter" && event.target.matches("tr[data-href], article.finding")) {
    location.assign(event.target.dataset.href);
    return;
  }
  const act = acts.get(event.key);
  if (act) {
    event.preventDefault();
    act(event);
  }
});
