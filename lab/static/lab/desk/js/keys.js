/** Single keys of the desk: silent in fields, with a modifier, and where the account switched Wagtail's shortcuts off. */

const FIELD = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

export const isTyping = (event) => event.target instanceof Element && event.target.closest(FIELD) !== null;

/** Call `bindings[key]` (a lower-case key, "?", or the place of a key: "Digit1") when it is pressed alone. */
export function onKeys(bindings) {
    document.addEventListener("keydown", (event) => {
        if (event.defaultPrevented || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
        const act = bindings[event.key.toLowerCase()] ?? bindings[event.code];
        if (!act || act(event) === false) return;
        event.preventDefault();
        event.stopImmediatePropagation(); // Wagtail's own shortcuts use some of these keys
    }, true);
}

/** "/" goes to the page's search; Escape leaves a field; F6 walks the panels. Every desk page may have these. */
export function commonKeys(panels = ".dk-pane__body, [data-wall], .dk-drawer") {
    document.addEventListener("keydown", (event) => {
        if (event.key === "/" && !isTyping(event)) {
            const field = document.querySelector("[data-search]");
            if (field) { event.preventDefault(); field.focus(); }
        } else if (event.key === "Escape" && isTyping(event)) {
            event.target.blur();
        } else if (event.key === "F6") {
            const all = [...document.querySelectorAll(panels)].filter((panel) => panel.offsetParent);
            const here = all.findIndex((panel) => panel.contains(document.activeElement));
            if (!all.length) return;
            event.preventDefault();
            all[(here + (event.shiftKey ? -1 : 1) + all.length) % all.length].focus();
        }
    });
}
