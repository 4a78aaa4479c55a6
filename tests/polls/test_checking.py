"""Hints before opening: words that lean, dates nobody can keep, groups too small. They never keep a poll from opening."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from polls.domain.checking import Audience, hints_of, measure
from polls.domain.leading import imbalances_of, leanings_of
from polls.domain.opening import open_now
from polls.models import Poll
from polls.templates_that_ship import SHIPPED, shipped_in
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_draft, a_question

PARIS = ZoneInfo("Europe/Paris")
MANY = Audience(4000, 2000, 2000, (("Clients", 2000), ("Prospects", 2000)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Que pensez-vous de notre formidable application ?", "loaded"),
        ("Voulez-vous enfin un livret utile ?", "loaded"),
        ("What do you think of our amazing new card?", "loaded"),
        ("Ne trouvez-vous pas la carte trop chère ?", "agreement"),
        ("Ne trouvez‑vous pas cela cher ?".replace("‑", "-"), "agreement"),
        ("La carte est chère, n’est-ce pas ?", "agreement"),
        ("Don’t you agree that fees are too high?", "agreement"),
        ("Shouldn't we lower our fees?", "agreement"),
        ("Utilisez-vous l’appli et la trouvez-vous claire ?", "two_in_one"),
        ("Faut-il simplifier le virement et ajouter une alerte ?", "two_in_one"),
        ("Do you use the app and would you recommend it?", "two_in_one"),
        ("Do you use and like our app?".replace("our", "the"), "two_in_one"),
        ("Utilisez-vous toujours la carte ?", "absolute"),
        ("Do you never use cash?", "absolute"),
    ],
)
def test_words_that_lean_are_seen_in_both_languages(text, code):
    assert code in dict(leanings_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "Vous ouvrez un compte. Quel cadeau vous ferait vraiment plaisir ?",
        "Quand aimeriez-vous trouver votre agence ouverte ?",
        "Que n’aimez-vous pas dans l’application ?",
        "Pourquoi ne souhaitez-vous pas de carte ?",
        "Préférez-vous payer par carte ou retirer des espèces ?",
        "Quel est le premier et le dernier écran que vous ouvrez ?",
        "Comment préférez-vous être prévenu d’une opération inhabituelle ?",
        "What do you think of this visual?",
        "Would you rather pay by card or take cash out?",
        "",
    ],
)
def test_plain_questions_are_left_alone(text):
    assert list(leanings_of(text)) == []


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ([("Oui", ""), ("Oui, beaucoup", "")], {"no_way_to_say_no"}),
        ([("Oui", ""), ("Non", "")], set()),
        ([("Yes", ""), ("Not now", "")], set()),
        ([("Le livret", ""), ("Notre excellente carte", "")], {"praised"}),
        ([("Excellent", ""), ("Formidable", "")], set()),
        ([("Cash", ""), ("Un an de frais offerts, à l’étranger comme en France, sans aucune limite", "")], {"longer"}),
        ([("A", "Une description"), ("B", "")], {"described"}),
        ([("Un SMS", ""), ("Un appel d’un conseiller", "")], set()),
        ([], set()),
    ],
)
def test_options_that_do_not_weigh_the_same_are_seen(options, codes):
    assert set(dict(imbalances_of(options))) == codes


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_templates_that_ship_lean_nowhere(key, language):
    from polls.domain.writing import write_poll

    poll = write_poll(None, by=a_product_owner(), **shipped_in(language)[key].poll)
    poll = Poll.objects.with_questions().get(pk=poll.pk)
    assert [(hint.code, hint.sentence) for hint in hints_of(poll, MANY)] == []


def codes_of(now, **dates):
    poll = a_draft(**dates)
    return {hint.code for hint in hints_of(Poll.objects.with_questions().get(pk=poll.pk), MANY, now)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("close", "codes"),
    [
        ((2027, 3, 15, 18), set()),
        ((2027, 3, 29, 18), {"closes_on_a_holiday"}),
        ((2027, 3, 15, 23), {"closes_at_night"}),
        ((2027, 3, 15, 6), {"closes_at_night"}),
        ((2027, 3, 3, 18), {"short"}),
        ((2027, 5, 3, 18), {"long"}),
    ],
)
def test_dates_nobody_can_keep_are_said(close, codes):
    now = datetime(2027, 3, 2, 10, tzinfo=PARIS)
    assert codes_of(now, closes_at=datetime(*close, tzinfo=PARIS)) == codes


@pytest.mark.django_db
def test_length_is_counted_from_the_opening():
    now = datetime(2027, 3, 2, 10, tzinfo=PARIS)
    opens, closes = datetime(2027, 3, 10, 9, tzinfo=PARIS), datetime(2027, 3, 12, 18, tzinfo=PARIS)
    assert codes_of(now, opens_at=opens, closes_at=closes) == {"short"}


@pytest.mark.django_db
@time_machine.travel("2026-11-18 12:00Z")  # no close on a day off, which would be a hint too
def test_groups_too_small_to_be_shown_are_named():
    poll = Poll.objects.with_questions().get(pk=a_draft().pk)
    small = Audience(400, 390, 10, (("Clients", 390), ("Prospects", 10)))
    (hint,) = hints_of(poll, small)
    assert (hint.code, "Prospects" in hint.sentence) == ("too_few_in_a_group", True)
    (hint,) = hints_of(poll, Audience(12, 12, 0, (("Clients", 12),)))
    assert hint.code == "too_few_for_a_result"


@pytest.mark.django_db
def test_audience_is_measured_in_one_query(django_assert_num_queries):
    for kind in ("customer", "customer", "prospect"):
        a_member(kind=kind, segment="student")
    poll = a_draft()
    with django_assert_num_queries(1):
        found = measure(poll)
    assert (found.invited, found.customers, found.prospects) == (3, 2, 1)


@pytest.mark.django_db
def test_hint_stands_on_the_page_with_its_question_and_the_poll_opens_all_the_same(client):
    owner = a_product_owner()
    a_member()
    poll = a_draft(by=owner, title="Ne trouvez-vous pas l’appli formidable ?", options=["Oui", "Oui, beaucoup"])
    client.force_login(owner)
    text = client.get(reverse("polls_studio:check", args=[poll.public_id])).content.decode()
    assert "appelle l’accord" in text
    assert "Ajoutez une option pour ceux qui n’en veulent pas" in text
    assert open_now(poll, by=owner).state == "open"
    text = client.get(reverse("polls_studio:check", args=[poll.public_id])).content.decode()
    assert "appelle l’accord" not in text  # too late to say it


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 5])
def test_check_costs_the_same_for_one_question_and_five(client, many):
    """The poll, its questions and options; the same for faults; whether anyone is invited has no table of polls."""
    owner = a_product_owner()
    a_member()
    closes = timezone.now() + timedelta(days=9)
    poll = a_draft(
        by=owner, closes_at=closes, questions=[a_question(["A", "B"], text=f"Q{at} ?") for at in range(many)]
    )
    client.force_login(owner)
    page = reverse("polls_studio:check", args=[poll.public_id])
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    assert len([query for query in captured if "polls_" in query["sql"]]) == 5
