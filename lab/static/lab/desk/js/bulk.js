/** The page of a bulk move by keyboard. It works without this: every key presses a link or a button that is on it. */

import { commonKeys, isTyping, onKeys } from "./keys.js";
import { enter, moveKeys, press, settle } from "./prepared.js";

document.addEventListener("htmx:afterSettle", () => { settle(); enter(); });
document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !isTyping(event)) press("[data-drop]");
});
onKeys(moveKeys());
commonKeys();
settle();
enter();
