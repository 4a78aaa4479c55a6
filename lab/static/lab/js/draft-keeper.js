// <draft-keeper data-key="idea" data-restored="…" data-discard="…"><form>…</form></draft-keeper>
// A draft belongs to who typed it: its key carries the member's id (<body data-member>); lab.js wipes drafts at sign-out, and those
// of others when somebody signs in. Nothing typed is lost: the form's texts and choices are kept in this browser and restored, and forgotten once the form has been
// taken. A page that follows a success carries <draft-keeper data-clear="idea"></draft-keeper>. Passwords and files are never kept.
const PREFIX = "draft:";
const mine = () => `${PREFIX}${document.body.dataset.member || ""}:`;
const kept = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(field.type);

customElements.define("draft-keeper", class extends HTMLElement {
  connectedCallback() {
    if (this.dataset.clear) {
      localStorage.removeItem(mine() + this.dataset.clear);
      // The address forgets the success too: loading it again must not cost what is typed next.
      history.replaceState(history.state, "", location.pathname + location.hash);
      return;
    }
    this.key = mine() + (this.dataset.key || location.pathname);
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.restore();
    this.addEventListener("input", () => this.later());
    this.addEventListener("change", () => this.later());
    addEventListener("pagehide", () => this.keep());
    document.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt === this.form && event.detail.xhr.status < 400) this.forget();
    });
  }

  fields() { return [...this.form.elements].filter(kept); }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), 400);
  }

  keep() {
    if (this.gone || document.body.dataset.leaving) return;
    const values = this.fields().map((f) => [f.name, f.value, ["checkbox", "radio"].includes(f.type) ? f.checked : null]);
    try {
      if (values.some(([, value, on]) => (on === null ? value.trim() : on))) localStorage.setItem(this.key, JSON.stringify(values));
      else localStorage.removeItem(this.key);
    } catch { /* a full or forbidden store: the page goes on without */ }
  }

  restore() {
    let values;
    try { values = JSON.parse(localStorage.getItem(this.key) || "null"); } catch { values = null; }
    if (!values) return;
    let changed = false;
    const names = new Map();
    for (const field of this.fields()) {
      const nth = names.get(field.name) ?? 0;
      names.set(field.name, nth + 1);
      const saved = values.filter(([name]) => name === field.name)[nth];
      if (!saved) continue;
      if (saved[2] !== null) {
        if (field.checked !== saved[2]) { field.checked = saved[2]; changed = true; }
      } else if (!field.value && saved[1]) { // what the server has put in the field is newer
        field.value = saved[1];
        changed = true;
      }
    }
    if (changed) this.say();
  }

  say() {
    if (!this.dataset.restored) return;
    const note = document.createElement("p");
    note.className = "draft-note row gap-2";
    note.setAttribute("role", "status");
    note.append(this.dataset.restored);
    if (this.dataset.discard) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn--plain btn--small";
      button.textContent = this.dataset.discard;
      button.addEventListener("click", () => { this.forget(); this.gone = false; this.form.reset(); note.remove(); });
      note.append(button);
    }
    this.form.append(note);
    this.addEventListener("input", () => note.classList.add("is-settled"), { once: true });
  }

  forget() {
    this.gone = true;
    clearTimeout(this.timer);
    localStorage.removeItem(this.key);
  }
});
