// A question put to those who chose one of some options: out of sight until one is chosen. The style sheet does that already
// (ballot.css); this is for browsers that know no :has(), and for a condition whose own question is no longer put. Where neither
// works the question stands there with its condition in words, and the server leaves out what was not asked.
// <only-if data-options="id id">…</only-if> within the form whose inputs have those values.
customElements.define("only-if", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    this.heard = () => this.show();
    this.form.addEventListener("change", this.heard);
    this.show();
  }

  disconnectedCallback() {
    this.form.removeEventListener("change", this.heard);
  }

  show() {
    const wanted = this.dataset.options.trim().split(/\s+/);
    this.hidden = ![...this.form.querySelectorAll("input:checked")].some((input) => wanted.includes(input.value) && !input.closest("only-if[hidden]"));
  }
});
