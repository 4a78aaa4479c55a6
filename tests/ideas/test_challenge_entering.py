"""Entering a challenge: who, when, under which rules; and leaving it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn
from core.models import Event
from ideas.domain.challenges.entering import enter_idea, withdraw_entry
from ideas.domain.challenges.ruling import RulesChanged, RulesFrozen, accept_rules, publish_rules
from ideas.domain.posting import post_idea
from ideas.models import ChallengeEntry, ChallengeRules, Idea, RulesAcceptance
from ideas.phases import Phase
from tests.factories.challenges import a_challenge, an_entrant, an_entry
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
TEXTS = {"title": "Le budget qui parle en repas", "body": "« Il te reste 23 repas » : on comprend mieux qu’un solde."}
RULES = "Article 1. Deux idées par personne. Article 2. Le jury compte pour moitié, les soutiens pour l’autre."


def refused(code, call, *args, **kwargs):
    with pytest.raises(DomainError) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


def test_idea_is_posted_into_a_challenge_and_the_version_accepted_is_recorded():
    challenge, member = a_challenge(), an_entrant()
    idea = post_idea(**TEXTS, category=a_category(), by=member, challenge=challenge, accepted_rules=1)
    assert idea.entry.challenge == challenge
    acceptance = RulesAcceptance.objects.get()
    assert (acceptance.member, acceptance.rules.number) == (member, 1)
    assert {"IdeaPosted", "IdeaEntered", "RulesAccepted"} <= set(Event.objects.values_list("name", flat=True))


def test_what_refuses_the_entry_refuses_the_idea_too():
    challenge = a_challenge(Phase.VOTING)
    texts = TEXTS | {"category": a_category(), "challenge": challenge, "accepted_rules": 1}
    refused("entries_closed", post_idea, by=an_entrant(), **texts)
    assert not Idea.objects.exists() and not Event.objects.filter(name="IdeaPosted").exists()


@pytest.mark.parametrize(
    ("phase", "code"),
    [("draft", "not_found"), ("announced", "challenge_not_open"), ("voting", "entries_closed"),
     ("jury", "entries_closed"), ("results", "entries_closed"), ("archived", "entries_closed")],
)  # fmt: skip
def test_idea_enters_only_while_ideas_are_taken(phase, code):
    member = an_entrant()
    refused(code, enter_idea, a_challenge(phase), an_idea(author=member), accepted_rules=1, by=member)


def test_entering_at_the_very_instant_of_the_close_is_refused_by_the_servers_clock(monkeypatch):
    challenge, member = a_challenge(), an_entrant()
    late, last = an_idea(author=member), an_idea(author=an_entrant())
    monkeypatch.setattr(timezone, "now", lambda: challenge.posting_ends_at)
    refused("entries_closed", enter_idea, challenge, late, accepted_rules=1, by=member)
    monkeypatch.setattr(timezone, "now", lambda: challenge.posting_ends_at - timedelta(microseconds=1))
    assert enter_idea(challenge, last, accepted_rules=1, by=last.author)


def test_existing_idea_enters_once_and_leaves_before_the_vote():
    challenge, member = a_challenge(), an_entrant()
    idea = an_idea(author=member)
    entry = enter_idea(challenge, idea, accepted_rules=1, by=member)
    assert enter_idea(challenge, idea, accepted_rules=1, by=member) == entry
    assert Event.objects.filter(name="IdeaEntered").count() == 1
    refused("already_entered", enter_idea, a_challenge(), idea, accepted_rules=1, by=member)
    withdraw_entry(challenge, idea, by=member)
    assert not ChallengeEntry.objects.exists() and Idea.objects.filter(pk=idea.pk).exists()
    assert RulesAcceptance.objects.count() == 1, "that the rules were accepted stays on record"


def test_idea_does_not_leave_once_the_vote_has_begun():
    entry = an_entry(a_challenge(Phase.VOTING))
    refused("too_late_to_leave", withdraw_entry, entry.challenge, entry.idea, by=entry.idea.author)
    refused("not_allowed", withdraw_entry, entry.challenge, entry.idea, by=a_member())


def test_only_the_author_enters_an_idea_and_no_more_than_the_rules_allow():
    challenge, member = a_challenge(entries_per_member=2), an_entrant()
    refused("not_allowed", enter_idea, challenge, an_idea(), accepted_rules=1, by=member)
    for _ in range(2):
        enter_idea(challenge, an_idea(author=member), accepted_rules=1, by=member)
    refused("too_many_entries", enter_idea, challenge, an_idea(author=member), accepted_rules=1, by=member)


def test_who_may_enter_is_kept_by_the_verb():
    challenge = a_challenge(eligible_kinds=["customer"], eligible_segments=["student"])
    fits = an_entrant(kind="customer", segment="student")
    assert enter_idea(challenge, an_idea(author=fits), accepted_rules=1, by=fits)
    for fields in ({"kind": "prospect", "segment": "student"}, {"kind": "customer", "segment": "private"}):
        member = an_entrant(**fields)
        refused("not_eligible", enter_idea, challenge, an_idea(author=member), accepted_rules=1, by=member)
    staff = a_product_owner(adult_confirmed_at=timezone.now())
    refused("staff_cannot_enter", enter_idea, a_challenge(), an_idea(author=staff), accepted_rules=1, by=staff)
    unknown = a_member()
    refused("adults_only", enter_idea, a_challenge(), an_idea(author=unknown), accepted_rules=1, by=unknown)
    assert enter_idea(a_challenge(adults_only=False), an_idea(author=unknown), accepted_rules=1, by=unknown)


def test_decided_hidden_or_merged_ideas_do_not_enter():
    challenge, member = a_challenge(), an_entrant()
    for fields in ({"state": "delivered"}, {"state": "merged"}, {"visibility": "hidden"}):
        refused("idea_taken_up", enter_idea, challenge, an_idea(author=member, **fields), accepted_rules=1, by=member)


def test_rules_must_be_accepted_in_the_version_in_force():
    challenge, member = a_challenge(), an_entrant()
    idea = an_idea(author=member)
    refused("rules_not_accepted", enter_idea, challenge, idea, accepted_rules=None, by=member)
    publish_rules(challenge, body_fr=RULES, changes_fr="Deux idées au lieu d’une.", by=a_product_owner())
    with pytest.raises(RulesChanged) as refusal:
        enter_idea(challenge, idea, accepted_rules=1, by=member)
    assert refusal.value.extra == {"rules_in_force": 2}
    assert enter_idea(challenge, idea, accepted_rules=2, by=member)


def test_changed_rules_say_so_keep_the_old_version_and_ask_entrants_again():
    entry, owner = an_entry(), a_product_owner()
    challenge, author = entry.challenge, entry.idea.author
    refused("too_short", publish_rules, challenge, body_fr=RULES, by=owner)
    publish_rules(challenge, body_fr=RULES, changes_fr="Deux idées au lieu d’une.", by=owner)
    assert list(challenge.rules_versions.values_list("number", flat=True)) == [2, 1]
    assert Event.objects.get(name="RulesPublished").payload["asks_again"] is True
    assert not ChallengeEntry.objects.with_acceptance().get().accepts_rules
    refused("rules_changed", accept_rules, challenge, number=1, by=author)
    accept_rules(challenge, number=2, by=author)
    accept_rules(challenge, number=2, by=author)
    assert ChallengeEntry.objects.with_acceptance().get().accepts_rules
    assert RulesAcceptance.objects.filter(member=author).count() == 2
    with pytest.raises(NotFound):
        accept_rules(challenge, number=2, by=a_member())


def test_published_version_is_never_changed():
    rules = a_challenge().rules
    rules.body_fr = "Autre chose que ce qui a été publié et accepté."
    with pytest.raises(TypeError):
        rules.save()
    assert ChallengeRules.objects.get().body_fr.startswith("Article 1")


def test_rules_no_longer_change_once_the_vote_has_ended():
    with pytest.raises(RulesFrozen):
        publish_rules(a_challenge(Phase.JURY), body_fr=RULES, changes_fr="Trop tard pour cela.", by=a_product_owner())
    with pytest.raises(NotAllowed):
        publish_rules(a_challenge(), body_fr=RULES, changes_fr="Deux idées.", by=an_entrant())


def test_no_private_number_enters_rules_or_call():
    from ideas.domain.challenges.writing import write_challenge

    owner, card = a_product_owner(), "4539 1488 0343 6467"
    refused("private_data", publish_rules, a_challenge("draft"), body_fr=f"{RULES} {card}", by=owner)
    refused("private_data", write_challenge, a_challenge("draft"), call_fr=f"Écrivez au {card}", by=owner)


def test_visitor_is_told_to_sign_in():
    from django.contrib.auth.models import AnonymousUser

    with pytest.raises(NotSignedIn):
        enter_idea(a_challenge(), an_idea(), accepted_rules=1, by=AnonymousUser())
    with pytest.raises(Invalid):
        publish_rules(a_challenge("draft"), body_fr="Trop court", by=a_product_owner())


def test_challenge_of_a_circle_is_there_for_its_people_alone():
    from django.contrib.auth.models import AnonymousUser

    from ideas.domain.challenges.telling import eligible_members
    from ideas.models import Challenge
    from members.models import Circle, CircleMember

    circle = Circle.objects.create(name_fr="Professionnels", name_en="Professionals")
    inside, outside = an_entrant(), an_entrant()
    CircleMember.objects.create(circle=circle, member=inside, joining="in")
    challenge = a_challenge(circle=circle)
    assert list(Challenge.objects.visible_to(inside)) == [challenge]
    for stranger in (outside, AnonymousUser()):
        assert not Challenge.objects.visible_to(stranger).exists()
    refused("not_found", enter_idea, challenge, an_idea(author=outside), accepted_rules=1, by=outside)
    refused("other_circle", enter_idea, challenge, an_idea(author=inside), accepted_rules=1, by=inside)
    idea = post_idea(**TEXTS, category=a_category(), by=inside, challenge=challenge, accepted_rules=1)
    assert idea.circle == circle
    assert not ChallengeEntry.objects.seen(outside).exists() and ChallengeEntry.objects.seen(inside).exists()
    assert list(eligible_members(challenge)) == [inside]
