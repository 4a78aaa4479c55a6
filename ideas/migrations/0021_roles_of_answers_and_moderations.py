"""The role under which an answer, a change of visibility or an urgency was made. Of older rows nobody knows it: empty."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0020_promises_across_merges'),
    ]

    operations = [
        migrations.AddField(
            model_name='moderation',
            name='by_role',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='officialanswer',
            name='by_role',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='urgency',
            name='by_role',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
        migrations.AddField(
            model_name='urgency',
            name='lifted_by_role',
            field=models.CharField(blank=True, db_default='', default='', max_length=20),
        ),
    ]
