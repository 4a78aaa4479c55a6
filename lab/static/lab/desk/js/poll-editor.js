/**
 * The poll editor: an “only if” may name options as they are typed. Without this they can be named once they are saved.
 * Fields that a method has no use for are hidden by the style sheet.
 */

const form = document.querySelector("[data-poll-editor]");

/** [key, words] of what an “only if” of a later question may name. */
function sourcesOf(question) {
    if (!["single", "multiple"].includes(question.querySelector("[data-method]").value)) return [];
    const found = [...question.querySelectorAll("[data-option]")].map((input) => [
        input.closest("li").querySelector("[data-key]").value, input.value.trim(),
    ]);
    if (question.querySelector("[data-other]").checked) {
        const words = question.querySelector("[data-other-words] input");
        found.push([question.querySelector("[data-other-key]").value, words.value.trim() || words.placeholder]);
    }
    return found.filter(([, words]) => words);
}

function offer() {
    const before = [];
    for (const question of form.querySelectorAll("[data-question]")) {
        for (const select of question.querySelectorAll("[data-only-if]")) {
            const chosen = select.selectedOptions[0];
            const offered = new Map(before);
            // What is chosen stays, were it moved below: the server says what is wrong with it.
            if (chosen.value && !offered.has(chosen.value)) offered.set(chosen.value, chosen.text);
            select.replaceChildren(select.options[0], ...[...offered].map(([key, words]) => new Option(words, key)));
            select.value = chosen.value;
        }
        before.push(...sourcesOf(question));
    }
}

if (form) {
    form.addEventListener("change", offer);
    form.addEventListener("input", (event) => { if (event.target.matches("[data-option], [data-other-words] input")) offer(); });
}
