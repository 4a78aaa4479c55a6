// A ballot in one tap: a finger's choice on a phone is sent at once. Keyboards, mice and screen readers choose, then press
// the button, which stays for everyone. The ballot can be changed, so a slip costs nothing.
customElements.define(
  "one-tap",
  class extends HTMLElement {
    connectedCallback() {
      let finger = false;
      this.addEventListener("pointerdown", (event) => {
        finger = event.pointerType === "touch" && event.isTrusted;
      });
      this.addEventListener("change", (event) => {
        if (finger && event.target.type === "radio" && event.target.value) this.querySelector("form").requestSubmit();
        finger = false;
      });
    }
  },
);
