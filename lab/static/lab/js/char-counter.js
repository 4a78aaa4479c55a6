// How many characters are left, said only near the end. The limit is the field's own maxlength.
customElements.define("char-counter", class extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input, textarea");
    const most = field?.maxLength;
    if (!field || !(most > 0) || this.querySelector(".counter")) return;
    const note = document.createElement("p");
    note.className = "counter";
    note.setAttribute("aria-live", "polite");
    const french = document.documentElement.lang.startsWith("fr");
    const show = () => {
      const left = most - field.value.length;
      note.textContent = `${field.value.length.toLocaleString(document.documentElement.lang)} / ${most.toLocaleString(document.documentElement.lang)}`;
      note.classList.toggle("is-over", left <= 0);
      note.setAttribute("aria-label", french ? `${left} caractères restants` : `${left} characters left`);
      note.setAttribute("aria-live", left <= most / 10 ? "polite" : "off");
    };
    field.addEventListener("input", show);
    this.append(note);
    show();
  }
});
