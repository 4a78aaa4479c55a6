/** Triage by keyboard. The page works without this: every key presses a link or a button that is on it. */

import { commonKeys, isTyping, onKeys } from "./keys.js";
import { runToast } from "./toast.js";

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const panes = find("[data-triage]");
const narrow = matchMedia("(max-width: 1023px)");

const say = (words) => { find("[data-voice]").textContent = words; };

function show(pane) {
    panes.dataset.pane = pane;
    all("[data-goto]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.goto === pane)));
}

function rows() {
    return all("[data-queue] > li");
}

function mark(row) {
    rows().forEach((other) => {
        other.toggleAttribute("data-current", other === row);
        const link = find("a", other);
        if (other === row) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
    });
    row.scrollIntoView({ block: "nearest" });
}

function walk(step) {
    const list = rows();
    const here = list.findIndex((row) => row.hasAttribute("data-current"));
    const next = list[here + step];
    if (!next) {
        find(step > 0 ? "[data-next]" : "[data-previous]")?.click();
        return;
    }
    mark(next);
    const link = find("a", next);
    link.focus({ preventScroll: true });
    link.click();
}

function press(selector) {
    const target = find(selector);
    if (!target) return false;
    target.click();
    return true;
}

/** Fragments that htmx puts in have no state of their own: give them what the page has. */
function settle() {
    all("[data-scripted]").forEach((part) => { part.hidden = false; });
    const silent = find("[data-prepared] [name=silent]");
    const count = find("[data-audience] > b");
    if (silent && count) {
        const update = () => { count.textContent = silent.checked ? "0" : count.dataset.count; };
        silent.addEventListener("change", update);
        update();
    }
}

document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-queue] a");
    if (link) { mark(link.closest("li")); if (narrow.matches) show("idee"); }
    const move = event.target.closest("[data-move], .dk-dup__acts a");
    if (move && narrow.matches) show("decider");
    const goto = event.target.closest("[data-goto]");
    if (goto) show(goto.dataset.goto);
    const filter = event.target.closest("[data-feed-filter] [data-show]");
    if (filter) {
        all("[data-show]", filter.closest("[data-feed-filter]")).forEach((button) => button.setAttribute("aria-pressed", String(button === filter)));
        all("[data-feed] > li").forEach((entry) => { entry.hidden = Boolean(filter.dataset.show) && entry.dataset.kind !== filter.dataset.show; });
    }
});

find("[data-filters]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());

document.addEventListener("htmx:afterSettle", (event) => {
    settle();
    if (event.target.id === "decide") find("[data-prepared] textarea, [data-prepared] select, [data-prepared] input:not([type=hidden])")?.focus();
    if (event.target.id === "work") say(find(".dk-idea__title")?.textContent ?? "");
});

document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        const form = find("[data-prepared]");
        if (form) { event.preventDefault(); form.requestSubmit(); }
    } else if (event.key === "Escape" && !isTyping(event) && !find("#desk-keys:popover-open")) {
        press("[data-close]");
    }
});

// A form is sent once, however often it is pressed.
document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-prepared], [data-undo]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
});
addEventListener("pageshow", () => all("[data-sent]").forEach((form) => { delete form.dataset.sent; }));

let going = 0;
const bindings = {
    j: () => walk(1),
    k: () => walk(-1),
    g: () => { going = Date.now(); },
    z: () => press("[data-undo] button"),
    "?": () => { find("#desk-keys").togglePopover(); },
};
for (const key of "ecrmdanh") bindings[key] = () => press(`[data-move="${key}"]`);
for (let number = 1; number <= 8; number += 1) {
    bindings[number] = () => {
        if (Date.now() - going > 1500) return false;
        all(".dk-strip .dk-tab")[number - 1]?.click();
        return true;
    };
}

onKeys(bindings);
commonKeys();
runToast(find("[data-toast]"));
find("[data-panetabs]").hidden = false;
show(panes.dataset.start || "file");
find("[data-queue] > li[data-current]")?.scrollIntoView({ block: "nearest" });
settle();
if (panes.dataset.start === "decider") find("[data-prepared] textarea, [data-prepared] select")?.focus();
