// The site's script. Every page works without it; each custom element is fetched only where a page has one.
const elements = {
  "theme-switch": () => import("./theme-switch.js"),
  "lab-toast": () => import("./lab-toast.js"),
  "draft-keeper": () => import("./draft-keeper.js"),
  "char-counter": () => import("./char-counter.js"),
  "upload-preview": () => import("./upload-preview.js"),
  "read-pages": () => import("./read-pages.js"),
  "rank-list": () => import("./rank-list.js"),
  "points-share": () => import("./points-share.js"),
  "choice-limit": () => import("./choice-limit.js"),
  "copy-button": () => import("./copy-button.js"),
  "one-tap": () => import("./one-tap.js"),
  "only-if": () => import("./only-if.js"),
  "name-list": () => import("./name-list.js"),
};

// What somebody typed is for nobody else at this browser: drafts go at sign-out, and those of others once a member is there.
// A session that merely ended keeps them: who signs in again finds them. Those of the desk, which live in a tab, go with the session.
const wipeDrafts = (own, stores = ["localStorage", "sessionStorage"]) => {
  try {
    for (const store of stores.map((name) => window[name])) {
      for (const key of Object.keys(store)) if (key.startsWith("draft:") && !(own && key.startsWith(own))) store.removeItem(key);
    }
  } catch { /* a forbidden store keeps nothing */ }
};
const { member } = document.body.dataset;
if (member) wipeDrafts(`draft:${member}:`);
else wipeDrafts("", ["sessionStorage"]);
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-signs-out]")) return;
  document.body.dataset.leaving = "1";
  wipeDrafts();
});

const wake = (root) => {
  for (const [tag, load] of Object.entries(elements)) {
    if (!customElements.get(tag) && (root.matches?.(tag) || root.querySelector(tag))) load();
  }
};
wake(document);
document.addEventListener("htmx:load", (event) => wake(event.detail.elt));

// A dialog opens from any button that names it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
});

// Escape closes a tip and the menu.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.activeElement?.closest(".tip")?.querySelector("button")?.blur();
  const menu = document.querySelector(".burger[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A swap keeps the keyboard where it was: the new button takes the focus of the one it replaces.
// Where the answer is news (“Your answer is in”), the news takes it.
let held = null;
let inside = false;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  const active = document.activeElement;
  inside = Boolean(target?.contains(active));
  held = target?.contains(active) && !active.id ? { tag: active.tagName, classes: active.className } : null;
});
document.addEventListener("htmx:load", (event) => {
  const news = inside && event.detail.elt.querySelector?.("[data-focus]");
  inside = false;
  if (news) {
    held = null;
    news.focus();
  }
  if (!held) return;
  const selector = `${held.tag.toLowerCase()}${held.classes ? `.${held.classes.trim().split(/\s+/)[0]}` : ""}`;
  const root = event.detail.elt;
  (root.matches?.(selector) ? root : root.querySelector(selector))?.focus({ preventScroll: true });
  held = null;
});

if ("serviceWorker" in navigator && document.body.dataset.worker) {
  // After signing out on a shared machine nothing that was read may stay.
  const was = localStorage.getItem("signed");
  const signed = document.body.dataset.signed ?? "";
  if (was && !signed) navigator.serviceWorker.controller?.postMessage("forget");
  signed ? localStorage.setItem("signed", "1") : localStorage.removeItem("signed");
  addEventListener("load", () => navigator.serviceWorker.register(document.body.dataset.worker, { scope: "/" }).catch(() => {}));
}
