"""Screenshots of an invented app, drawn by Pillow: a phone's screen with a card, a button and what went wrong."""

import io

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

INK, PAPER, SHEET, BRAND, RULE, SOFT, LAMP = "#1b2233", "#faf9f6", "#ffffff", "#2a4bd7", "#d9d5cc", "#5d6475", "#f2b84b"
WIDTH, HEIGHT = 390, 780

# name → (heading, lines, the button and its colour, a warning)
SCREENS = {
    "grey": ("Ma carte", ("Code refusé", "Il vous reste deux essais."), ("Mettre en pause", RULE), ""),
    "list": ("Mes cartes", ("Carte à débit immédiat",), ("Mettre en pause", BRAND), "1 carte sur 2"),
    "stuck": ("Ma carte", ("En pause depuis hier",), ("Rallumer…", SOFT), "Chargement"),
    "two": ("Mes cartes", ("Carte personnelle : active", "Carte pro : en pause"), ("Mettre en pause", BRAND), ""),
    "terminal": ("Paiement refusé", ("Boulangerie, 3,40 €", "« Carte volée »"), ("Compris", BRAND), "Terminal"),
    "wait": ("Ma carte", ("Pas de réseau",), ("Rallumer", BRAND), ""),
    "date": ("Ma carte", ("Paused since Nov 14",), ("Rallumer", BRAND), ""),
    "large": ("Ma carte", ("Carte active",), ("Mettre en pa…", BRAND), ""),
    "watch": ("Sur la montre", ("Carte active ?",), ("Payer", BRAND), "En pause sur le téléphone"),
    "budget": ("Mon budget", ("5 : bourse, 438 €", "28 : bourse, 438 €", "Loyer, 390 €"), ("Corriger", BRAND), ""),
    "ledger": ("Octobre", ("Librairie, TVA 20 %", "Papeterie, TVA 20 %"), ("Exporter", BRAND), "Taux à vérifier"),
}


def font(size: int):
    """The site's own type, which has the accents; Pillow's built-in one where it cannot be read."""
    try:
        return ImageFont.truetype(finders.find("lab/fonts/lab-text.woff2"), size)
    except (OSError, TypeError):
        return ImageFont.load_default(size)


def draw(name: str) -> ContentFile:
    """The screen as WebP bytes, like those that come from testers."""
    heading, lines, (label, colour), warning = SCREENS[name]
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    big, plain, small = (font(size) for size in (30, 21, 17))
    pen.text((24, 14), "9:41", INK, small)
    pen.rounded_rectangle((330, 18, 364, 34), 4, outline=INK, width=2)
    pen.rectangle((333, 21, 354, 31), fill=INK)
    pen.text((24, 64), heading, INK, big)
    faded = colour in (RULE, SOFT)
    pen.rounded_rectangle((24, 124, 366, 334), 18, fill=SOFT if faded else BRAND)
    pen.polygon([(300, 124), (366, 200), (366, 124)], fill=LAMP)
    pen.text((48, 150), "Banque du Phare", SHEET, plain)
    # Blurred by the tester: no number on a picture.
    pen.rounded_rectangle((48, 250, 220, 274), 6, fill=RULE)
    pen.rounded_rectangle((48, 288, 150, 306), 6, fill=RULE)
    top = 372
    for line in lines:
        pen.text((24, top), line, INK, plain)
        top += 44
        pen.line((24, top - 8, 366, top - 8), fill=RULE, width=1)
    if warning:
        pen.rounded_rectangle((24, top + 10, 366, top + 58), 8, fill="#fdf1d8", outline=LAMP)
        pen.text((40, top + 22), warning, INK, small)
    pen.rounded_rectangle((24, 668, 366, 728), 12, fill=colour)
    pen.text((WIDTH / 2, 698), label, SHEET if colour != RULE else SOFT, plain, anchor="mm")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=80)
    return ContentFile(out.getvalue(), name=f"{name}.webp")
