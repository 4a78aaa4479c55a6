"""Who hears of a challenge, once each, by their own preference."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone, translation

from ideas.domain.challenges.awarding import Pick, propose_winners, publish_results
from ideas.domain.challenges.judging import invite_juror
from ideas.domain.challenges.keeping_hours import keep_challenge_hours
from ideas.domain.challenges.ruling import publish_rules
from ideas.models import Challenge
from notifications.domain.preferring import choose
from notifications.domain.presenting import present
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.challenges import a_challenge, a_judged_challenge, a_vote, an_entrant, an_entry
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def work():
    call_command("worker", batch=True, verbosity=0)


def told(member, kind=""):
    rows = Notification.objects.filter(member=member)
    with translation.override("fr"):
        return [note.said.lead for note in present(rows.filter(kind=kind) if kind else rows, member)]


def test_opening_is_told_once_to_those_it_calls_and_to_nobody_else():
    called, prospect, staff = a_member(kind="customer"), a_member(kind="prospect"), a_product_owner()
    silent = a_member(kind="customer")
    choose(Topic.CHALLENGES, inbox=False, mail=Rhythm.NEVER, by=silent)
    a_challenge(eligible_kinds=["customer"])
    for _ in range(2):
        keep_challenge_hours()
        work()
    assert told(called) == ["Un défi vous est ouvert"]
    assert told(prospect) == told(staff) == told(silent) == []


def test_last_days_are_told_once_to_those_who_have_not_entered():
    challenge = a_challenge(posting_ends_at=timezone.now() + timedelta(days=2), opening_told_at=timezone.now())
    entrant, other = an_entry(challenge).idea.author, an_entrant()
    for _ in range(2):
        keep_challenge_hours()
        work()
    assert told(other) == ["Derniers jours pour relever un défi"] and told(entrant) == []


def test_winners_entrants_and_voters_hear_of_the_results_once_each():
    challenge = a_judged_challenge()
    Challenge.objects.update(opening_told_at=timezone.now())
    winner, loser = (entry.idea.author for entry in challenge.entries.order_by("id")[:2])
    last = challenge.entries.order_by("id").last()
    a_vote(last.idea, at=challenge.opens_at + timedelta(hours=2), by=loser)  # an entrant who voted too
    voter = a_member()
    a_vote(last.idea, at=challenge.opens_at + timedelta(hours=2), by=voter)
    stranger = a_member()
    pick = Pick(challenge.entries.order_by("id").first().idea.public_id, "Elle sert dès le premier mois.")
    propose_winners(challenge, [pick], by=a_product_owner())
    publish_results(challenge, by=a_product_owner())
    work()
    assert [lead.startswith("Votre idée gagne") for lead in told(winner)] == [True]
    assert told(loser) == told(voter) == ["Le défi a ses gagnants"]
    assert told(stranger) == []
    assert Notification.objects.filter(member=loser, kind="challenge_results").count() == 1


def test_entrants_hear_that_the_rules_changed_and_are_asked():
    entry = an_entry()
    Challenge.objects.update(opening_told_at=timezone.now())
    text = "Article 1. Deux idées par personne. Article 2. Le jury compte pour moitié, les soutiens pour l’autre."
    publish_rules(entry.challenge, body_fr=text, changes_fr="Deux idées au lieu d’une.", by=a_product_owner())
    work()
    assert told(entry.idea.author) == ["Le règlement de votre défi a changé"]
    note = present(Notification.objects.filter(member=entry.idea.author), entry.idea.author)[0]
    assert "Deux idées" in note.said.body


def test_invited_juror_hears_of_the_seat_and_nothing_more_once_it_is_gone():
    challenge, guest = a_challenge(opening_told_at=timezone.now()), a_member()
    juror = invite_juror(challenge, member=guest, by=a_product_owner())
    work()
    assert told(guest) == ["Une place au jury d’un défi vous attend"]
    juror.delete()
    assert present(Notification.objects.filter(member=guest), guest)[0].is_gone
