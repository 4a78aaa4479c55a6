"""One vote per person and thing, whatever the action: django-vote's own index would allow one up and one down."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0001_initial"),
        ("vote", "0005_rename_vote_content_type_object_id_vote_vote_content_a520b4_idx_and_more"),
    ]
    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX vote_once_per_person ON vote_vote (user_id, content_type_id, object_id)",
            "DROP INDEX vote_once_per_person",
        )
    ]
