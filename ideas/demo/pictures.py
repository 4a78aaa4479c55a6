"""Pictures drawn for the demo in the Lab's colours: screens of an app, a chart, a card, a calendar. No photo, no logo."""

import io

from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from ..pictures import SMALL_SIDE, attach_picture

PAPER, SHEET, INK, SOFT, RULE = "#faf9f6", "#ffffff", "#191a2c", "#646577", "#e2dfd6"
BRAND, WASH, LAMP, LAMP_WASH, BAD, GOOD = "#2d37a8", "#eceefb", "#ffc43a", "#fff3d2", "#b3261e", "#1f6b3a"


def font(size: int):
    """The Lab's own text face: Pillow's has no accent and no euro sign."""
    return ImageFont.truetype(finders.find("lab/fonts/lab-text.woff2"), size)


def sheet(width: int = 960, height: int = 640):
    """A page with the fine ruling of a school notebook."""
    image = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(image)
    for y in range(0, height, 32):
        draw.line([(0, y), (width, y)], fill="#ebe8f2")
    return image, draw


def phone(draw, left: int, top: int, title: str, width: int = 300, height: int = 560) -> int:
    """The frame of a phone; gives the y from which its content goes on."""
    draw.rounded_rectangle([left, top, left + width, top + height], 34, fill=SHEET, outline=INK, width=4)
    draw.rounded_rectangle([left + width // 2 - 34, top + 14, left + width // 2 + 34, top + 22], 4, fill=RULE)
    draw.text((left + 24, top + 46), title, font=font(23), fill=INK)
    return top + 92


def row(draw, left: int, y: int, name: str, amount: str, width: int = 300, colour: str = INK) -> int:
    draw.text((left + 24, y + 6), name, font=font(18), fill=INK)
    draw.text((left + width - 24, y + 6), amount, font=font(18), fill=colour, anchor="ra")
    draw.line([(left + 24, y + 40), (left + width - 24, y + 40)], fill=RULE, width=2)
    return y + 48


def button(draw, left: int, y: int, label: str, width: int = 300, fill: str = BRAND, ink: str = SHEET) -> int:
    draw.rounded_rectangle([left + 24, y, left + width - 24, y + 52], 10, fill=fill)
    draw.text((left + width // 2, y + 26), label, font=font(19), fill=ink, anchor="mm")
    return y + 68


def pause_card():
    image, draw = sheet()
    for left, label, fill, ink, mark in (
        (120, "Mettre en pause", BRAND, SHEET, SHEET),
        (540, "Rallumer", LAMP, INK, LAMP),
    ):
        y = phone(draw, left, 40, "Ma carte")
        draw.rounded_rectangle([left + 24, y, left + 276, y + 150], 16, fill=BRAND if mark == SHEET else SOFT)
        draw.rounded_rectangle([left + 46, y + 52, left + 86, y + 82], 6, fill=LAMP)
        draw.text((left + 46, y + 108), "**** 0000", font=font(20), fill=SHEET)
        y = button(draw, left, y + 182, label, fill=fill, ink=ink)
        draw.text((left + 150, y + 8), "Abonnements : actifs", font=font(16), fill=SOFT, anchor="ma")
    draw.line([(440, 320), (520, 320)], fill=INK, width=4)
    draw.polygon([(520, 308), (540, 320), (520, 332)], fill=INK)
    return image


def overdraft_alert():
    image, draw = sheet(960, 600)
    draw.text((60, 44), "Solde prévu cette semaine", font=font(30), fill=INK)
    points = [(80, 210), (220, 235), (360, 250), (500, 300), (640, 430), (780, 455), (900, 450)]
    draw.line([(60, 400), (910, 400)], fill=BAD, width=3)
    draw.text((64, 408), "0 €", font=font(20), fill=BAD)
    draw.line(points, fill=BRAND, width=7, joint="curve")
    for x, y in points:
        draw.ellipse([x - 9, y - 9, x + 9, y + 9], fill=LAMP if x == 500 else BRAND, outline=INK, width=2)
    draw.rounded_rectangle([380, 120, 720, 230], 14, fill=LAMP_WASH, outline=INK, width=3)
    draw.text((402, 140), "Demain : loyer 640 €", font=font(23), fill=INK)
    draw.text((402, 180), "Il manquera 85 €", font=font(23), fill=BAD)
    for place, name in enumerate(("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")):
        draw.text((80 + place * 137, 530), name, font=font(20), fill=SOFT, anchor="ma")
    return image


def round_up():
    image, draw = sheet(960, 560)
    y = phone(draw, 60, 20, "Arrondi", height=520)
    for name, paid, kept in (("Café", "1,60 €", "+ 0,40"), ("Boulangerie", "4,15 €", "+ 0,85"), ("Bus", "1,90 €", "+ 0,10"),
                             ("Marché", "12,30 €", "+ 0,70")):  # fmt: skip
        y = row(draw, 60, y, name, paid)
        draw.text((336, y - 22), kept, font=font(15), fill=GOOD, anchor="ra")
    button(draw, 60, y + 24, "2,05 € au livret", fill=LAMP, ink=INK)
    draw.text((460, 60), "Mon livret, mois par mois", font=font(27), fill=INK)
    for place, height in enumerate((40, 62, 85, 110, 140, 168, 205, 240)):
        draw.rounded_rectangle(
            [466 + place * 56, 450 - height, 506 + place * 56, 450], 5, fill=LAMP if place == 7 else BRAND
        )
    draw.line([(456, 452), (920, 452)], fill=INK, width=3)
    return image


def calendar(title: str, marked: dict[int, tuple[str, str]]):
    image, draw = sheet(900, 640)
    draw.text((60, 40), title, font=font(30), fill=INK)
    for day in range(1, 31):
        column, line = (day + 1) % 7, (day + 1) // 7
        left, top = 60 + column * 112, 110 + line * 100
        word, fill = marked.get(day, ("", SHEET))
        draw.rounded_rectangle([left, top, left + 102, top + 90], 10, fill=fill, outline=RULE, width=2)
        draw.text((left + 12, top + 8), str(day), font=font(22), fill=INK)
        draw.text((left + 51, top + 62), word, font=font(17), fill=INK, anchor="mm")
    return image


def loan_date():
    return calendar(
        "Novembre, tel que je le vis", {5: ("prêt", "#f7dedb"), 8: ("paie", "#dcefe2"), 10: ("prêt ?", LAMP_WASH)}
    )


def branch_slots():
    image, draw = sheet(960, 600)
    y = phone(draw, 90, 20, "Mardi 14, agence")
    for hour, free in (("9 h 00", True), ("9 h 30", False), ("10 h 15", True), ("11 h 00", False), ("14 h 30", True)):
        draw.rounded_rectangle(
            [114, y, 366, y + 52], 10, fill=WASH if free else PAPER, outline=BRAND if free else RULE, width=2
        )
        draw.text((134, y + 26), hour, font=font(20), fill=BRAND if free else SOFT, anchor="lm")
        draw.text((346, y + 26), "libre" if free else "pris", font=font(17), fill=INK if free else SOFT, anchor="rm")
        y += 62
    button(draw, 90, y + 10, "Prendre 10 h 15")
    draw.text((470, 90), "Aujourd’hui : 4 appels", font=font(28), fill=INK)
    for place, width in enumerate((380, 300, 420, 210)):
        draw.rounded_rectangle([470, 150 + place * 70, 470 + width, 190 + place * 70], 8, fill=RULE)
    draw.text((470, 450), "Demain : deux gestes", font=font(28), fill=BRAND)
    draw.rounded_rectangle([470, 500, 560, 540], 8, fill=LAMP)
    return image


def teen_card():
    image, draw = sheet()
    y = phone(draw, 90, 40, "Malo")
    draw.text((114, y), "Il te reste", font=font(19), fill=SOFT)
    draw.text((114, y + 26), "18,40 €", font=font(46), fill=INK)
    draw.rounded_rectangle([114, y + 92, 366, y + 110], 9, fill=RULE)
    draw.rounded_rectangle([114, y + 92, 268, y + 110], 9, fill=LAMP)
    button(draw, 90, y + 150, "Demander 10 €")
    y = phone(draw, 560, 40, "Parent")
    draw.text((584, y), "Malo demande 10 €", font=font(21), fill=INK)
    draw.text((584, y + 32), "« pour le cinéma »", font=font(19), fill=SOFT)
    y = button(draw, 560, y + 90, "D’accord")
    button(draw, 560, y, "On en parle ce soir", fill=WASH, ink=BRAND)
    return image


def subscriptions():
    image, draw = sheet(700, 620)
    y = phone(draw, 190, 20, "Mes abonnements", width=320, height=580)
    for name, amount in (("Salle de sport", "29,90 €"), ("Vidéo", "13,49 €"), ("Presse", "9,90 €"), ("Musique", "10,99 €"),
                         ("Téléphone", "12,99 €"), ("Nuage", "2,99 €")):  # fmt: skip
        y = row(draw, 190, y, name, amount, width=320)
    draw.text((214, y + 20), "En tout", font=font(21), fill=SOFT)
    draw.text((486, y + 14), "80,26 €", font=font(30), fill=BRAND, anchor="ra")
    return image


def ledger():
    image, draw = sheet(960, 520)
    draw.rounded_rectangle([50, 40, 910, 480], 14, fill=SHEET, outline=RULE, width=3)
    for place, name in enumerate(("Date", "Fournisseur", "Hors taxe", "TVA", "Catégorie")):
        draw.text((80 + (0, 120, 350, 500, 620)[place], 66), name, font=font(21), fill=SOFT)
    lines = (("3/10", "Minoterie", "412,00", "22,66", "Farine"), ("7/10", "Électricité", "186,40", "37,28", "Énergie"),
             ("12/10", "Emballages", "94,10", "18,82", "Fournitures"), ("20/10", "Loyer", "900,00", "–", "Local"),
             ("28/10", "Téléphone", "24,99", "5,00", "Bureau"))  # fmt: skip
    for line, cells in enumerate(lines):
        y = 120 + line * 66
        draw.line([(70, y - 12), (890, y - 12)], fill=RULE, width=2)
        for place, cell in enumerate(cells):
            draw.text((80 + (0, 120, 350, 500, 620)[place], y), cell, font=font(23), fill=BRAND if place == 3 else INK)
    return image


def jar():
    image, draw = sheet(760, 600)
    draw.text((60, 40), "Cadeau de maman", font=font(34), fill=INK)
    draw.rounded_rectangle([90, 120, 360, 540], 40, outline=INK, width=5, fill=SHEET)
    draw.rounded_rectangle([100, 290, 350, 530], 32, fill=LAMP)
    draw.text((225, 410), "340 €", font=font(44), fill=INK, anchor="mm")
    for place, (name, given) in enumerate((("Anna", 80), ("Paul", 60), ("Lise", 60), ("Karim", 50), ("Tante Jo", 90))):
        y = 150 + place * 74
        draw.text((430, y), name, font=font(22), fill=INK)
        draw.rounded_rectangle([430, y + 32, 430 + given * 3, y + 48], 8, fill=BRAND)
    return image


PICTURES = (
    ("Bloquer ma carte quelques heures depuis l’appli, puis la remettre en service", pause_card,
     "Croquis de deux écrans : à gauche un bouton « Mettre en pause » sous la carte, à droite un bouton « Rallumer »"),
    ("Prévenir avant un découvert, pas après", overdraft_alert,
     "Courbe du solde de la semaine qui passe sous zéro jeudi, avec une bulle : demain, loyer 640 €, il manquera 85 €"),
    ("Arrondir ses achats, remplir son livret", round_up,
     "Quatre achats arrondis à l’euro, et un graphique du livret qui monte mois après mois"),
    ("Choisir la date de prélèvement de mon prêt immobilier", loan_date,
     "Calendrier : le prêt part le 5, la paie arrive le 8, la date souhaitée est le 10"),
    ("Prendre rendez-vous en agence sans passer par le standard", branch_slots,
     "Croquis d’une liste de créneaux libres, et une comparaison : quatre appels aujourd’hui, deux gestes demain"),
    ("Une carte pour mon ado, avec un plafond qu’on règle ensemble", teen_card,
     "Deux écrans : l’ado voit 18,40 € restants et demande 10 €, le parent répond d’accord ou en parle ce soir"),
    ("Mes abonnements, tous là", subscriptions, "Liste de six abonnements avec leur prix, et le total du mois : 80,26 €"),
    ("Exporter mes opérations par catégorie, pour mon comptable", ledger,
     "Tableau de cinq dépenses avec une colonne pour la TVA et une pour la catégorie"),
    ("La tirelire partagée", jar, "Un bocal rempli à 340 € et la part de cinq personnes de la famille"),
)  # fmt: skip


def load_pictures(demo) -> None:
    for title, draw, alt in PICTURES:
        image = draw()
        attach_picture(demo.ideas[title], (_file(image), _file(image, SMALL_SIDE)), alt=alt, position=0)


def _file(image, longest: int | None = None) -> ContentFile:
    if longest:
        image = image.copy()
        image.thumbnail((longest, longest))
    out = io.BytesIO()
    image.save(out, "WEBP", quality=84)
    return ContentFile(out.getvalue(), name="dessin.webp")
