// Under « @ » in a comment: the names of who takes part in the idea. Arrows choose, Enter or a tap puts the name in, Escape closes.
// Without it one types the name; the server finds whom it means.
class NameList extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.list) return;
    this.list = document.createElement("ul");
    this.list.className = "name-list";
    this.list.id = `${this.area.id}_names`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label ?? "");
    this.list.hidden = true;
    this.append(this.list);
    this.area.setAttribute("aria-autocomplete", "list");
    this.area.setAttribute("aria-controls", this.list.id);
    this.area.addEventListener("input", () => this.look());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => setTimeout(() => document.activeElement === this.area || this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("li");
      if (!option) return;
      event.preventDefault();
      this.take(option);
    });
  }

  begun() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return /(?:^|[^\w@])@([^\s@][^\n@]{0,29}|)$/u.exec(before);
  }

  look() {
    clearTimeout(this.waiting);
    this.asked?.abort();
    const found = this.begun();
    if (!found) return this.close();
    this.waiting = setTimeout(() => this.ask(found[1]), 180);
  }

  // Answers may come in another order than they were asked: only the last one counts.
  async ask(begun) {
    const asked = (this.asked = new AbortController());
    try {
      const url = `${this.dataset.url}?q=${encodeURIComponent(begun)}`;
      const answer = await fetch(url, { headers: { Accept: "application/json" }, signal: asked.signal });
      const people = answer.ok ? await answer.json() : [];
      if (!asked.signal.aborted) this.show(people);
    } catch {
      if (!asked.signal.aborted) this.close();
    }
  }

  show(people) {
    if (!people.length || !this.begun()) return this.close();
    this.list.replaceChildren(
      ...people.map((person, at) => {
        const option = document.createElement("li");
        option.id = `${this.list.id}_${at}`;
        option.setAttribute("role", "option");
        option.textContent = person.nickname;
        return option;
      }),
    );
    this.list.hidden = false;
    this.choose(0);
  }

  choose(at) {
    const options = [...this.list.children];
    this.at = (at + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    this.area.setAttribute("aria-activedescendant", options[this.at].id);
  }

  key(event) {
    if (this.list.hidden) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) this.choose(this.at + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.list.children[this.at]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  take(option) {
    const found = this.begun();
    const end = this.area.selectionStart;
    if (found) this.area.setRangeText(`${option.textContent} `, end - found[1].length, end, "end");
    this.area.dispatchEvent(new Event("change", { bubbles: true }));
    this.area.focus();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
  }
}

customElements.define("name-list", NameList);
