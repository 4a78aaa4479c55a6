// The live page draws its figures anew every few seconds: what the reader had unfolded stays unfolded, and the keyboard stays where
// it was, or on the figures where that place is no more.
const named = (one) =>
  one.id ||
  `${one.parentElement.closest("[id]")?.id} ${one.tagName} ${one.getAttribute("aria-label") || (one.querySelector("summary") || one).textContent}`;
const PLACES = "a[href], button, input, select, textarea, summary, [tabindex]";
let unfolded = new Set();
let held = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target } = event.detail;
  unfolded = new Set([...target.querySelectorAll("details[open]")].map(named));
  const focused = document.activeElement;
  held = focused !== target && target.contains(focused) ? named(focused) : null;
});
document.addEventListener("htmx:afterSwap", (event) => {
  const { target } = event.detail;
  for (const details of target.querySelectorAll("details")) {
    if (unfolded.has(named(details))) details.setAttribute("open", "");
  }
  if (held === null || target.contains(document.activeElement)) return;
  const place = [...target.querySelectorAll(PLACES)].find((one) => named(one) === held);
  (place || target).focus({ preventScroll: true });
  held = null;
});
