// The explorer: lists that are searched, counts beside their buttons, and the chart.
// Everything works without this script; the table is behind every chart.
import "./figure-chart.js";
import "./figure-panel.js";
import { toast, words } from "./toasts.js";

for (const form of document.querySelectorAll("form[data-picks]")) {
  form.addEventListener("input", (event) => {
    const find = event.target.closest("[data-find]");
    if (!find) return;
    event.stopPropagation();
    const wanted = find.value.trim().toLowerCase();
    for (const label of find.parentElement.querySelectorAll("label")) {
      label.hidden = wanted !== "" && !label.textContent.toLowerCase().includes(wanted);
    }
  }, true);
  form.addEventListener("change", (event) => {
    const { name, form: owner } = event.target;
    // ticking a period means just those; choosing how many means no ticks
    if (name === "p") owner.elements.last.value = "";
    if (name === "last" && event.target.value) {
      for (const box of owner.querySelectorAll("input[name=p]")) box.checked = false;
    }
    const menu = event.target.closest(".pick");
    const count = menu?.querySelector("[data-count]");
    const ticked = menu?.querySelectorAll("input[type=checkbox]:checked").length;
    if (count && ticked) count.textContent = String(ticked);
  }, true);
}

// a menu closes when one works elsewhere, or with Escape
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu.pick[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector(".menu.pick[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// the short address of a view is copied; without a clipboard the link just opens it
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-copy-link]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  navigator.clipboard.writeText(link.href).then(() => toast(words.copied), () => location.assign(link.href));
});

// what takes a few seconds is sent once
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
}
