/** A prepared move, on the triage page and on the page of a bulk move: filled at once, confirmed by Ctrl+Enter, sent once. */

const find = (selector) => document.querySelector(selector);

export function press(selector) {
    const target = find(selector);
    if (!target) return false;
    htmx.process(target); // a key may come before htmx has settled what it has just put in
    target.click();
    return true;
}

/** Whatever moves the page offers: each names its key. */
export function moveKeys() {
    return Object.fromEntries([..."abcdefhilmnopqrstuvwy"].map((key) => [key, () => press(`[data-move="${key}"]`)]));
}

/** Its first field has the focus, however the form came. */
export const enter = () => find("[data-prepared] textarea, [data-prepared] select, [data-prepared] input:not([type=hidden])")?.focus();

/** Fragments that htmx puts in have no state of their own: give them what the page has. */
export function settle() {
    document.querySelectorAll("[data-scripted]").forEach((part) => { part.hidden = false; });
    const silent = find("[data-prepared] [name=silent]");
    const count = find("[data-audience] > b");
    if (silent && count) {
        const update = () => { count.textContent = silent.checked ? "0" : count.dataset.count; };
        silent.addEventListener("change", update);
        update();
    }
}

document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter") return;
    const form = find("[data-prepared]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
});

// A form is sent once, however often it is pressed.
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-prepared], [data-undo]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
});
addEventListener("pageshow", () => document.querySelectorAll("[data-sent]").forEach((form) => { delete form.dataset.sent; }));
