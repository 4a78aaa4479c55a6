"""Staff's votes are counted apart from now on: fill the counter from the votes there are."""

from django.db import migrations


def count(apps, schema_editor):
    idea_type = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="ideas", model="idea").first()
    if not idea_type:
        return
    staff = list(apps.get_model("members", "Member").objects.filter(is_staff=True).values_list("pk", flat=True))
    votes = apps.get_model("vote", "Vote").objects.filter(content_type=idea_type, user_id__in=staff)
    ideas = apps.get_model("ideas", "Idea").objects
    merged = dict(ideas.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    voters = {}
    for user, idea in votes.values_list("user_id", "object_id"):
        for key in {idea, merged.get(idea, idea)}:
            voters.setdefault(key, set()).add(user)
    for key, people in voters.items():
        ideas.filter(pk=key).update(staff_votes=len(people))


class Migration(migrations.Migration):
    dependencies = [
        ("ideas", "0011_moves_of_the_desk"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("members", "0001_initial"),
        ("vote", "0001_initial"),
    ]

    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
