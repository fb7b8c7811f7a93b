// A figure's evidence beside the table: its page without the frame, under an address of its own.
// On a phone, and without this script, the link opens the page itself.
const panel = document.getElementById("cell-panel");
const slot = document.getElementById("cell-slot");
const wide = matchMedia("(min-width: 861px)");
const KEY = "cell";
let from = null;

function addressWith(cell) {
  const url = new URL(location.href);
  if (cell) url.searchParams.set(KEY, cell);
  else url.searchParams.delete(KEY);
  return url.pathname + url.search;
}

// the page beside it gets narrower or wider: charts are drawn anew
function makeRoom(open) {
  document.documentElement.classList.toggle("cell-open", open);
  dispatchEvent(new Event("resize"));
}

async function show(cell) {
  const page = new URL(cell, location.href);
  if (page.origin !== location.origin) return false;
  const answer = await fetch(page, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return false;
  slot.innerHTML = await answer.text();
  // what is written here comes back to this view, with the panel open
  for (const back of slot.querySelectorAll("input[name=back]")) back.value = addressWith(cell);
  document.getElementById("cell-page").href = cell;
  for (const td of document.querySelectorAll("td.here")) td.classList.remove("here");
  document.querySelector(`#figures a[data-cell][href="${CSS.escape(cell)}"]`)?.closest("td").classList.add("here");
  if (panel.hidden) makeRoom(true);
  panel.hidden = false;
  panel.scrollTop = 0;
  document.getElementById("cell-title")?.focus({ preventScroll: true });
  return true;
}

function hide() {
  panel.hidden = true;
  makeRoom(false);
  for (const td of document.querySelectorAll("td.here")) td.classList.remove("here");
  slot.replaceChildren();
  from?.focus?.();
  from = null;
}

function close() {
  if (panel.hidden) return;
  hide();
  history.pushState(null, "", addressWith(""));
}

if (panel) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-cell]");
    if (!link || !wide.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const cell = link.getAttribute("href");
    if (!panel.contains(link)) from = link;
    show(cell)
      .then((shown) => (shown ? history.pushState(null, "", addressWith(cell)) : location.assign(cell)))
      .catch(() => location.assign(cell));
  });
  document.getElementById("cell-close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], .menu[open]")) close();
  });
  const open = () => {
    const cell = new URL(location.href).searchParams.get(KEY);
    if (cell && wide.matches) show(cell).catch(() => {});
    else if (!panel.hidden) hide();
  };
  addEventListener("popstate", open);
  // another view: what was opened belongs to the one before
  document.addEventListener("htmx:after:swap", () => {
    if (!panel.hidden) hide();
  });
  open();
}
