"""A challenge's phase follows from its dates by the server's clock, for one row as for a query."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.models import Event
from ideas.domain.challenges.announcing import DatePast, announce, faults_of, lengthen
from ideas.domain.challenges.ruling import publish_rules
from ideas.domain.challenges.writing import DatesSet, TermsSet, write_challenge
from ideas.models import Challenge
from ideas.phases import Phase
from tests.factories.challenges import a_challenge
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
RULES = "Article 1. Une idée par personne. Article 2. Le jury note l’utilité, la simplicité et la nouveauté."


def written(**fields):
    now = timezone.now()
    fields = {
        "title_fr": "Vos astuces pour l’été", "lede_fr": "Qu’emportez-vous ?", "prizes_fr": "300 €",
        "call_fr": "Racontez-nous ce qui vous simplifie l’argent pendant les vacances.",
        "opens_at": now + timedelta(days=1), "posting_ends_at": now + timedelta(days=10),
        "voting_ends_at": now + timedelta(days=20), "results_at": now + timedelta(days=30),
    } | fields  # fmt: skip
    return write_challenge(by=a_product_owner(), **fields)


@pytest.mark.parametrize("phase", list(Phase))
def test_row_and_query_agree_on_the_phase_and_at_each_boundary(phase):
    challenge = a_challenge(phase)
    assert challenge.phase == phase
    moments = [challenge.created_at, challenge.opens_at, challenge.posting_ends_at, challenge.voting_ends_at]
    moments += [at for at in (challenge.announced_at, challenge.published_at, challenge.archives_at) if at]
    for at in moments:
        for now in (at - timedelta(microseconds=1), at, at + timedelta(microseconds=1)):
            found = [name for name in Phase if Challenge.objects.in_phase(name, now=now).exists()]
            assert found == [challenge.phase_at(now)]


def test_each_phase_begins_at_its_date_and_not_before():
    challenge = a_challenge()
    tick = timedelta(microseconds=1)
    assert challenge.phase_at(challenge.opens_at - tick) == Phase.ANNOUNCED
    assert challenge.phase_at(challenge.opens_at) == Phase.POSTING
    assert challenge.phase_at(challenge.posting_ends_at - tick) == Phase.POSTING
    assert challenge.phase_at(challenge.posting_ends_at) == Phase.VOTING
    assert challenge.phase_at(challenge.voting_ends_at) == Phase.JURY
    assert challenge.phase_at(challenge.results_at + timedelta(days=9)) == Phase.JURY, "late results stay to come"


def test_product_owner_writes_and_announces_and_nobody_else():
    a_member()
    challenge = written()
    assert {code for code, _sentence in faults_of(challenge)} == {"no_rules"}
    with pytest.raises(Invalid) as refusal:
        announce(challenge, by=a_product_owner())
    assert refusal.value.code == "no_rules"
    publish_rules(challenge, body_fr=RULES, by=a_product_owner())
    for stranger in (a_member(), a_moderator()):
        with pytest.raises(NotAllowed):
            announce(challenge, by=stranger)
        with pytest.raises(NotAllowed):
            write_challenge(challenge, title_fr="Un autre titre", by=stranger)
    challenge = announce(challenge, by=a_product_owner())
    assert challenge.phase == Phase.ANNOUNCED
    assert Event.objects.filter(name="ChallengeAnnounced").count() == 1
    with pytest.raises(ImpossibleMove):
        announce(challenge, by=a_product_owner())


def test_challenge_without_call_prizes_or_dates_is_not_announced():
    a_member()
    challenge = written(call_fr="", prizes_fr="", results_at=None)
    assert {code for code, _sentence in faults_of(challenge)} == {"no_call", "no_rules", "no_prizes", "no_dates"}
    challenge = written(opens_at=timezone.now() - timedelta(minutes=1))
    assert "bad_dates" in {code for code, _sentence in faults_of(challenge)}, "rules are public before the opening"
    challenge = written(eligible_kinds=["prospect"])
    assert "no_audience" in {code for code, _sentence in faults_of(challenge)}


def test_dates_stand_in_their_order():
    now = timezone.now()
    with pytest.raises(Invalid) as refusal:
        written(posting_ends_at=now)
    assert (refusal.value.code, refusal.value.field) == ("bad_dates", "posting_ends_at")


def test_dates_are_only_put_later_and_the_past_stays():
    challenge, owner = a_challenge(Phase.VOTING), a_product_owner()
    later = challenge.voting_ends_at + timedelta(days=2)
    assert lengthen(challenge, voting_ends_at=later, by=owner).voting_ends_at == later
    with pytest.raises(DatePast):
        lengthen(challenge, posting_ends_at=challenge.posting_ends_at + timedelta(days=30), by=owner)
    with pytest.raises(Invalid) as refusal:
        lengthen(challenge, voting_ends_at=later - timedelta(days=1), by=owner)
    assert refusal.value.code == "not_later"
    with pytest.raises(Invalid) as refusal:
        lengthen(challenge, voting_ends_at=challenge.results_at + timedelta(days=1), by=owner)
    assert refusal.value.code == "bad_dates"
    with pytest.raises(NotAllowed):
        lengthen(challenge, results_at=challenge.results_at + timedelta(days=5), by=a_moderator())
    with pytest.raises(DatesSet):
        write_challenge(challenge, opens_at=timezone.now() + timedelta(days=1), by=owner)


def test_results_that_are_late_get_a_new_day():
    challenge = a_challenge(Phase.JURY, results_at=timezone.now() - timedelta(days=1))
    later = timezone.now() + timedelta(days=4)
    assert lengthen(challenge, results_at=later, by=a_product_owner()).results_at == later


def test_prizes_conditions_and_weights_no_longer_change_once_it_is_open():
    challenge, owner = a_challenge(), a_product_owner()
    for fields in ({"prizes_fr": "Rien"}, {"vote_share": 90}, {"eligible_kinds": ["prospect"]}, {"adults_only": False}):
        with pytest.raises(TermsSet):
            write_challenge(challenge, by=owner, **fields)
    assert write_challenge(challenge, lede_fr="Une phrase corrigée.", by=owner).lede_fr == "Une phrase corrigée."
    with pytest.raises(TermsSet):
        write_challenge(a_challenge(Phase.RESULTS), lede_fr="Trop tard.", by=owner)


def test_prizes_are_read_in_both_languages():
    from django.utils import translation

    challenge = written(prizes_fr="300 €\n100 €", prizes_en="€300")
    assert challenge.prizes == ["300 €", "100 €"]
    with translation.override("en"):
        assert challenge.prizes == ["€300", "100 €"]
        assert challenge.title == "Vos astuces pour l’été"
