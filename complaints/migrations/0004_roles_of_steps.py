"""The role under which a step of a complaint was made. Of older rows nobody knows it: empty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('complaints', '0003_complaints_of_remarks'),
    ]

    operations = [
        migrations.AddField(
            model_name='step',
            name='by_role',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
