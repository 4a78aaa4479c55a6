"""Comments of auditors that stand as the bank's own, from when any colleague's did.

Whose only role is auditor, and who never decided, answered or moderated anything under another one: what they said stays,
without the mark. A text that someone wrote for the bank before they became an auditor keeps it.
"""

from django.db import migrations


def unmark(apps, schema_editor):
    Member, Comment = apps.get_model("members", "Member"), apps.get_model("ideas", "Comment")
    marked = Comment.objects.filter(is_official=True).order_by().values("author_id")
    auditors = Member.objects.filter(pk__in=marked, groups__name="auditor", is_superuser=False)
    others = Member.groups.through.objects.exclude(group__name="auditor").values("member_id")
    auditors = auditors.exclude(pk__in=others)
    for model in ("IdeaMove", "OfficialAnswer", "Moderation", "Deed"):
        acted = apps.get_model("ideas", model).objects.filter(by__isnull=False).order_by().values("by_id")
        auditors = auditors.exclude(pk__in=acted)
    Comment.objects.filter(is_official=True, author_id__in=list(auditors.values_list("pk", flat=True))).update(is_official=False)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0017_narrow_first_pages"), ("members", "0007_set_by_bank")]
    operations = [migrations.RunPython(unmark, migrations.RunPython.noop)]
