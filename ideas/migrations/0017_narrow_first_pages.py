"""Lists that leave almost nothing, and the figures of the desk, answered by indexes alone; ideas that nobody answered, known as such."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("ideas", "0016_desk_at_scale"),
        ("members", "0007_set_by_bank"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='idea',
            name='idea_state_votes',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='idea_state_since',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_promise',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_assignee',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_category',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_unanswered',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_led_by',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='queue_author',
        ),
        migrations.RemoveIndex(
            model_name='idea',
            name='past_age',
        ),
        migrations.AddField(
            model_name='idea',
            name='overlooked',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('answered_at__isnull', True), ('state__in', ('candidate', 'planned', 'in_beta', 'delivered', 'declined', 'merged'))), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(fields=['state', '-vote_score', '-id', 'led_by', 'author_crowd', 'staff_votes', 'votes_7d'], name='idea_state_votes'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(fields=['state', '-state_since', '-id', 'led_by', 'author_crowd', 'staff_votes', 'votes_7d'], name='idea_state_since'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['promise_sort', '-id', 'visibility', 'state'], name='queue_promise'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['assignee', 'promise_sort', '-id', 'visibility'], name='queue_assignee'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['category', 'promise_sort', '-id', 'visibility'], name='queue_category'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True), ('answered_at__isnull', True)), fields=['promise_sort', '-id', 'visibility'], name='queue_unanswered'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['led_by', 'promise_sort', '-id', 'visibility'], name='queue_led_by'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True)), fields=['author_crowd', 'promise_sort', '-id', 'visibility'], name='queue_author'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('in_queue', True), _negated=True), fields=['state', 'created_at', 'id', 'led_by', 'author_crowd', 'staff_votes', 'votes_7d'], name='past_age'),
        ),
        migrations.AddIndex(
            model_name='idea',
            index=models.Index(condition=models.Q(('overlooked', True)), fields=['state', '-id'], name='idea_overlooked'),
        ),
    ]
