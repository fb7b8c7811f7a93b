// Where we are in the text: the heading in the outline, and the findings at the edge of the page.
const doc = document.getElementById("doc");
const outline = document.getElementById("outline");
const minimap = document.getElementById("minimap");

function faults() {
  const verdicts = new Map();
  for (const line of document.querySelectorAll(".fault-list [data-first]")) {
    verdicts.set(line.dataset.first, [line.dataset.verdict, line.querySelector("a").textContent]);
  }
  // one mark a row or passage: its figures stand at one height
  const places = new Map();
  for (const anchor of doc.querySelectorAll("a.s.s-fault")) {
    const place = anchor.closest("tr, p, h2, h3, h4, h5, h6") ?? anchor;
    const [verdict, title] = verdicts.get(anchor.dataset.n) ?? ["", ""];
    if (!places.has(place) || (title && !places.get(place).title)) {
      places.set(place, { anchor, verdict, title });
    }
  }
  return [...places.values()];
}

function place(link, anchor, height) {
  // a part has a size even when its text is not laid out; its blocks share it
  const part = anchor.closest(".t-part");
  const blocks = [...part.children];
  const before = blocks.findIndex((block) => block.contains(anchor)) / blocks.length;
  const box = part.getBoundingClientRect();
  const top = box.top + box.height * before + scrollY;
  link.style.top = `${(100 * top) / height}%`;
}

export function drawMinimap() {
  const links = faults().map(({ anchor, verdict, title }) => {
    const link = document.createElement("a");
    link.href = anchor.getAttribute("href");
    link.className = verdict === "suspect" ? "suspect" : "";
    link.setAttribute("aria-label", `${minimap.dataset.label} ${title || anchor.textContent}`);
    link.title = title || anchor.textContent;
    return [link, anchor];
  });
  minimap.replaceChildren(...links.map(([link]) => link));
  let timer = 0;
  const settle = () => {
    const height = document.documentElement.scrollHeight;
    for (const [link, anchor] of links) place(link, anchor, height);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(settle, 250);
  };
  settle();
  addEventListener("resize", later);
  addEventListener("scroll", later, { passive: true });
}

// how many findings stand below each heading
function countFaults() {
  const counts = new Map();
  let heading = "";
  for (const element of doc.querySelectorAll("[id].t-h, a.s.s-fault")) {
    if (element.matches(".t-h")) heading = element.id;
    else counts.set(heading, (counts.get(heading) ?? 0) + 1);
  }
  for (const [id, count] of counts) {
    const link = id && outline.querySelector(`a[href="#${CSS.escape(id)}"]`);
    if (!link || link.querySelector(".bad")) continue;
    const badge = document.createElement("span");
    badge.className = "bad n";
    badge.textContent = String(count);
    link.append(badge);
  }
}

export function watchOutline() {
  countFaults();
  const entries = [...outline.querySelectorAll("a[href^='#']")]
    .map((link) => [link, document.getElementById(decodeURIComponent(link.hash.slice(1)))])
    .filter(([, heading]) => heading);
  const toggle = document.querySelector("[data-outline]");
  const openOutline = (on) => {
    outline.classList.toggle("open", on);
    toggle?.setAttribute("aria-expanded", String(on));
  };
  toggle?.addEventListener("click", () => openOutline(!outline.classList.contains("open")));
  outline.addEventListener("click", (event) => event.target.closest("a") && openOutline(false));
  let now = null;
  let waiting = false;
  const follow = () => {
    waiting = false;
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle][1].getBoundingClientRect().top < 120) low = middle + 1;
      else high = middle;
    }
    const link = low ? entries[low - 1][0] : null;
    if (link === now) return;
    now?.classList.remove("now");
    now?.removeAttribute("aria-current");
    now = link;
    if (!now) return;
    now.classList.add("now");
    now.setAttribute("aria-current", "location");
    const { offsetTop, offsetHeight } = now;
    if (offsetTop < outline.scrollTop || offsetTop + offsetHeight > outline.scrollTop + outline.clientHeight) {
      outline.scrollTop = offsetTop - outline.clientHeight / 2;
    }
  };
  addEventListener(
    "scroll",
    () => {
      if (!waiting) requestAnimationFrame(follow);
      waiting = true;
    },
    { passive: true },
  );
  follow();
}
