// Several files by drag and drop: each is sent on its own with a count of bytes, and answers for
// itself. Reading goes on at the server when the page is left.
const form = document.getElementById("upload");
const drop = document.getElementById("drop");
const input = document.getElementById("files");
const list = document.getElementById("sending");
const together = 2;
const waiting = [];
let running = 0;

function size(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function line(file) {
  const item = document.createElement("li");
  item.className = "reading";
  const head = document.createElement("div");
  head.className = "reading-head";
  const name = document.createElement("b");
  name.textContent = file.name;
  const state = document.createElement("span");
  state.className = "lamp lamp-waiting";
  state.textContent = form.dataset.sending;
  head.append(name, state);
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const count = document.createElement("p");
  count.className = "small quiet n";
  count.textContent = `0 / ${size(file.size)}`;
  item.append(head, bar, count);
  list.append(item);
  return { item, state, bar, count, file };
}

function refuse(row, refusal) {
  row.state.className = "lamp lamp-failed";
  row.state.textContent = "";
  row.bar.remove();
  row.count.remove();
  const box = document.createElement("div");
  box.className = "faults";
  box.setAttribute("role", "alert");
  const said = document.createElement("p");
  said.textContent = [refusal.message, refusal.place].filter(Boolean).join(" ");
  box.append(said);
  if (refusal.remedy) {
    const remedy = document.createElement("p");
    remedy.textContent = refusal.remedy;
    box.append(remedy);
  }
  row.item.append(box);
}

function answered(row, request) {
  let answer = {};
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    answer = {};
  }
  const refusals = answer.refusals ?? [];
  if (refusals.length) refusals.forEach((refusal) => refuse(row, refusal));
  else if (request.status >= 400) {
    const words = request.status === 413 ? form.dataset.large : form.dataset.failed;
    refuse(row, { message: answer.message ?? words, remedy: answer.remedy });
  } else row.item.remove();
  window.htmx.ajax("GET", form.dataset.readings, { target: "#readings", swap: "outerHTML" });
}

function send(row) {
  running += 1;
  const body = new FormData(form);
  body.delete("files");
  body.append("files", row.file, row.file.name);
  const request = new XMLHttpRequest();
  request.open("POST", form.action || location.pathname);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    row.bar.value = (100 * event.loaded) / event.total;
    row.state.className = "lamp lamp-running";
    row.count.textContent = `${size(event.loaded)} / ${size(event.total)}`;
  });
  request.addEventListener("load", () => answered(row, request));
  request.addEventListener("error", () => refuse(row, { message: form.dataset.failed }));
  request.addEventListener("loadend", () => {
    running -= 1;
    next();
  });
  request.send(body);
}

function next() {
  while (running < together && waiting.length) send(waiting.shift());
}

function take(files) {
  const limit = Number(form.dataset.megabytes) * 1048576;
  for (const file of files) {
    const row = line(file);
    if (limit && file.size > limit) refuse(row, { message: form.dataset.large });
    else waiting.push(row);
  }
  next();
}

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  drop.addEventListener(kind, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  take(event.dataTransfer.files);
});
function picked() {
  take(input.files);
  input.value = "";
}
input.addEventListener("change", picked);
// what was chosen before this script came
if (input.files.length) picked();
addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault();
});
