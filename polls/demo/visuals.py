"""Three posters of a campaign, drawn in the house's colours: no picture is shipped for the demo."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

INK, BRAND, WASH, LAMP, PAPER, SEA = "#1b1d33", "#2d37a8", "#eceefb", "#ffc43a", "#faf9f6", "#0a5a80"
WIDTH, HEIGHT = 960, 720


def poster(name: str) -> ContentFile:
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    {"keeper": _keeper, "thread": _thread, "table": _table}[name](ImageDraw.Draw(picture))
    held = BytesIO()
    picture.save(held, "WEBP", quality=82, method=4)
    return ContentFile(held.getvalue(), name=f"affiche-{name}.webp")


def _words(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, fill: str) -> None:
    try:
        font: Any = ImageFont.truetype(str(settings.BASE_DIR / "lab/static/lab/fonts/lab-display.woff2"), size)
    except OSError:  # a FreeType that reads no WOFF2
        font = ImageFont.load_default(size)
    draw.multiline_text(at, text, fill=fill, font=font, spacing=size // 5)


def _lighthouse(draw: ImageDraw.ImageDraw, x: int, foot: int, size: int) -> None:
    half = size // 8
    draw.polygon(
        [(x - half, foot), (x + half, foot), (x + half * 2 // 3, foot - size), (x - half * 2 // 3, foot - size)], PAPER
    )
    for stripe in range(1, 6, 2):
        top = foot - size * (stripe + 1) // 6
        draw.rectangle([x - half, top, x + half, top + size // 6], BRAND)
    draw.rectangle([x - half, foot - size - half, x + half, foot - size], LAMP)
    draw.pieslice([x - half, foot - size - half * 2, x + half, foot - size], 180, 360, INK)


def _keeper(draw: ImageDraw.ImageDraw) -> None:
    """Night, a lighthouse, its beam over the sea."""
    draw.rectangle([0, 0, WIDTH, HEIGHT], INK)
    draw.polygon([(700, 236), (0, 40), (0, 330)], "#4a4630")
    draw.polygon([(700, 236), (0, 110), (0, 260)], "#7a6a34")
    draw.rectangle([0, 590, WIDTH, HEIGHT], SEA)
    for row in range(4):
        for column in range(9):
            left = column * 120 + row * 37 - 60
            draw.arc([left, 610 + row * 28, left + 90, 640 + row * 28], 200, 340, "#8fd0f2", 4)
    _lighthouse(draw, 700, 600, 340)
    _words(draw, (64, 380), "La nuit aussi,\nquelqu’un répond.", 62, PAPER)


def _thread(draw: ImageDraw.ImageDraw) -> None:
    """Two telephones joined by one thread."""
    draw.rectangle([0, 0, WIDTH, HEIGHT], WASH)
    draw.line([(255, 330), (330, 470), (480, 250), (630, 470), (705, 330)], LAMP, 18, joint="curve")
    for left in (150, 700):
        draw.rounded_rectangle([left, 150, left + 120, 370], 22, BRAND)
        draw.rounded_rectangle([left + 12, 176, left + 108, 330], 8, PAPER)
        draw.ellipse([left + 52, 340, left + 68, 356], PAPER)
    _words(draw, (150, 530), "Toujours quelqu’un\nau bout du fil.", 62, INK)


def _table(draw: ImageDraw.ImageDraw) -> None:
    """A round table seen from above, with one empty seat."""
    draw.rectangle([0, 0, WIDTH, HEIGHT], BRAND)
    draw.ellipse([500, 130, 880, 510], PAPER)
    seats = ((690, 90), (890, 205), (890, 435), (690, 550), (490, 435), (490, 205))
    for place, (x, y) in enumerate(seats):
        fill = LAMP if place else None
        draw.ellipse([x - 46, y - 46, x + 46, y + 46], fill=fill, outline=LAMP, width=6)
    _words(draw, (64, 230), "Votre place\nest gardée.", 68, PAPER)
