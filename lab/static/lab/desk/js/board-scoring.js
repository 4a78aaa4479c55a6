// Scoring by keys: a digit scores the factor in hand and goes on to the next, arrows change the factor, K goes back.
const form = document.querySelector("#notes");
const asks = [...document.querySelectorAll("[data-ask]")];
const hold = (ask) => (ask?.querySelector("input:checked") ?? ask?.querySelector("input"))?.focus();

document.querySelector(".dk-subjects [aria-current]")?.scrollIntoView({ block: "center" });
document.addEventListener("keydown", (event) => {
  if (!form || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, [type=text]")) return;
  const here = Math.max(0, asks.indexOf(event.target.closest("[data-ask]")));
  if (/^[0-5]$/.test(event.key)) {
    const choice = asks[here].querySelector(`input[value="${event.key}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.checked = true;
    form.querySelector("[name=abstain]").checked = false;
    if (asks[here + 1]) hold(asks[here + 1]); else document.querySelector("[data-next]").focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (!event.target.closest("[data-ask]")) return;
    event.preventDefault();
    hold(asks[here + (event.key === "ArrowDown" ? 1 : -1)]);
  } else if (event.key === "Enter" && !event.target.closest("a, button")) {
    event.preventDefault();
    form.requestSubmit(document.querySelector("[data-next]"));
  } else if (event.key.toLowerCase() === "k") {
    document.querySelector("[data-previous]")?.click();
  }
});
