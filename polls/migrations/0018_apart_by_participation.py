"""Why a participation's ballot is counted apart, so that the turnout's days count what the totals count.

Of polls whose days are not all kept it is set for the bank's own people and for accounts hours old, which the rows themselves tell; a burst
of before stays in the days. Days that were kept stay as they were published.
"""

from datetime import timedelta

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def set_apart(apps, _schema):
    polls = apps.get_model("polls", "Poll").objects.filter(
        Q(counted_until__isnull=True) | Q(counted_until__lt=F("closes_at"))
    )
    took_part = apps.get_model("polls", "Participation").objects.filter(poll__in=polls)
    members = apps.get_model("members", "Member").objects
    took_part.filter(member__in=members.filter(is_staff=True)).update(apart="staff")
    hours = timedelta(hours=settings.LAB["BALLOT_ACCOUNT_HOURS"])
    young = took_part.filter(apart="", member__date_joined__gt=F("at") - hours)
    took_part.filter(pk__in=list(young.values_list("pk", flat=True))).update(apart="new")


class Migration(migrations.Migration):
    dependencies = [("polls", "0017_counted_in_early"), ("members", "0001_initial")]

    operations = [
        migrations.AddField(
            "participation",
            "apart",
            models.CharField(
                blank=True,
                choices=[
                    ("staff", "The bank’s own people"),
                    ("new", "Accounts opened just before"),
                    ("burst", "A burst of new accounts"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.RunPython(set_apart, migrations.RunPython.noop),
    ]
