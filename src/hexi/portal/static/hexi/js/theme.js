// Light or dark by hand, kept in a cookie that the server sets on <html>; the menu on a phone;
// buttons that print.
const root = document.documentElement;

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  const label = () => {
    button.textContent = isDark() ? button.dataset.labelLight : button.dataset.labelDark;
  };
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    document.cookie = `hexi_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
    label();
    document.dispatchEvent(new CustomEvent("hexi:theme"));
  });
}

for (const button of document.querySelectorAll("[data-menu]")) {
  const body = document.getElementById(button.getAttribute("aria-controls"));
  button.addEventListener("click", () => {
    button.setAttribute("aria-expanded", String(body.classList.toggle("open")));
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// a menu closes when the person turns elsewhere
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
