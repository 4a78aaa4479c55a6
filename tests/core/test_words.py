"""Times, numbers and names as people write them."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from core import words

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("back", "french", "english"),
    [
        (dt.timedelta(seconds=20), "à l’instant", "just now"),
        (dt.timedelta(minutes=1), "il y a 1\u00a0minute", "1 minute ago"),
        (dt.timedelta(hours=5), "il y a 5\u00a0heures", "5 hours ago"),
        (dt.timedelta(days=1), "hier", "yesterday"),
        (dt.timedelta(days=22), "il y a 3\u00a0semaines", "3 weeks ago"),
        (dt.timedelta(days=100), "il y a 3\u00a0mois", "3 months ago"),
    ],
)
def test_time_past_is_said_in_words(back, french, english):
    with translation.override("fr"):
        assert words.ago(NOW - back, now=NOW).replace("\u00a0", " ") == french.replace("\u00a0", " ")
    with translation.override("en"):
        assert words.ago(NOW - back, now=NOW) == english


@pytest.mark.parametrize(
    ("ahead", "french"),
    [
        (dt.timedelta(seconds=-1), "terminé"),
        (dt.timedelta(seconds=30), "encore 1 minute"),
        (dt.timedelta(hours=30), "encore 30 heures"),
        (dt.timedelta(days=6, hours=3), "encore 6 jours"),
    ],
)
def test_time_left_is_said_in_words(ahead, french):
    with translation.override("fr"):
        assert words.left(NOW + ahead, now=NOW).replace("\u00a0", " ") == french


def test_numbers_follow_the_language():
    with translation.override("fr"):
        assert words.number(1926) == "1\u202f926"
        assert words.number(-45.9, 1) == "\u221245,9"
        assert words.percent(45.9, 1) == "45,9\u00a0%"
    with translation.override("en"):
        assert words.number(1926) == "1,926"
        assert words.percent(46) == "46%"
    assert words.number("many") == "many"


def test_day_leaves_out_the_present_year():
    this, last = timezone.localdate().replace(month=2, day=9), dt.date(2019, 2, 1)
    with translation.override("fr"):
        assert words.day(this) == "9 février"
        assert words.day(last) == "1er février 2019"
        assert words.day(None) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_typographic_spaces_and_apostrophes(language):
    with translation.override(language):  # a member's French does not break before its colon on an English page
        assert words.typographic("Fees: why? 5% more!") == "Fees: why? 5% more!"
        assert words.typographic("L'idée : « oui » !") == "L’idée\u00a0: «\u00a0oui\u00a0»\u202f!"
        assert words.typographic("<b>") == "&lt;b&gt;"


def test_same_name_has_the_same_tint_and_initials():
    assert words.tint("Maëlle R.") == words.tint("Maëlle R.")
    assert words.initials("Maëlle R.") == "MR"
    assert words.initials("") == "?"


def test_ordinals_follow_the_language():
    with translation.override("fr"):
        assert [words.ordinal(n) for n in (1, 2)] == ["1er", "2e"]
    with translation.override("en"):
        assert [words.ordinal(n) for n in (1, 2, 3, 4, 11, 22)] == ["1st", "2nd", "3rd", "4th", "11th", "22nd"]
