// Ranking: each row's <select> is its rank, so the form works without this. With it: arrows, dragging, and selects that renumber.
// Where each row must have a rank the menus begin with “Choose…”: with the script the order that is shown is the ranking, and that goes.
// Where ranks may be shared ([data-ties]), a row's button puts it level with the one above it, as a menu does that names another's rank.
// Rows without a rank stand last. Arrows move past all that share a rank; a row that moves leaves those it was level with.
// <rank-list data-said="{title}: rank {rank}" data-shared="… {others}"><ol><li data-rank>…</li></ol><p data-say role="status"></p></rank-list>
customElements.define("rank-list", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.ties = "ties" in this.dataset;
    if (this.ties) this.read();
    this.querySelectorAll('select[data-whole] option[value=""]').forEach((unset) => unset.remove());
    const hint = this.querySelector("[data-hint]");
    if (hint) hint.textContent = hint.dataset.hint;
    this.renumber();
    this.addEventListener("click", (event) => this.press(event.target.closest("button")));
    this.addEventListener("change", (event) => this.place(event.target.closest("[data-rank]"), event.target));
    this.addEventListener("pointerdown", (event) => this.drag(event));
  }

  rows() { return [...this.list.children]; }

  out(row) { return row.classList.contains("is-out"); }

  level(row) { return Boolean(row?.classList.contains("is-level")); }

  // The ranks as they came with the page: rows stand in their order.
  read() {
    const rank = (row) => row.querySelector("select").value;
    const rows = this.rows();
    rows.slice(1).forEach((row, at) => row.classList.toggle("is-level", rank(row) !== "" && rank(row) === rank(rows[at])));
  }

  // All rows of the rank that this one has, in their order.
  sharing(row) {
    const found = [row];
    while (this.level(found[0])) found.unshift(found[0].previousElementSibling);
    while (this.level(found.at(-1).nextElementSibling)) found.push(found.at(-1).nextElementSibling);
    return found;
  }

  // The row goes elsewhere: those below that shared its rank keep theirs.
  leave(row) {
    if (!this.level(row)) row.nextElementSibling?.classList.remove("is-level");
    row.classList.remove("is-level");
  }

  renumber() {
    const unranked = this.rows().filter((row) => this.out(row));
    if (unranked.some((row) => row.nextElementSibling && !this.out(row.nextElementSibling))) this.list.append(...unranked);
    const rows = this.rows();
    rows[0].classList.remove("is-level");
    let rank = 0;
    rows.forEach((row) => {
      if (!this.out(row)) row.querySelector("select").value = String(this.level(row) ? rank : ++rank);
    });
    rows.forEach((row, at) => {
      const [up, down] = row.querySelectorAll("[data-move]");
      const alone = this.sharing(row).length === 1;
      up.disabled = at === 0 && alone && !this.out(row);
      down.disabled = this.out(row) || (alone && (at === rows.length - 1 || this.out(rows[at + 1])));
      const level = row.querySelector("[data-level]");
      if (!level) return;
      level.hidden = at === 0 || this.out(row);
      level.setAttribute("aria-pressed", String(this.level(row)));
    });
  }

  say(row) {
    const others = this.out(row) ? [] : this.sharing(row).filter((other) => other !== row);
    const said = others.length ? this.dataset.shared : this.dataset.said;
    const rank = row.querySelector("select").selectedOptions[0].textContent.trim();
    const known = { title: row.dataset.title, rank, others: others.map((other) => other.dataset.title).join(", ") };
    this.querySelector("[data-say]").textContent = said.replace(/\{(title|rank|others)\}/g, (_all, name) => known[name]);
  }

  press(button) {
    const row = button?.closest("[data-rank]");
    if (!row) return;
    if ("level" in button.dataset) row.classList.toggle("is-level");
    else if (button.dataset.move === "1") this.lower(row);
    else this.raise(row);
    this.renumber();
    (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button).focus();
    this.say(row);
  }

  raise(row) {
    if (this.out(row)) { // it becomes the last of those that are ranked
      this.rows().find((other) => this.out(other)).before(row);
      row.classList.remove("is-out");
      return;
    }
    const shared = this.sharing(row);
    const passed = shared.length > 1 ? shared[0] : row.previousElementSibling && this.sharing(row.previousElementSibling)[0];
    this.leave(row);
    if (passed && passed !== row) passed.before(row);
  }

  lower(row) {
    const shared = this.sharing(row);
    const passed = shared.length > 1 ? shared.at(-1) : row.nextElementSibling && this.sharing(row.nextElementSibling).at(-1);
    this.leave(row);
    if (passed && passed !== row) passed.after(row);
  }

  // A menu names a rank: the row takes that place, or shares it where ranks may be shared.
  place(row, select) {
    if (!row) return;
    const chosen = select.value;
    this.leave(row);
    row.classList.toggle("is-out", chosen === "");
    this.list.append(row);
    if (chosen !== "") {
      const heads = this.rows().filter((other) => other !== row && !this.out(other) && !this.level(other));
      const head = heads[Number(chosen) - 1];
      if (head && this.ties) {
        this.sharing(head).at(-1).after(row);
        row.classList.add("is-level");
      } else if (head) head.before(row);
    }
    this.renumber();
    select.focus();
    this.say(row);
  }

  drag(event) {
    const held = event.target.closest("[data-grip]")?.closest("[data-rank]");
    if (!held || event.button !== 0) return;
    event.preventDefault();
    held.classList.add("is-held");
    const [ended, order] = [new AbortController(), this.rows()];
    const levels = order.map((row) => this.level(row));
    let [moved, left] = [false, false];
    // Above the first row whose middle is below the pointer. Whether the pointer is on another row would not say it: when the two
    // have changed places the same pointer can be on that row again, and the next move would undo this one.
    const move = (now) => {
      moved = true;
      const below = this.rows().find((row) => {
        const box = row.getBoundingClientRect();
        return row !== held && now.clientY < (box.top + box.bottom) / 2;
      });
      if (below ? below.previousElementSibling === held : this.list.lastElementChild === held) return;
      if (!left) this.leave(held); // once: it is level with nobody it passes
      left = true;
      below ? below.before(held) : this.list.append(held);
    };
    const drop = () => {
      ended.abort();
      held.classList.remove("is-held");
      if (!moved) return;
      held.classList.remove("is-out");
      if (this.rows().every((row, at) => row === order[at])) order.forEach((row, at) => row.classList.toggle("is-level", levels[at]));
      else if (this.level(held.nextElementSibling)) held.classList.add("is-level"); // dropped among equals
      this.renumber();
      this.say(held);
    };
    addEventListener("pointermove", move, { signal: ended.signal });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, drop, { signal: ended.signal });
  }
});
