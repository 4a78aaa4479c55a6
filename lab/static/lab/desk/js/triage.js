/** Triage by keyboard. The page works without this: every key presses a link or a button that is on it. */

import { keepDrafts, restoreDraft } from "./drafts.js";
import { commonKeys, isTyping, onKeys } from "./keys.js";
import { enter, moveKeys, press, settle } from "./prepared.js";
import { runToast } from "./toast.js";

const find = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const panes = find("[data-triage]");
const narrow = matchMedia("(max-width: 1279px)"); // not all three panes stand side by side

const beside = matchMedia("(min-width: 1024px)");

const say = (words) => { find("[data-voice]").textContent = words; };

function show(wanted) {
    const pane = wanted === "file" && beside.matches ? "idee" : wanted; // the queue stays beside them
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

const LEFT = "desk-left";

/** Which row one stands on; between two, where a move has just taken the idea at hand out of the queue or elsewhere in it. */
function place(list) {
    const here = list.findIndex((row) => row.hasAttribute("data-current"));
    const id = here < 0 ? new URLSearchParams(location.search).get("idea") : list[here].dataset.id;
    const kept = JSON.parse(sessionStorage.getItem(LEFT) ?? "{}");
    if (kept.id !== id) return here;
    const next = list.findIndex((row) => kept.after.includes(row.dataset.id));
    return next < 0 || next === here + 1 ? here : next - 0.5;
}

/** Before a move is sent: which rows come after this one, so that the walk goes on there and not at the top. */
function keepPlace() {
    const list = rows();
    const here = list.findIndex((row) => row.hasAttribute("data-current"));
    if (here < 0) return;
    const after = list.slice(here + 1).map((row) => row.dataset.id);
    sessionStorage.setItem(LEFT, JSON.stringify({ id: list[here].dataset.id, after }));
}

function walk(step) {
    const list = rows();
    const here = place(list);
    const next = list[step > 0 ? Math.floor(here + 1) : Math.ceil(here - 1)];
    if (!next) {
        find(step > 0 ? "[data-next]" : "[data-previous]")?.click();
        return;
    }
    mark(next);
    const link = find("a", next);
    link.focus({ preventScroll: true });
    link.click();
}

const picks = () => all("[data-queue] input[name=pick]");
const pickAll = () => find("[data-all]");

/** Show how many are chosen, and what can be done with them; with none left, the idea's own moves come back. */
function showPicked(ask = true) {
    const whole = pickAll()?.checked;
    const chosen = whole ? pickAll().dataset.all : picks().filter((box) => box.checked).length;
    picks().forEach((box) => box.closest("li").toggleAttribute("data-picked", box.checked));
    const count = find("[data-picked-count]");
    if (!count) return;
    count.hidden = !chosen;
    count.textContent = String(chosen);
    if (!ask) return;
    if (chosen || whole) {
        const form = find("[data-pick]");
        const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
        htmx.ajax("GET", address, { target: "#decide", swap: "innerHTML" });
        say(`${find("[data-picked]").firstChild.textContent.trim()} : ${chosen}`);
    } else if (find("[data-bulk]")) {
        find("[data-queue] > li[data-current] a")?.click();
    }
}

function pick(whole) {
    const row = find("[data-queue] > li[data-current]");
    const boxes = whole ? picks() : all("input[name=pick]", row ?? document.createElement("li"));
    if (!boxes.length) return false;
    const on = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = on; });
    showPicked();
    return true;
}

function dropAll() {
    picks().forEach((box) => { box.checked = false; });
    if (pickAll()) pickAll().checked = false;
    showPicked();
}

/** Say every twenty seconds that the idea is being read here, and hear who else reads it. */
function beHere() {
    const place = find("[data-here]");
    if (!place || document.hidden) return;
    const seen = find("[data-prepared] [name=seen]")?.value ?? place.dataset.seen;
    htmx.ajax("POST", place.dataset.here, { target: "#here", swap: "innerHTML", values: { seen, csrfmiddlewaretoken: place.dataset.token } });
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

document.addEventListener("change", (event) => {
    if (event.target.matches("[data-queue] input[name=pick], [data-all]")) showPicked();
});
document.addEventListener("click", (event) => {
    if (event.target.closest("[data-drop]")) { event.preventDefault(); dropAll(); }
});

// What stands in the row is applied at once; what is in the sheet waits for its button.
find("[data-filters]")?.addEventListener("change", (event) => {
    if (!event.target.closest("[data-more]")) event.currentTarget.requestSubmit();
});
// One address, one choice: empty fields that say nothing new are left out of it.
document.addEventListener("click", (event) => {
    const sheet = find("[data-more][open]");
    if (sheet && !sheet.contains(event.target)) sheet.open = false;
});

document.addEventListener("htmx:afterSettle", (event) => {
    restoreDraft();
    settle();
    if (event.target.id === "decide") enter();
    if (event.target.id === "work") { say(find(".dk-idea__title")?.textContent ?? ""); beHere(); }
});

document.addEventListener("keydown", (event) => {
    if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
        // In a field too: the templates of the answer at hand, else the likely duplicates.
        const choices = all("[data-letter]");
        const choice = (choices.length ? choices : all("[data-duplicate]"))[Number(event.code.at(-1)) - 1];
        if (choice) { event.preventDefault(); choice.click(); }
    } else if (event.key === "Escape" && find("[data-more][open]")) {
        find("[data-more]").open = false;
        find("[data-more] summary").focus();
    } else if (event.key === "Escape" && !isTyping(event) && !find("#desk-keys:popover-open")) {
        if (find("[data-bulk]")) dropAll();
        else press("[data-close]");
    }
});

document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-prepared]")) keepPlace();
});

const tabs = () => all(".dk-strip .dk-tab");
let going = 0;
const isGoing = () => Date.now() - going <= 1500;

/** After G, the same two keys that walk the ideas walk the views: letters, where an AZERTY keyboard has no bare bracket. */
function step(by) {
    if (!isGoing()) return walk(by);
    const here = tabs().findIndex((tab) => tab.hasAttribute("aria-current"));
    tabs()[here + by]?.click();
}

const bindings = {
    j: () => step(1),
    k: () => step(-1),
    g: () => { going = Date.now(); },
    ...moveKeys(),
    u: () => press("[data-undo] button"), // no move has these two: a second too late they must not prepare another
    z: () => press("[data-undo] button"),
    x: (event) => pick(event.shiftKey),
    "?": () => { find("#desk-keys").togglePopover(); },
};
for (let number = 1; number <= 9; number += 1) {
    bindings[number] = () => {
        if (!isGoing()) return false;
        tabs()[number - 1]?.click();
        return true;
    };
    bindings[`Digit${number}`] = bindings[number]; // AZERTY has its digits under Shift: the place of the key is enough
}

onKeys(bindings);
commonKeys();
all("[data-toast]").forEach(runToast);
find("[data-panetabs]").hidden = false;
show(panes.dataset.start || "file");
find("[data-queue] > li[data-current]")?.scrollIntoView({ block: "nearest" });
keepDrafts(panes.dataset.member);
restoreDraft();
settle();
showPicked(false);
beHere();
setInterval(beHere, 20_000);
enter();
