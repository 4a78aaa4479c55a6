// Copies a code. Hidden until the script is there to do it.
customElements.define("copy-button", class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.dataset.text);
      const word = this.querySelector("span");
      const before = word.textContent;
      word.textContent = this.dataset.done;
      word.setAttribute("role", "status");
      setTimeout(() => { word.textContent = before; }, 3000);
    });
  }
});
