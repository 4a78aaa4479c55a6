
import core.public_ids
import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("ideas", "0011_talk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.CharField(max_length=60)),
                ('result', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Done'), ('refused', 'Refused'), ('changed', 'Changed meanwhile'), ('stopped', 'Not made'), ('undone', 'Taken back')], default='waiting', max_length=8)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('undo_kind', models.CharField(blank=True, max_length=20)),
                ('undo_key', models.CharField(blank=True, max_length=40)),
                ('at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='BulkRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_ids.PublicIdField(default=core.public_ids.new_public_id, editable=False, max_length=12, unique=True)),
                ('move', models.CharField(max_length=30)),
                ('values', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Under way'), ('done', 'Finished'), ('stopped', 'Stopped'), ('undone', 'Taken back')], default='waiting', max_length=8)),
                ('total', models.PositiveIntegerField(default=0)),
                ('done', models.PositiveIntegerField(default=0)),
                ('refused', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('key', models.CharField(blank=True, max_length=100, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', core.public_ids.PublicIdField(default=core.public_ids.new_public_id, editable=False, max_length=12, unique=True)),
                ('name', models.CharField(max_length=60, verbose_name='name of the view')),
                ('choice', models.JSONField(default=dict)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_default', models.BooleanField(default=False, verbose_name='opens first')),
                ('is_shared', models.BooleanField(default=False, verbose_name='shared with the team')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='idea',
            name='in_queue',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('state__in', ('new', 'under_review', 'candidate')), ('visibility__in', ('public', 'held'))), output_field=models.BooleanField()),
        ),
        migrations.AddField(
            model_name='idea',
            name='led_by',
            field=models.CharField(blank=True, choices=[('private', 'Private customers'), ('professional', 'Professionals'), ('student', 'Students'), ('prospect', 'Not customers yet')], db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='idea',
            name='promise_sort',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('promise_due_at', models.Value(datetime.datetime(2999, 1, 1, 0, 0, tzinfo=datetime.timezone.utc))), output_field=models.DateTimeField()),
        ),
        migrations.AddField(
            model_name='idea',
            name='votes_7d',
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['promise_sort', '-id'], name='queue_promise'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['-vote_score', '-id'], name='queue_votes'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['-votes_7d', '-id'], name='queue_growth'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['created_at', 'id'], name='queue_age'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['assignee', 'promise_sort', '-id'], name='queue_assignee'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['category', 'promise_sort', '-id'], name='queue_category'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True), ('answered_at__isnull', True)), fields=['promise_sort', '-id'], name='queue_unanswered'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['led_by', 'promise_sort', '-id'], name='queue_led_by'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True), ('staff_votes__gt', 0)), fields=['-staff_votes', '-id'], name='queue_staff'),
        ),
        migrations.AddField(
            model_name='bulkline',
            name='idea',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='ideas.idea'),
        ),
        migrations.AddField(
            model_name='bulkrun',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkline',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='ideas.bulkrun'),
        ),
        migrations.AddField(
            model_name='savedview',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desk_views', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='bulkrun',
            index=models.Index(fields=['by', '-id'], name='bulk_of_member'),
        ),
        migrations.AddConstraint(
            model_name='bulkrun',
            constraint=models.UniqueConstraint(fields=('by', 'key'), name='bulk_once_per_key'),
        ),
        migrations.AddIndex(
            model_name='bulkline',
            index=models.Index(fields=['run', 'result', 'id'], name='bulk_lines_left'),
        ),
        migrations.AddConstraint(
            model_name='bulkline',
            constraint=models.UniqueConstraint(fields=('run', 'idea'), name='idea_once_in_bulk'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='view_named_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('owner',), name='one_first_view'),
        ),
    ]
