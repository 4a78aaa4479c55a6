// Ranking: each row's <select> is its rank, so the form works without this. With it: taps, arrows, dragging, and selects that renumber.
// Rows without a rank stand last. A tap, the arrow, the handle or the menu gives one the next rank, and the
// menus offer no rank further down: what is shown is what would be kept. Nothing is ranked by itself.
// Where ranks may be shared ([data-ties]), a row's button puts it level with the one above it, as a menu does that names another's rank.
// Arrows move past all that share a rank; a row that moves leaves those it was level with.
// <rank-list data-said="{title}: rank {rank}" data-out="{title}: …" data-shared="… {others}"><ol><li data-rank>…</li></ol><p data-say role="status"></p></rank-list>
customElements.define("rank-list", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.ties = "ties" in this.dataset;
    if (this.ties) this.read();
    this.querySelectorAll("select").forEach((menu) => { menu.required = false; }); // the server names all that is missing at once
    const hint = this.querySelector("[data-hint]");
    if (hint) hint.textContent = hint.dataset.hint;
    this.renumber();
    this.addEventListener("click", (event) => this.press(event.target));
    this.addEventListener("change", (event) => this.place(event.target.closest("[data-rank]"), event.target));
    this.addEventListener("pointerdown", (event) => this.drag(event));
  }

  rows() { return [...this.list.children]; }

  menu(row) { return row.querySelector("select"); }

  out(row) { return this.menu(row).value === ""; }

  level(row) { return Boolean(row?.classList.contains("is-level")); }

  // The ranks as they came with the page: rows stand in their order.
  read() {
    const rank = (row) => this.menu(row).value;
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
      if (!this.out(row)) this.menu(row).value = String(this.level(row) ? rank : ++rank);
    });
    rows.forEach((row, at) => {
      const [up, down] = row.querySelectorAll("[data-move]");
      const alone = this.sharing(row).length === 1;
      const lowest = rank + (this.out(row) || !alone ? 1 : 0);
      [...this.menu(row).options].forEach((one) => { one.hidden = one.disabled = Number(one.value) > lowest; });
      up.querySelector("[data-up]").hidden = this.out(row);
      up.querySelector("[data-in]").hidden = !this.out(row);
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
    const said = this.out(row) ? this.dataset.out : others.length ? this.dataset.shared : this.dataset.said;
    const rank = this.menu(row).selectedOptions[0].textContent.trim();
    const known = { title: row.dataset.title, rank, others: others.map((other) => other.dataset.title).join(", ") };
    this.querySelector("[data-say]").textContent = said.replace(/\{(title|rank|others)\}/g, (_all, name) => known[name]);
  }

  press(pressed) {
    const [row, button] = [pressed.closest("[data-rank]"), pressed.closest("button")];
    if (!row || (!button && !(this.out(row) && pressed.closest("[data-tap]")))) return;
    if (!button) this.raise(row);
    else if ("level" in button.dataset) row.classList.toggle("is-level");
    else if (button.dataset.move === "1") this.lower(row);
    else this.raise(row);
    this.renumber();
    if (button) (button.disabled ? row.querySelector("[data-move]:not(:disabled)") ?? this.menu(row) : button).focus();
    this.say(row);
  }

  raise(row) {
    if (this.out(row)) { // it becomes the last of those that are ranked
      this.rows().find((other) => this.out(other)).before(row);
      this.menu(row).value = "1";
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
    const named = this.rows().find((other) => other !== row && this.menu(other).value === chosen);
    this.leave(row);
    const heads = this.rows().filter((other) => other !== row && !this.out(other) && !this.level(other));
    const head = this.ties ? named : heads[Number(chosen) - 1];
    this.list.append(row);
    if (chosen !== "" && head && this.ties) {
      this.sharing(head).at(-1).after(row);
      row.classList.add("is-level");
    } else if (chosen !== "" && head) head.before(row);
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
      if (!moved && !this.out(held)) return;
      if (this.out(held)) this.menu(held).value = "1";
      if (this.rows().every((row, at) => row === order[at])) order.forEach((row, at) => row.classList.toggle("is-level", levels[at]));
      else if (this.level(held.nextElementSibling)) held.classList.add("is-level"); // dropped among equals
      this.renumber();
      this.say(held);
    };
    addEventListener("pointermove", move, { signal: ended.signal });
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, drop, { signal: ended.signal });
  }
});
