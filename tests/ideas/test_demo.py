"""The demo's ideas: enough of them, in every state, nothing said twice; and the bulk that speed tests need."""

from collections import Counter
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils import timezone
from vote.models import Vote

from core.shield import scan
from ideas.demo import load_scale
from ideas.demo.texts import IDEAS, LETTERS, MERGED
from ideas.demo.texts.challenges import CALLS
from ideas.models import BODY_MIN, TITLE_MAX, TITLE_MIN, Idea
from ideas.states import State
from tests.factories.members import a_member


def test_there_are_150_distinct_ideas_in_every_state():
    assert len(IDEAS) >= 150
    assert {state for _theme, state, *_rest in IDEAS} == set(State.values)
    for place in (3, 4):
        assert max(Counter(row[place] for row in IDEAS).values()) == 1


def test_texts_respect_the_limits_and_hold_nothing_private():
    titles = {row[3] for row in IDEAS}
    for _theme, _state, weight, title, body in IDEAS:
        assert TITLE_MIN <= len(title) <= TITLE_MAX and len(body) >= BODY_MIN and 0 < weight <= 100
        assert not scan(title) and not scan(body)
    assert set(LETTERS) <= titles
    assert set(MERGED) | {canonical for canonical, _reason in MERGED.values()} <= titles


def test_every_challenge_can_be_read_in_both_languages():
    for call in CALLS:
        texts = call["texts"]
        for name in ("title", "lede", "call", "prizes"):
            assert texts[f"{name}_fr"] and texts[f"{name}_en"] and texts[f"{name}_en"] != texts[f"{name}_fr"], texts
        assert texts["prizes_fr"].count("\n") == texts["prizes_en"].count("\n")


@pytest.mark.django_db
def test_bulk_fills_ideas_whose_counters_are_their_votes_and_bench_reads_them():
    for _n in range(30):
        a_member()
    load_scale(SimpleNamespace(now=timezone.now(), accounts={}), 60)
    assert Idea.objects.count() == 60
    assert Vote.objects.count() == sum(Idea.objects.values_list("vote_score", flat=True)) > 100
    call_command("recount", check=True, stdout=StringIO())
    out = StringIO()
    call_command("bench", titles=300, queries=4, stdout=out)
    assert "all by trending" in out.getvalue() and "search “carte”" in out.getvalue()
