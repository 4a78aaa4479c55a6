// What was just done, and its undo. It leaves by itself after the seconds of undo, but not while one points at it or stays in it.
customElements.define("lab-toast", class extends HTMLElement {
  connectedCallback() {
    if (this.hasAttribute("data-static")) return;
    this.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) this.remove(); });
    this.addEventListener("htmx:afterRequest", (event) => { if (event.detail.xhr.status < 400) this.remove(); });
    const wait = this.hasAttribute("data-stay") ? 20 : Number(document.documentElement.dataset.undo || 10);
    const start = () => { this.timer = setTimeout(() => this.remove(), wait * 1000); };
    const stop = () => clearTimeout(this.timer);
    for (const name of ["mouseenter", "focusin"]) this.addEventListener(name, stop);
    for (const name of ["mouseleave", "focusout"]) this.addEventListener(name, start);
    start();
  }

  disconnectedCallback() { clearTimeout(this.timer); }
});
