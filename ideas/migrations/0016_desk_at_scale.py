"""The desk at 100,000 ideas: the author's group on the idea, indexes of the queue and of the past, kept figures of support."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def name_groups(apps, schema_editor):
    """Each idea says of which group its author is (states.py, crowd_of)."""
    authors = apps.get_model("members", "Member").objects.filter(pk=models.OuterRef("author_id")).order_by()
    group = models.Case(models.When(kind="prospect", then=models.Value("prospect")), default=models.F("segment"))
    apps.get_model("ideas", "Idea").objects.update(author_crowd=models.Subquery(authors.values(group=group)[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ("ideas", "0014_versions_hidden"),
        ("members", "0005_banned_until"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SupportTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('votes', models.PositiveIntegerField()),
                ('people', models.JSONField(default=list)),
                ('days', models.JSONField(default=dict)),
                ('counted_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_staff',
        ),
        migrations.AddField(
            model_name='idea',
            name='author_crowd',
            field=models.CharField(blank=True, choices=[('private', 'Private customers'), ('professional', 'Professionals'), ('student', 'Students'), ('prospect', 'Not customers yet')], db_default='', default='', max_length=12),
        ),
        migrations.RunPython(name_groups, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['author_crowd', 'promise_sort', '-id'], name='queue_author'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['-staff_votes', '-id'], name='queue_staff'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True), _negated=True), fields=['state', 'created_at', 'id'], name='past_age'),
        ),
        migrations.AddField(
            model_name='supporttally',
            name='idea',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='support_tally', to='ideas.idea'),
        ),
    ]
