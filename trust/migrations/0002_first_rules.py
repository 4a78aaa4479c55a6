"""The hold rules one starts with; staff change and switch them at the desk."""

from django.db import migrations

RULES = (
    ("newcomer", "Compte récent avec un lien ou un numéro", "New account with a link or a number", {"days": 7}),
    ("words", "Mots à surveiller", "Words to look at", {
        "words_fr": "virement immédiat\ncode de sécurité\nconseiller whatsapp\ntelegram*\nwhatsapp*\ngagner de l’argent facilement\ncrypto garanti*",
        "words_en": "instant transfer\nsecurity code\nguaranteed return*\neasy money"}),
    ("burst", "Rafale de messages", "Many texts in a few minutes", {"number": 15, "minutes": 10}),
    ("repeated", "Même texte répété", "The same text again", {"number": 3, "minutes": 1440}),
)  # fmt: skip


def make(apps, schema_editor):
    HoldRule = apps.get_model("trust", "HoldRule")
    for kind, name_fr, name_en, fields in RULES:
        HoldRule.objects.create(kind=kind, name_fr=name_fr, name_en=name_en, **fields)


def unmake(apps, schema_editor):
    apps.get_model("trust", "HoldRule").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("trust", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
