/** A toast with undo, one for each move: counts its seconds down, waits while it is pointed at or focused, then leaves. */

const ROUND = 56.5;

export function runToast(toast) {
    if (!toast) return;
    const whole = Number(toast.dataset.seconds);
    let left = whole;
    let waits = false;
    const ring = toast.querySelector("[data-ring]");
    const number = toast.querySelector("[data-left]");
    const draw = () => {
        number.textContent = Math.max(left, 0);
        ring.setAttribute("stroke-dashoffset", ROUND * (1 - left / Math.max(whole, 1)));
    };
    for (const [event, value] of [["pointerenter", true], ["focusin", true], ["pointerleave", false], ["focusout", false]]) {
        toast.addEventListener(event, () => { waits = value; });
    }
    draw();
    const clock = setInterval(() => {
        left -= 1; // The server's clock does not wait: only the toast stays to be read.
        draw();
        if (left <= 0 && !waits) { clearInterval(clock); toast.remove(); }
    }, 1000);
}
