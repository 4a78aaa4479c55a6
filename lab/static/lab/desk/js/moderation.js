/** Moderation by keyboard. The page works without this: every key presses a link or a button that is on it. */

import { commonKeys, isTyping, onKeys } from "./keys.js";
import { runToast } from "./toast.js";

const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];
const panes = find("[data-triage]");

function show(pane) {
    panes.dataset.pane = pane;
    all("[data-goto]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.goto === pane)));
}

function press(selector) {
    const target = find(selector);
    if (!target) return false;
    target.click();
    return true;
}

function walk(step) {
    const list = all("[data-queue] > li");
    const next = list[list.findIndex((row) => row.hasAttribute("data-current")) + step];
    if (next) next.querySelector("a").click();
    else press(step > 0 ? "[data-next]" : "[data-previous]");
}

document.addEventListener("click", (event) => {
    const goto = event.target.closest("[data-goto]");
    if (goto) show(goto.dataset.goto);
});

document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        const form = find("[data-prepared]");
        if (form) { event.preventDefault(); form.requestSubmit(); }
    } else if (event.key === "Escape" && !isTyping(event) && !find("#desk-keys:popover-open")) {
        press("[data-close]");
    }
});

// A verdict is given once, however often it is pressed.
document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-prepared]")) return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => all("[data-sent]").forEach((form) => { delete form.dataset.sent; }));

const bindings = { j: () => walk(1), k: () => walk(-1), "?": () => { find("#desk-keys").togglePopover(); } };
for (const key of "phxrafcl") bindings[key] = () => press(`[data-move="${key}"]`);
for (const key of "uz") bindings[key] = () => press("[data-undo] button");
onKeys(bindings);
commonKeys();
find("[data-panetabs]").hidden = false;
show(panes.dataset.start);
find("[data-prepared] textarea")?.focus();
runToast(find("[data-toast]"));
