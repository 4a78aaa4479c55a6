// Shows the pictures chosen before they leave, lets one be left out, and lets parts of it be covered.
customElements.define("upload-preview", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.list = this.querySelector("[data-previews]");
    this.mask = this.querySelector("template[data-mask]");
    this.input?.addEventListener("change", () => this.show());
  }

  show() {
    for (const image of this.list.querySelectorAll("[data-fresh] img")) URL.revokeObjectURL(image.src);
    for (const figure of this.list.querySelectorAll("[data-fresh]")) figure.remove();
    const files = [...this.input.files].slice(0, Number(this.dataset.max));
    if (files.length < this.input.files.length) this.set(files);
    files.forEach((file, at) => this.list.append(this.figure(file, at)));
  }

  set(files) {
    const bag = new DataTransfer();
    for (const file of files) bag.items.add(file);
    this.input.files = bag.files;
  }

  button(label, name, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.setAttribute("aria-label", `${label} : ${name}`);
    button.addEventListener("click", act);
    return button;
  }

  figure(file, at) {
    const figure = document.createElement("figure");
    figure.dataset.fresh = "";
    const isPicture = file.type.startsWith("image/");
    if (isPicture) {
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = "";
      figure.append(image);
    }
    const name = document.createElement("figcaption");
    name.textContent = file.name;
    figure.append(name);
    if (isPicture && this.mask) figure.append(this.button(this.dataset.cover, file.name, () => this.cover(file, at)));
    figure.append(this.button(this.dataset.remove, file.name, () => {
      this.set([...this.input.files].filter((_, other) => other !== at));
      this.show();
      this.input.focus();
    }));
    return figure;
  }

  async cover(file, at) {
    const { cover } = await import("./picture-mask.js");
    const covered = await cover(file, this.mask);
    if (covered) {
      this.set([...this.input.files].map((other, place) => (place === at ? covered : other)));
      this.show();
    }
    this.list.children[at]?.querySelector("button")?.focus();
  }
});
