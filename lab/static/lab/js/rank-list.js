// Ranking: each row's <select> is its rank, so the form works without this. With it: arrows, dragging, and selects that renumber.
// <rank-list data-said="{title}: rank {rank}"><ol class="rank"><li data-rank>…</li></ol><p data-say role="status"></p></rank-list>
customElements.define("rank-list", class extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.renumber();
    this.addEventListener("click", (event) => this.step(event.target.closest("[data-move]")));
    this.addEventListener("change", (event) => this.place(event.target.closest("[data-rank]"), event.target));
    this.addEventListener("pointerdown", (event) => this.drag(event));
  }

  rows() { return [...this.list.children]; }

  out(row) { return row.classList.contains("is-out"); }

  renumber() {
    let rank = 0;
    const rows = this.rows();
    rows.forEach((row, at) => {
      if (!this.out(row)) row.querySelector("select").selectedIndex = rank++;
      const [up, down] = row.querySelectorAll("[data-move]");
      up.disabled = at === 0;
      down.disabled = at === rows.length - 1;
    });
  }

  say(row) {
    const select = row.querySelector("select");
    const said = this.dataset.said.replace("{title}", row.dataset.title).replace("{rank}", select.selectedOptions[0].textContent.trim());
    this.querySelector("[data-say]").textContent = said;
  }

  step(button) {
    if (!button) return;
    const row = button.closest("[data-rank]");
    const other = button.dataset.move === "1" ? row.nextElementSibling : row.previousElementSibling;
    if (!other) return;
    button.dataset.move === "1" ? other.after(row) : other.before(row);
    row.classList.remove("is-out");
    this.renumber();
    (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button).focus();
    this.say(row);
  }

  place(row, select) {
    if (!row) return;
    const others = this.rows().filter((other) => other !== row);
    const out = select.value === "";
    row.classList.toggle("is-out", out);
    const at = out ? others.length : select.selectedIndex;
    at >= others.length ? this.list.append(row) : others[at].before(row);
    this.renumber();
    select.focus();
    this.say(row);
  }

  drag(event) {
    const held = event.target.closest("[data-grip]")?.closest("[data-rank]");
    if (!held) return;
    event.preventDefault();
    held.classList.add("is-held");
    const move = (now) => {
      for (const row of this.rows()) {
        const box = row.getBoundingClientRect();
        if (row === held || now.clientY < box.top || now.clientY > box.bottom) continue;
        held.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING ? row.after(held) : row.before(held);
      }
    };
    const drop = () => {
      removeEventListener("pointermove", move);
      held.classList.remove("is-held", "is-out");
      this.renumber();
      this.say(held);
    };
    addEventListener("pointermove", move);
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, drop, { once: true });
  }
});
