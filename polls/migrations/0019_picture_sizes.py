"""Pictures keep their width and height, so that an app leaves room for them; those of before are measured once. A file that is gone
leaves its row without a size."""

from django.db import migrations, models

import core.images


def measure(apps, schema_editor):
    for name in ("Question", "Option"):
        rows = apps.get_model("polls", name).objects.exclude(image="").filter(image_width=None).only("pk", "image")
        for row in rows.iterator(chunk_size=500):
            try:
                width, height = row.image.width, row.image.height
            except (OSError, ValueError, TypeError):
                continue
            finally:
                row.image.close()
            rows.model.objects.filter(pk=row.pk).update(image_width=width, image_height=height)


def picture(verbose_name):
    return core.images.MeasuredImageField(
        blank=True, height_field="image_height", upload_to="polls/", verbose_name=verbose_name, width_field="image_width"
    )


def side():
    return models.PositiveIntegerField(editable=False, null=True)


class Migration(migrations.Migration):
    dependencies = [("polls", "0018_apart_by_participation")]

    operations = [
        migrations.AddField("option", "image_height", side()),
        migrations.AddField("option", "image_width", side()),
        migrations.AddField("question", "image_height", side()),
        migrations.AddField("question", "image_width", side()),
        migrations.AlterField("option", "image", picture("picture")),
        migrations.AlterField("question", "image", picture("visual")),
        migrations.RunPython(measure, migrations.RunPython.noop),
    ]
