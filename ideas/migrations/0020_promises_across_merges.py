"""What became of a merged idea's promise, and which clock the idea that stays got by it. Older merges say nothing of it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ideas', '0019_moderation_public_id'),
    ]

    operations = [
        migrations.AddField(
            model_name='merge',
            name='given_due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='merge',
            name='given_started_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='merge',
            name='promise',
            field=models.CharField(blank=True, choices=[('carried', 'The idea that stays carries it'), ('answered', 'The idea that stays was answered'), ('decided', 'The idea that stays was decided without a letter')], db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='merge',
            name='stood_due_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='merge',
            name='stood_started_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
