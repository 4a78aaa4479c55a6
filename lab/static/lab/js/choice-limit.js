// At most so many choices: once they are made the others wait, and the dots say how many are left. The server counts again.
// <choice-limit data-max="3" data-left-one="1 choice left" data-left-many="{n} choices left" data-done="All chosen">
customElements.define("choice-limit", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.show());
    this.show();
  }

  show() {
    const boxes = [...this.querySelectorAll("[type=checkbox]")];
    const on = boxes.filter((box) => box.checked).length;
    const left = Number(this.dataset.max) - on;
    for (const box of boxes) box.disabled = !box.checked && left <= 0;
    this.querySelectorAll("[data-tally] i").forEach((dot, at) => dot.classList.toggle("on", at < on));
    const say = this.querySelector("[data-say]");
    if (say) say.textContent = left <= 0 ? this.dataset.done : left === 1 ? this.dataset.leftOne : this.dataset.leftMany.replace("{n}", left);
  }
});
