"""The list of urgent words begins with these; the desk changes it."""

from django.db import migrations

FRENCH = ("urgent", "fraude", "escroquerie", "carte volée", "carte perdue", "usurpation", "piratage", "suicide", "me suicider", "menace de mort", "violence", "interdit bancaire")
ENGLISH = ("urgent", "fraud", "scam", "stolen card", "lost card", "identity theft", "hacked", "suicide", "kill myself", "death threat", "violence")


def fill(apps, schema_editor):
    from core.public_ids import new_public_id

    UrgentWord = apps.get_model("ideas", "UrgentWord")
    for language, words in (("fr", FRENCH), ("en", ENGLISH)):
        for text in words:
            UrgentWord.objects.get_or_create(text=text, language=language, defaults={"public_id": new_public_id()})


class Migration(migrations.Migration):
    dependencies = [("ideas", "0011_promise_of_each_theme")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
