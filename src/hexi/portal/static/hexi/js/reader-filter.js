// The filter bar of the reader: which statements are marked, and words found in the text.
// Found words use the highlight registry, so searching never changes the document tree.
const form = document.getElementById("reader-filter");
const doc = document.getElementById("doc");
const find = document.getElementById("find");
const shown = document.getElementById("shown");
let hits = [];
let hit = -1;

function chosen(name) {
  return new Set(new FormData(form).getAll(name).filter(Boolean));
}

const tests = {
  fault: (anchor) => anchor.classList.contains("s-fault"),
  corrected: (anchor) => anchor.classList.contains("s-corrected"),
  doubtful: (anchor) => anchor.classList.contains("s-doubt"),
};

export function applyFilter() {
  const modalities = chosen("modality");
  const [measure] = chosen("measure");
  const [only] = chosen("only");
  const test = tests[only] ?? (() => true);
  let count = 0;
  for (const anchor of doc.querySelectorAll("a.s")) {
    const on =
      (!modalities.size || modalities.has(anchor.dataset.m)) &&
      (!measure || measure === anchor.dataset.k) &&
      test(anchor);
    anchor.classList.toggle("s-off", !on);
    if (on) count += 1;
  }
  say(count);
}

function say(count) {
  const all = Number(shown.dataset.all);
  const marked = count === all ? `${all}` : `${count} / ${all}`;
  const found = find.value ? ` · ${hits.length} ${shown.dataset.found}` : "";
  shown.textContent = `${marked} ${shown.dataset.words}${found}`;
}

function address() {
  const url = new URL(location.href);
  for (const name of ["modality", "measure", "only", "q"]) url.searchParams.delete(name);
  for (const [name, value] of new FormData(form)) {
    if (value && name !== "document") url.searchParams.append(name, value);
  }
  history.replaceState(history.state, "", url.pathname + url.search + url.hash);
}

// one range for each place where the words stand, across marked statements
function ranges(block, wanted) {
  const nodes = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([text.length, node]);
    text += node.data;
  }
  const found = [];
  const low = text.toLowerCase();
  const place = (offset) => {
    let at = nodes.length - 1;
    while (nodes[at][0] > offset) at -= 1;
    return [nodes[at][1], offset - nodes[at][0]];
  };
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, at + wanted.length)) {
    const range = new Range();
    range.setStart(...place(at));
    const [node, offset] = place(at + wanted.length - 1);
    range.setEnd(node, offset + 1);
    found.push(range);
  }
  return found;
}

function search() {
  const wanted = find.value.trim().toLowerCase();
  hits = wanted ? [...doc.querySelectorAll(".t-part > *")].flatMap((block) => ranges(block, wanted)) : [];
  hit = -1;
  if (globalThis.Highlight) CSS.highlights.set("found", new Highlight(...hits));
}

function goTo(by) {
  if (!hits.length) return;
  hit = (hit + by + hits.length) % hits.length;
  const element = hits[hit].startContainer.parentElement;
  element.scrollIntoView({ block: "center" });
  requestAnimationFrame(() => element.scrollIntoView({ block: "center" }));
}

export function watchFilter() {
  let timer = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        search();
        applyFilter();
        address();
      },
      event.target === find ? 180 : 0,
    );
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    goTo(event.submitter?.dataset.back ? -1 : 1);
  });
  find.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      if (!hits.length) search();
      goTo(event.shiftKey ? -1 : 1);
    }
  });
  search();
  applyFilter();
}
