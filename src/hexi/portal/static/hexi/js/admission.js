// Sliders of a what-if: a range and a number that say the same. The number is what is sent; the
// live form of the page asks for the answer.
for (const form of document.querySelectorAll("form[data-sliders]")) {
  const ranges = new Map();
  for (const range of form.querySelectorAll("[data-slide]")) ranges.set(range.dataset.slide, range);
  // in the capture phase: the number is right before the live form reads it
  form.addEventListener(
    "input",
    ({ target }) => {
      if (target.dataset.slide) {
        document.getElementById(target.dataset.slide).value = target.value;
      } else if (ranges.has(target.id) && target.value !== "") {
        ranges.get(target.id).value = target.value;
      }
    },
    { capture: true },
  );
}
