// Covers parts of a picture before it leaves the browser: names, numbers, amounts. A solid box, since a blur can be undone.
// Drag with a finger or a mouse; with keys, arrows move the frame, Shift and arrows size it, Enter covers.
const STEP = 0.02;
const clamp = (value, least, most) => Math.max(least, Math.min(most, value));

/** Ask for boxes over the picture in `file`. Resolves to the covered picture as a new File, or null when cancelled. */
export const cover = async (file, template) => {
  const picture = await createImageBitmap(file);
  const dialog = template.content.firstElementChild.cloneNode(true);
  document.body.append(dialog);
  const canvas = dialog.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const { width, height } = picture;
  Object.assign(canvas, { width, height });
  const boxes = [];
  let frame = { x: width * 0.3, y: height * 0.45, w: width * 0.4, h: height * 0.1 };
  let start = null;

  const draw = (final = false) => {
    pen.drawImage(picture, 0, 0);
    pen.fillStyle = getComputedStyle(dialog).getPropertyValue("--night") || getComputedStyle(dialog).color;
    for (const box of boxes) pen.fillRect(box.x, box.y, box.w, box.h);
    if (final) return;
    pen.lineWidth = Math.max(2, width / 200);
    pen.strokeStyle = getComputedStyle(canvas).outlineColor;
    pen.setLineDash([width / 60, width / 90]);
    pen.strokeRect(frame.x, frame.y, frame.w, frame.h);
  };
  const add = () => {
    if (frame.w < 2 || frame.h < 2) return;
    boxes.push({ ...frame });
    draw();
  };
  const at = (event) => {
    const seen = canvas.getBoundingClientRect();
    return {
      x: clamp(((event.clientX - seen.left) * width) / seen.width, 0, width),
      y: clamp(((event.clientY - seen.top) * height) / seen.height, 0, height),
    };
  };

  canvas.addEventListener("pointerdown", (event) => {
    start = at(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!start) return;
    const now = at(event);
    frame = { x: Math.min(start.x, now.x), y: Math.min(start.y, now.y), w: Math.abs(now.x - start.x), h: Math.abs(now.y - start.y) };
    draw();
  });
  canvas.addEventListener("pointerup", () => {
    start = null;
    add();
  });
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (way) {
      const [dx, dy] = [way[0] * width * STEP, way[1] * height * STEP];
      if (event.shiftKey) {
        frame.w = clamp(frame.w + dx, width * STEP, width - frame.x);
        frame.h = clamp(frame.h + dy, height * STEP, height - frame.y);
      } else {
        frame.x = clamp(frame.x + dx, 0, width - frame.w);
        frame.y = clamp(frame.y + dy, 0, height - frame.h);
      }
      draw();
    } else if (event.key === "Enter") add();
    else return;
    event.preventDefault();
  });

  draw();
  dialog.showModal();
  canvas.focus();
  return new Promise((resolve) => {
    const close = (value) => {
      dialog.remove();
      resolve(value);
    };
    dialog.addEventListener("cancel", () => close(null));
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      if (button.dataset.do === "undo") {
        boxes.pop();
        draw();
      } else if (button.dataset.do === "cancel") close(null);
      else {
        draw(true);
        const type = file.type === "image/png" ? "image/png" : "image/jpeg";
        canvas.toBlob((blob) => close(new File([blob], file.name, { type })), type, 0.92);
      }
    });
  });
};
