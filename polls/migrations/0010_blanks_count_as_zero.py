"""Of scores, who is scored above whom is counted anew from the ballots: a blank is 0 and below every score, as STAR has it.

What was published while a poll is open (`shown`, `waiting`) stays as it was read, and follows with the next ballots.
"""

from collections import Counter

from django.db import migrations

EVERYONE = ""


def cells_of(poll, ballot):
    """Where comparisons are counted: in all and by kind; nowhere what is counted apart and not counted in."""
    if not ballot.apart or ballot.apart in poll.counted_in.split():
        return [("all", EVERYONE), ("kind", ballot.kind)]
    return []


def pairs_in(options, kept, blank):
    """(above, below) by pk; without `blank`, options are compared that both have a score."""
    given = [(option.pk, kept.get(option.public_id, blank)) for option in options]
    for one, score in given:
        for other, lower in given:
            if score is not None and lower is not None and score > lower:
                yield one, other


def count_anew(apps, blank):
    question_of, ballot_of, tally_of = (apps.get_model("polls", name) for name in ("Question", "Ballot", "Tally"))
    questions = question_of.objects.filter(method="score").select_related("poll").prefetch_related("options")
    for question in questions.iterator(chunk_size=100):
        options, counts = list(question.options.all()), Counter()
        ballots = ballot_of.objects.filter(poll=question.poll).only("choices", "kind", "apart")
        for ballot in ballots.iterator(chunk_size=2000):
            kept = ballot.choices.get(question.public_id) or {}
            for one, other in pairs_in(options, kept, blank):
                for cell in cells_of(question.poll, ballot):
                    counts[(one, f">{other}", *cell)] += 1
        tallies = list(tally_of.objects.filter(question=question, key__startswith=">"))
        for tally in tallies:
            tally.count = counts[tally.option_id, tally.key, tally.dimension, tally.cell]
        tally_of.objects.bulk_update(tallies, ["count"], batch_size=500)


def forwards(apps, schema_editor):
    count_anew(apps, 0)


def backwards(apps, schema_editor):
    count_anew(apps, None)


class Migration(migrations.Migration):
    dependencies = [("polls", "0009_templates_stay_drafts")]

    operations = [migrations.RunPython(forwards, backwards)]
