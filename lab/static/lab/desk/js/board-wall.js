// The wall's drag and keys. Every move is one POST; the columns come back drawn by the server. Without this module the
// card's panel has the same move as a form.
const board = document.querySelector("[data-board]");
const say = (text) => { document.querySelector("[data-say]").textContent = text; };
const cards = (root = board) => [...root.querySelectorAll("[data-card]")];
const columns = () => [...board.querySelectorAll("[data-column]")];
const title = (card) => card.querySelector("[data-title]").textContent;
const label = (column) => column.querySelector("h2").textContent;
const typing = (event) => event.target.closest("input, textarea, select, [contenteditable]");

document.querySelectorAll("[data-noscript]").forEach((one) => one.remove());
document.querySelector("[data-goes]")?.addEventListener("change", (event) => event.target.form.submit());

function pick(card, focus = true) {
  cards().forEach((one) => one.toggleAttribute("data-current", one === card));
  if (focus) card.querySelector("[data-title]").focus();
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// The last two columns fold to a rail where the wall is narrow: beside a panel, or on a small screen.
function fold(column, shut) {
  column.toggleAttribute("data-rail", shut);
  column.querySelector("[data-fold]").setAttribute("aria-expanded", String(!shut));
}
const opened = new Set();
function foldRails() {
  const wide = matchMedia("(min-width: 800px)").matches;
  const narrow = wide && (board.hasAttribute("data-panel") || matchMedia("(max-width: 1340px)").matches);
  board.querySelectorAll("[data-fold]").forEach((button) => {
    const column = button.closest("[data-column]");
    button.hidden = false;
    fold(column, narrow && !opened.has(column.dataset.column));
    button.addEventListener("click", () => {
      const shut = !column.hasAttribute("data-rail");
      fold(column, shut);
      if (shut) opened.delete(column.dataset.column); else opened.add(column.dataset.column);
    });
  });
}
if (board) foldRails();

async function move(card, column, position) {
  const id = card.dataset.card;
  const body = new FormData();
  body.set("quarter", board.dataset.quarter);
  body.set("item", id);
  body.set("to", column.dataset.column);
  body.set("position", position);
  card.setAttribute("aria-busy", "true");
  const name = title(card), there = label(column);
  let answer;
  try {
    answer = await fetch(board.dataset.move, {
      method: "POST", body, credentials: "same-origin",
      headers: { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": board.dataset.token },
    });
  } catch {
    card.removeAttribute("aria-busy");
    return;
  }
  if (answer.ok) {
    const wall = board.querySelector("[data-wall]");
    const { scrollLeft } = wall;
    const html = new DOMParser().parseFromString(await answer.text(), "text/html");
    wall.replaceWith(html.querySelector("[data-wall]"));
    board.querySelector("[data-wall]").scrollLeft = scrollLeft;
    foldRails();
    const cap = html.querySelector("#capacity");
    if (cap) document.querySelector("#capacity")?.replaceWith(cap);
    pick(board.querySelector(`[data-card="${id}"]`));
    say(`${name} : ${board.dataset.said} ${there}`);
    return;
  }
  card.removeAttribute("aria-busy");
  const problem = await answer.json().catch(() => ({}));
  if (problem.code === "reason_needed") {
    location.search = new URLSearchParams({ quarter: board.dataset.quarter, item: id, to: column.dataset.column });
    return;
  }
  say(problem.detail ?? "");
  notice(problem.detail ?? "");
}

function notice(text) {
  document.querySelector("[data-refusal]")?.remove();
  const box = document.createElement("p");
  box.className = "dk-notice dk-notice--bad";
  box.dataset.refusal = "";
  box.textContent = text;
  board.before(box);
}

if (board?.hasAttribute("data-may-move")) {
  let held = null;
  const mark = document.createElement("li");
  mark.className = "dk-drop";
  mark.setAttribute("aria-hidden", "true");
  const below = (column, y) => cards(column).find((card) => card !== held
    && y < card.getBoundingClientRect().top + card.offsetHeight / 2);
  board.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-card]");
    if (!held) return;
    held.dataset.lifted = "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", title(held));
  });
  board.addEventListener("dragend", () => {
    held?.removeAttribute("data-lifted");
    held = null;
    mark.remove();
    columns().forEach((column) => column.removeAttribute("data-over"));
  });
  board.addEventListener("dragover", (event) => {
    const column = event.target.closest("[data-column]");
    if (!held || !column) return;
    event.preventDefault();
    columns().forEach((one) => one.toggleAttribute("data-over", one === column));
    column.querySelector("ol").insertBefore(mark, below(column, event.clientY)?.parentElement ?? null);
  });
  board.addEventListener("drop", (event) => {
    const column = event.target.closest("[data-column]");
    if (!held || !column) return;
    event.preventDefault();
    const others = cards(column).filter((card) => card !== held);
    const next = below(column, event.clientY);
    move(held, column, next ? others.indexOf(next) : others.length);
  });
}

document.addEventListener("keydown", (event) => {
  if (!board || typing(event) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") { document.querySelector("[data-close]")?.click(); return; }
  const link = !event.shiftKey && document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (link) { event.preventDefault(); link.click(); return; }
  const all = cards();
  const now = event.target.closest("[data-card]") ?? all.find((card) => card.hasAttribute("data-current")) ?? all[0];
  const key = event.key.toLowerCase();
  if (!now || !["j", "k", "h", "l"].includes(key)) return;
  const column = now.closest("[data-column]"), mine = cards(column), at = mine.indexOf(now);
  const cols = columns(), beside = cols[cols.indexOf(column) + (key === "l" ? 1 : -1)];
  event.preventDefault();
  if (event.shiftKey) {
    if (!board.hasAttribute("data-may-move")) return;
    if (key === "j" && mine[at + 1]) move(now, column, at + 1);
    if (key === "k" && at > 0) move(now, column, at - 1);
    if ((key === "h" || key === "l") && beside) move(now, beside, 0);
    return;
  }
  if (key === "j" || key === "k") {
    const next = mine[at + (key === "j" ? 1 : -1)];
    if (next) pick(next);
    return;
  }
  for (let place = cols.indexOf(column); ; ) {
    place += key === "l" ? 1 : -1;
    if (!cols[place]) return;
    const [first] = cards(cols[place]);
    if (first) { pick(first); return; }
  }
});
