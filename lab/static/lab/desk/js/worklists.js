/** Lists to work through: the toast's countdown, and Z for its undo. The page works without this. */

import { commonKeys, onKeys } from "./keys.js";
import { runToast } from "./toast.js";

onKeys({ z: () => {
    const button = document.querySelector("[data-undo] button");
    if (!button) return false;
    button.click();
    return true;
} });
commonKeys();
document.querySelectorAll("[data-toast]").forEach(runToast);
