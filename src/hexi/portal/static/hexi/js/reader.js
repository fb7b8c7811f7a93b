// The plan reader: statements open their evidence in the panel, which has its own address.
// One listener on the document, none on the statements.
import { onKey } from "./keyboard.js";
import { toast, words } from "./toasts.js";
import { applyFilter, watchFilter } from "./reader-filter.js";
import { drawMinimap, watchOutline } from "./reader-map.js";

const reader = document.getElementById("reader");
const doc = document.getElementById("doc");
const panel = document.getElementById("panel");
const slot = document.getElementById("evidence");
const wide = matchMedia("(min-width: 861px)");
// the number of the open statement; numbers begin at 0, so none is null
let open = null;
let asking = null;

function statement(number) {
  return doc.querySelector(`a.s[data-n="${number}"]`);
}

function numberOf(address) {
  const url = new URL(address, location.href);
  const path = url.pathname.match(/\/statements\/(\d+)\/$/);
  if (path) return Number(path[1]);
  return url.pathname === location.pathname ? asked(url) : null;
}

function asked(url) {
  const number = url.searchParams.get("s");
  return number && /^\d+$/.test(number) ? Number(number) : null;
}

function addressOf(number) {
  const url = new URL(location.href);
  if (number !== null) url.searchParams.set("s", number);
  else url.searchParams.delete("s");
  url.hash = "";
  return url.pathname + url.search;
}

// a part out of view has only an estimated height: go there, let it be laid out, go again
function bring(element) {
  element.scrollIntoView({ block: "center" });
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const { top, bottom } = element.getBoundingClientRect();
      if (top < 90 || bottom > innerHeight - 60) element.scrollIntoView({ block: "center" });
    }),
  );
}

function mark(number) {
  for (const old of doc.querySelectorAll(".s-here, .twin")) old.classList.remove("s-here", "twin");
  const anchor = number === null ? null : statement(number);
  if (anchor) anchor.classList.add("s-here");
  for (const link of slot.querySelectorAll(".quotes a[href]")) {
    const twin = numberOf(link.href);
    if (twin !== null && twin !== number) statement(twin)?.classList.add("twin");
  }
}

async function fetchPanel(number) {
  const anchor = statement(number);
  const address = anchor ? anchor.getAttribute("href") : `${addressOf(number)}`;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, {
      headers: { "HX-Request": "true", "HX-Target": "panel" },
      signal: asking.signal,
    });
    if (!answer.ok) throw new Error(String(answer.status));
    slot.innerHTML = await answer.text();
    window.htmx.process(slot);
    panel.scrollTop = 0;
    mark(number);
  } catch (error) {
    if (error.name !== "AbortError") toast(words.failed, { error: true });
  }
}

async function show(number, { push = true, focus = false, scroll = true } = {}) {
  if (number === null) return hide({ push });
  open = number;
  const anchor = statement(number);
  reader.classList.add("open");
  document.documentElement.classList.add("panel-open");
  mark(number);
  if (anchor && scroll && wide.matches) bring(anchor);
  if (push) history.pushState({ s: number }, "", addressOf(number));
  await fetchPanel(number);
  if (focus || !wide.matches) panel.focus({ preventScroll: true });
}

function hide({ push = true } = {}) {
  const was = open === null ? null : statement(open);
  open = null;
  asking?.abort();
  reader.classList.remove("open");
  document.documentElement.classList.remove("panel-open");
  mark(null);
  slot.replaceChildren();
  if (push) history.pushState({ s: null }, "", addressOf(null));
  if (was) {
    was.focus({ preventScroll: true });
    if (!wide.matches) bring(was);
  }
}

// --- stepping with the keyboard
function firstInView(items) {
  const inView = (element) => element.getBoundingClientRect().bottom > 90;
  const parts = [...doc.children];
  const part = parts.find(inView) ?? parts[0];
  const after = [...part.children].find(inView) ?? part;
  return items.findIndex(
    (item) => after.contains(item) || after.compareDocumentPosition(item) & 4,
  );
}

function step(by, selector) {
  const items = [...doc.querySelectorAll(selector)];
  if (!items.length) return;
  const here = open === null ? null : statement(open);
  let next;
  if (here) {
    // from where we are, even if it is not itself one of the items
    const after = items.filter((item) => here.compareDocumentPosition(item) & 4);
    const before = items.filter((item) => here.compareDocumentPosition(item) & 2);
    next = by > 0 ? after[0] : before.at(-1);
  } else next = items[Math.max(firstInView(items), 0)];
  if (next) {
    const first = open === null;
    show(Number(next.dataset.n), { push: first });
    if (!first) history.replaceState({ s: open }, "", addressOf(open));
  }
}

const shown = "a.s:not(.s-off)";
onKey("j", () => step(1, shown));
onKey("k", () => step(-1, shown));
onKey("n", () => step(1, "a.s.s-fault"));
onKey("p", () => step(-1, "a.s.s-fault"));
onKey("e", () => {
  const focused = document.activeElement?.closest?.("a.s");
  if (open !== null) panel.focus();
  else if (focused) show(Number(focused.dataset.n), { focus: true });
});
onKey("Escape", () => open !== null && hide());

// --- the mouse, the address, the panel's own links
doc.addEventListener("click", (event) => {
  const anchor = event.target.closest("a.s");
  if (!anchor || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const number = Number(anchor.dataset.n);
  if (number === open) hide();
  else show(number, { focus: event.detail === 0, scroll: false });
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#panel a[href], #minimap a[href]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (link.hasAttribute("data-close-panel")) {
    event.preventDefault();
    hide();
    return;
  }
  const number = numberOf(link.href);
  if (number !== null && statement(number)) {
    event.preventDefault();
    show(number);
  }
});

addEventListener("popstate", () => {
  const number = asked(new URL(location.href));
  if (number !== null) show(number, { push: false });
  else if (open !== null) hide({ push: false });
});
// this page keeps its own history; a reload would lose the place in the text
document.addEventListener("htmx:before:history:restore", (event) => event.preventDefault());

// --- a corrected statement shows it in the text at once
document.addEventListener("htmx:after:swap", () => {
  const evidence = slot.querySelector(".evidence");
  const anchor = evidence && statement(evidence.dataset.number);
  if (!anchor) return;
  anchor.classList.toggle("s-corrected", Boolean(evidence.dataset.corrected));
  if (evidence.dataset.modality) {
    anchor.classList.remove("s-actual", "s-target", "s-threshold", "s-other");
    anchor.classList.add(`s-${evidence.dataset.modality}`);
    anchor.dataset.m = evidence.dataset.modality;
  }
  if (evidence.dataset.measure) anchor.dataset.k = evidence.dataset.measure;
  mark(open);
  applyFilter();
});

if (reader) {
  watchFilter();
  drawMinimap();
  watchOutline();
  const first = asked(new URL(location.href));
  if (first !== null) {
    open = first;
    document.documentElement.classList.add("panel-open");
    mark(first);
    const anchor = statement(first);
    if (anchor) bring(anchor);
    if (!slot.childElementCount) show(first, { push: false });
  }
}
