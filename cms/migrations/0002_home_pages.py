"""The two home pages, French and English, in place of Wagtail's own welcome page."""

import uuid

from django.db import migrations

TEXTS = {
    "fr": ("Accueil", "accueil", "Une banque, ça se dessine à plusieurs.",
           "Proposez, votez, essayez avant tout le monde. La banque répond à chaque idée, et publie ce qu’elle en fait."),
    "en": ("Home", "home-en", "A bank is drawn by many hands.",
           "Propose, vote, try things first. The bank answers every idea, and publishes what it does with it."),
}


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale, Site = apps.get_model("wagtailcore", "Locale"), apps.get_model("wagtailcore", "Site")
    Page, HomePage = apps.get_model("wagtailcore", "Page"), apps.get_model("cms", "HomePage")
    kind, _ = ContentType.objects.get_or_create(app_label="cms", model="homepage")
    key = uuid.uuid4()
    Site.objects.all().delete()
    Page.objects.filter(depth__gt=1).delete()
    for position, (code, (title, slug, headline, lede)) in enumerate(TEXTS.items(), start=1):
        locale, _ = Locale.objects.get_or_create(language_code=code)
        page = HomePage.objects.create(
            title=title, draft_title=title, slug=slug, headline=headline, lede=lede, content_type=kind, locale=locale,
            translation_key=key, path=f"0001{position:04d}", depth=2, numchild=0, url_path=f"/{slug}/", live=True,
        )
        if code == "fr":
            Site.objects.create(hostname="localhost", root_page_id=page.pk, is_default_site=True, site_name="Customer Lab")
    Page.objects.filter(depth=1).update(numchild=len(TEXTS))


def unmake(apps, schema_editor):
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    apps.get_model("wagtailcore", "Page").objects.filter(depth__gt=1).delete()
    apps.get_model("wagtailcore", "Page").objects.filter(depth=1).update(numchild=0)


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial"), ("wagtailcore", "0098_apitoken")]
    operations = [migrations.RunPython(make, unmake)]
