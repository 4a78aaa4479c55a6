// A sum of points to share out: what is left stays in sight, the bars follow. The number fields alone are the form.
// <points-share data-total="100">… [data-left] … <svg><rect data-used></svg> … [data-points] …</points-share>
customElements.define("points-share", class extends HTMLElement {
  connectedCallback() {
    this.total = Number(this.dataset.total || 100);
    this.addEventListener("click", (event) => {
      const step = event.target.closest("[data-step]");
      if (!step) return;
      const field = step.parentElement.querySelector("[data-points]");
      const room = this.total - this.used() + Number(field.value);
      field.value = Math.max(0, Math.min(room, this.total, Number(field.value) + Number(step.dataset.step)));
      this.show();
    });
    this.addEventListener("input", () => this.show());
    this.show();
  }

  fields() { return [...this.querySelectorAll("[data-points]")]; }

  used() { return this.fields().reduce((sum, field) => sum + Number(field.value || 0), 0); }

  show() {
    const used = this.used();
    const left = this.querySelector("[data-left]");
    const over = used > this.total;
    left.textContent = Math.abs(this.total - used);
    left.classList.toggle("is-over", over);
    const said = this.querySelector("[data-said]");
    if (said) said.textContent = over ? this.dataset.over : this.dataset.word;
    this.querySelector("[data-used]")?.setAttribute("width", `${Math.max(0, Math.min(100, (100 * used) / this.total))}%`);
    for (const field of this.fields()) {
      const share = Math.max(0, Math.min(100, (100 * Number(field.value || 0)) / this.total));
      field.closest(".share__row")?.querySelector(".fill")?.setAttribute("width", `${share}%`);
    }
  }
});
