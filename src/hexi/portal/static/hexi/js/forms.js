// Forms that answer at once: filters are links, so a filter is the address of the page.
import { toast, words } from "./toasts.js";

for (const element of document.querySelectorAll("[data-no-js]")) element.hidden = true;

for (const form of document.querySelectorAll("form[data-auto-submit]")) {
  for (const button of form.querySelectorAll("button:not([name])")) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}

// --- live filters: the results are fetched and put in place, the address follows
function query(form) {
  const fields = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (value) fields.append(key, value);
  return fields.toString();
}

// who cannot see the table hears how long it has become
function say(target) {
  const said = document.getElementById("said");
  const rows = document.querySelectorAll(`${target} tr[data-href], ${target} article`).length;
  if (said) said.textContent = `${rows} ${said.dataset.rows}`;
}

for (const form of document.querySelectorAll("form[data-live]")) {
  let timer = 0;
  let asked = "";
  const ask = () => {
    const search = query(form);
    if (search === asked) return;
    asked = search;
    const address = search ? `?${search}` : location.pathname;
    history.replaceState(history.state, "", address);
    const results = { target: form.dataset.target, swap: "innerMorph" };
    window.htmx.ajax("GET", address, results).then(() => say(form.dataset.target));
  };
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(ask, event.target.type === "search" ? 220 : Number(form.dataset.wait ?? 0));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    ask();
  });
}

// --- what the server says is shown in words
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = event.detail;
  const answer = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
  const said = [...answer.querySelectorAll("body > .faults p")].map((part) => part.textContent.trim());
  // a form that comes back with its faults marked speaks for itself
  if (ctx.response.status === 422 && !said.length) return;
  ctx.swap = "none";
  toast(said.join(" ") || words.failed, { error: true });
});

document.addEventListener("htmx:error", () => toast(words.offline, { error: true }));

function announce(root) {
  for (const part of root.querySelectorAll?.("[data-notice]") ?? []) {
    toast(part.dataset.notice);
    part.removeAttribute("data-notice");
  }
}

document.addEventListener("htmx:after:swap", (event) => {
  announce(document);
  // the button that was pressed is gone: the keyboard stays with the thing it acted on
  const { id } = event.detail.ctx?.target ?? {};
  const swapped = id ? document.getElementById(id) : null;
  if (swapped?.matches("article.finding") && document.activeElement === document.body) {
    swapped.focus({ preventScroll: true });
  }
});
