/** What is typed into a prepared move stays in this tab, by idea and move, while one reads another idea; it goes once the move is
    sent (a refusal gives it back), at sign-out, and with the tab. Its key carries who typed it: lab.js wipes what is another's. */

const PREFIX = "draft:";
const SILENT = ["hidden", "search", "submit", "button", "password", "file"];
let own = "";

const keyOf = (form) => `${own}${new URL(form.action).pathname}`;
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !SILENT.includes(field.type));
const isBox = (field) => ["checkbox", "radio"].includes(field.type);

function wipe(spared) {
    for (const key of Object.keys(sessionStorage)) {
        if (key.startsWith(PREFIX) && !(spared && key.startsWith(spared))) sessionStorage.removeItem(key);
    }
}

function keep(form) {
    const values = fieldsOf(form).map((field) => [field.name, field.value, isBox(field) ? field.checked : null]);
    try { sessionStorage.setItem(keyOf(form), JSON.stringify(values)); } catch { /* a full or forbidden store: the page goes on without */ }
}

function fill(form, values) {
    const nth = new Map();
    let changed = false;
    for (const field of fieldsOf(form)) {
        const at = nth.get(field.name) ?? 0;
        nth.set(field.name, at + 1);
        const [, value, on] = values.filter(([name]) => name === field.name)[at] ?? [];
        if (value === undefined) continue;
        const isText = field.matches("textarea, input:not([type]), input[type=text]");
        if (isBox(field)) {
            changed ||= field.checked !== on;
            field.checked = on;
        } else if (field.value !== value && !(isText && field.value)) { // a text that the server has put in, a template's, is newer
            field.value = value;
            changed = true;
        }
    }
    return changed;
}

/** Give the prepared form back what was typed into it, and say so. A form that comes back with what was typed is newer. */
export function restoreDraft() {
    const form = document.querySelector("form[data-draft]");
    if (!form || form.dataset.found) return;
    form.dataset.found = "yes";
    if (form.dataset.draft === "typed") { keep(form); return; }
    let values = null;
    try { values = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null"); } catch { /* not one of ours */ }
    if (!values || !fill(form, values)) return;
    const note = document.createElement("p");
    note.className = "dk-meta";
    note.setAttribute("role", "status");
    note.textContent = form.dataset.restored;
    form.append(note);
}

export function keepDrafts(member) {
    own = `${PREFIX}${member}:desk:`;
    wipe(`${PREFIX}${member}:`);
    for (const kind of ["input", "change"]) {
        document.addEventListener(kind, (event) => {
            const form = event.target.closest?.("form[data-draft]");
            if (form) keep(form);
        });
    }
    document.addEventListener("submit", (event) => {
        if (event.target.matches("form[data-draft]")) sessionStorage.removeItem(keyOf(event.target));
        if (event.target.getAttribute("action")?.includes("/logout/")) wipe();
    });
}
