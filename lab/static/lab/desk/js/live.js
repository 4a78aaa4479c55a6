// The live page draws its figures anew every few seconds: what the reader had unfolded stays unfolded.
const named = (details) =>
  details.id || `${details.closest("[id]")?.id} ${details.querySelector("summary")?.textContent}`;
let unfolded = new Set();
document.addEventListener("htmx:beforeSwap", (event) => {
  unfolded = new Set([...event.detail.target.querySelectorAll("details[open]")].map(named));
});
document.addEventListener("htmx:afterSwap", (event) => {
  for (const details of event.detail.target.querySelectorAll("details")) {
    if (unfolded.has(named(details))) details.setAttribute("open", "");
  }
});
