// Short words at the corner: what was done, with a way back.
const place = document.querySelector(".toasts");

export function toast(text, { error = false, undo = null } = {}) {
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = error ? "toast error" : "toast";
  const words = document.createElement("span");
  words.textContent = text;
  box.append(words);
  if (undo) {
    const back = document.createElement("button");
    back.className = "link-button";
    back.textContent = place.dataset.undo;
    back.addEventListener("click", () => {
      box.remove();
      undo();
    });
    box.append(back);
  }
  const close = document.createElement("button");
  close.className = "icon-button";
  close.setAttribute("aria-label", place.dataset.close);
  close.textContent = "×";
  close.addEventListener("click", () => box.remove());
  box.append(close);
  place.append(box);
  setTimeout(() => box.remove(), error ? 15000 : 8000);
}

export const words = place ? place.dataset : {};
