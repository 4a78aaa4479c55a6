"""The jury: seats, notes each alone first, the count of the votes, and winners by two people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError, NotAllowed, NotFound
from core.models import Event
from ideas.challenge_reads import visible_notes
from ideas.domain.challenges.awarding import Pick, propose_winners, publish_results
from ideas.domain.challenges.counting import count_votes, live_figures, standings
from ideas.domain.challenges.judging import (
    answer_invitation,
    call_up,
    hand_in,
    invite_juror,
    missing_notes,
    note_entry,
    remove_juror,
)
from ideas.domain.challenges.keeping_hours import keep_challenge_hours
from ideas.domain.challenges.ruling import publish_rules
from ideas.domain.voting import cast_vote
from ideas.models import Challenge, ChallengeEntry, ChallengeWinner, Juror, JuryNote
from ideas.phases import Phase
from tests.factories.challenges import (
    a_challenge,
    a_judged_challenge,
    a_juror,
    a_vote,
    a_won_challenge,
    an_entrant,
    an_entry,
    notes,
)
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHY = "Elle tient en une phrase et sert dès le premier mois."


def refused(code, call, *args, **kwargs):
    with pytest.raises(DomainError) as refusal:
        call(*args, **kwargs)
    assert refusal.value.code == code


def before_the_jury(entries=2, **fields):
    challenge = a_challenge(Phase.JURY, **fields)
    for place in range(entries):
        an_entry(challenge, votes=place)
    return count_votes(challenge)


# seats


def test_staff_sits_at_once_and_an_invited_member_once_they_accept():
    challenge, owner, guest = a_challenge(), a_product_owner(), a_member()
    assert invite_juror(challenge, member=an_expert(), title="conseillère à Quimper", by=owner).accepted_at
    juror = invite_juror(challenge, member=guest, title="mère de deux lycéens", by=owner)
    assert juror.accepted_at is None
    refused("already_juror", invite_juror, challenge, member=guest, by=owner)
    assert answer_invitation(challenge, accepts=True, by=guest).accepted_at
    with pytest.raises(NotAllowed):
        invite_juror(challenge, member=a_member(), by=a_moderator())
    with pytest.raises(NotFound):
        answer_invitation(challenge, accepts=True, by=a_member())


def test_invitation_is_declined_and_a_silent_juror_is_let_go():
    challenge, owner = before_the_jury(), a_product_owner()
    guest, silent, done = a_juror(challenge, accepted=False), a_juror(challenge), a_juror(challenge)
    answer_invitation(challenge, accepts=False, by=guest.member)
    remove_juror(silent, by=owner)
    for entry in challenge.entries.all():
        notes(done, entry)
    hand_in(challenge, by=done.member)
    refused("notes_handed_in", remove_juror, done, by=owner)
    refused("notes_handed_in", answer_invitation, challenge, accepts=False, by=done.member)
    assert list(Juror.objects.all()) == [done]


# notes


@pytest.mark.parametrize("phase", ["posting", "voting", "results"])
def test_jury_notes_only_in_its_own_time(phase):
    challenge = a_challenge(phase)
    entry, juror = an_entry(challenge), a_juror(challenge)
    refused("not_the_jurys_time", notes, juror, entry)


def test_each_criterion_takes_a_whole_note_from_1_to_5_and_a_reason():
    challenge = before_the_jury(1)
    entry, juror = challenge.entries.get(), a_juror(challenge)
    for bad in (0, 6, True, "3", None, 2.5):
        refused("bad_score", notes, juror, entry, bad)
    refused("too_short", notes, juror, entry, 3, "Bien")
    refused("too_long", notes, juror, entry, 3, "x" * 2001)
    refused("private_data", notes, juror, entry, 3, "Appelez le 4539 1488 0343 6467")
    assert not JuryNote.objects.exists()
    assert notes(juror, entry, 3).mean == 3
    assert notes(juror, entry, 5).mean == 5, "it can be changed"
    assert JuryNote.objects.count() == 1


def test_juror_does_not_note_or_call_up_their_own_entry():
    challenge, juror_member = a_challenge(Phase.JURY, shortlist_size=1), an_entrant()
    own, other = an_entry(challenge, author=juror_member), an_entry(challenge, votes=2)
    count_votes(challenge)
    juror = a_juror(challenge, juror_member)
    refused("own_entry", call_up, challenge, own.idea, by=juror_member)
    ChallengeEntry.objects.filter(pk=own.pk).update(shortlisted="votes")
    refused("own_entry", notes, juror, own)
    notes(juror, other)
    assert hand_in(challenge, by=juror_member).handed_in_at, "their own entry is not awaited of them"


def test_juror_who_knows_the_author_says_so_and_does_not_count():
    challenge = before_the_jury(1)
    entry, near, far = challenge.entries.get(), a_juror(challenge), a_juror(challenge)
    note_entry(challenge, entry.idea, scores={}, recused=True, by=near.member)
    notes(far, entry, 5)
    for juror in (near, far):
        hand_in(challenge, by=juror.member)
    assert (standings(challenge)[0].mean, standings(challenge)[0].noted_by) == (5.0, 1)


def test_nobody_without_a_seat_notes_and_an_invited_member_accepts_first():
    challenge = before_the_jury(1)
    idea = challenge.entries.get().idea
    scores = {"usefulness": 4, "simplicity": 4, "novelty": 4}
    for stranger in (a_member(), a_product_owner()):
        refused("not_found", note_entry, challenge, idea, scores=scores, text=WHY, by=stranger)
    guest = a_juror(challenge, accepted=False)
    refused("seat_not_accepted", note_entry, challenge, idea, scores=scores, text=WHY, by=guest.member)


def test_nobody_reads_the_others_notes_before_giving_their_own():
    challenge = before_the_jury(2)
    first, second = a_juror(challenge), a_juror(challenge)
    owner, auditor = a_product_owner(), an_auditor()
    for entry in challenge.entries.all():
        notes(first, entry, 5)
        notes(second, entry, 1)
    hand_in(challenge, by=first.member)
    assert visible_notes(challenge, second.member).count() == 2, "only one's own"
    assert visible_notes(challenge, first.member).count() == 2, "the other has not given theirs yet"
    assert not visible_notes(challenge, owner).exists() and not visible_notes(challenge, auditor).exists()
    hand_in(challenge, by=second.member)
    for reader in (first.member, second.member, owner, auditor):
        assert visible_notes(challenge, reader).count() == 4
    assert not visible_notes(challenge, a_member()).exists()


def test_product_owner_who_sits_in_the_jury_notes_before_reading():
    challenge, owner = before_the_jury(1), a_product_owner()
    mine, other = a_juror(challenge, owner), a_juror(challenge)
    notes(other, challenge.entries.get(), 1)
    hand_in(challenge, by=other.member)
    assert not visible_notes(challenge, owner).exists()
    notes(mine, challenge.entries.get(), 4)
    hand_in(challenge, by=owner)
    assert visible_notes(challenge, owner).count() == 2


def test_notes_are_given_whole_and_are_final():
    challenge = before_the_jury(2)
    juror, entries = a_juror(challenge), list(challenge.entries.all())
    notes(juror, entries[0])
    assert missing_notes(juror).count() == 1
    refused("notes_missing", hand_in, challenge, by=juror.member)
    notes(juror, entries[1])
    hand_in(challenge, by=juror.member)
    refused("notes_handed_in", notes, juror, entries[0], 1)
    hand_in(challenge, by=juror.member)
    assert Event.objects.filter(name="NotesHandedIn").count() == 1


# votes


def test_votes_count_from_the_opening_to_the_end_and_neither_before_nor_after():
    challenge = a_challenge(Phase.JURY)
    entry = an_entry(challenge)
    hour = timedelta(hours=1)
    a_vote(entry.idea, at=challenge.opens_at - hour)
    a_vote(entry.idea, at=challenge.opens_at)
    a_vote(entry.idea, at=challenge.voting_ends_at - hour)
    a_vote(entry.idea, at=challenge.voting_ends_at)
    a_vote(entry.idea, at=challenge.opens_at + hour, by=a_product_owner())
    a_vote(entry.idea, at=challenge.opens_at + hour, by=entry.idea.author)
    count_votes(challenge)
    entry.refresh_from_db()
    assert entry.votes_counted == 2


def test_support_goes_on_after_the_vote_and_moves_the_challenge_no_more():
    challenge = before_the_jury(2)
    entry = challenge.entries.order_by("id").last()
    cast_vote(entry.idea, by=a_member())
    count_votes(challenge)
    entry.refresh_from_db()
    assert entry.votes_counted == 1 and entry.idea.vote_score == 1, "1 vote counted, 1 given since"


def test_shortlist_is_the_most_supported_with_their_equals_and_whom_the_jury_calls_up():
    challenge = a_challenge(Phase.JURY, shortlist_size=2)
    entries = [an_entry(challenge, votes=votes) for votes in (3, 1, 1, 0)]
    count_votes(challenge)
    assert [bool(e.shortlisted) for e in challenge.entries.order_by("id")] == [True, True, True, False]
    juror = a_juror(challenge)
    refused("not_found", notes, juror, entries[3])
    assert call_up(challenge, entries[3].idea, by=juror.member).shortlisted == "jury"
    assert missing_notes(juror).count() == 4
    with pytest.raises(NotFound):
        call_up(challenge, entries[0].idea, by=a_product_owner())


def test_shortlist_no_longer_grows_once_a_juror_has_given_notes():
    challenge = a_challenge(Phase.JURY, shortlist_size=1)
    first, last = an_entry(challenge, votes=2), an_entry(challenge)
    count_votes(challenge)
    done, other = a_juror(challenge), a_juror(challenge)
    notes(done, first)
    hand_in(challenge, by=done.member)
    refused("notes_handed_in", call_up, challenge, last.idea, by=other.member)


def test_votes_and_jury_weigh_as_the_challenge_says():
    challenge = a_challenge(Phase.JURY, vote_share=40)
    loved, judged = an_entry(challenge, votes=4), an_entry(challenge, votes=1)
    count_votes(challenge)
    juror = a_juror(challenge)
    notes(juror, loved, 2)
    notes(juror, judged, 5)
    hand_in(challenge, by=juror.member)
    first, second = standings(challenge)
    assert (first.entry, first.score) == (judged, 40 * 0.25 + 60)
    assert (second.entry, second.score) == (loved, 40 + 60 * 0.25)


def test_live_figures_count_people_once():
    challenge = a_challenge()
    one, two = an_entry(challenge, votes=2), an_entry(challenge, votes=1)
    voter = a_member()
    for entry in (one, two):
        a_vote(entry.idea, at=timezone.now(), by=voter)
    figures = live_figures(challenge)
    assert (figures.entries, figures.entrants, figures.voters, figures.votes) == (2, 2, 4, 5)


def test_hidden_idea_leaves_the_lists_the_shortlist_and_the_figures():
    challenge = a_challenge(Phase.JURY)
    entry = an_entry(challenge, votes=5, visibility="hidden")
    count_votes(challenge)
    entry.refresh_from_db()
    assert not entry.shortlisted and live_figures(challenge).entries == 0 and standings(challenge) == []


def test_opening_last_days_and_count_are_said_once_by_the_clock():
    soon = timezone.now() + timedelta(days=2)
    a_challenge(posting_ends_at=soon)
    a_challenge(Phase.ANNOUNCED)
    ended = a_challenge(Phase.JURY)
    for _ in range(2):
        keep_challenge_hours()
    names = list(Event.objects.order_by("at").values_list("name", flat=True))
    assert sorted(names) == ["ChallengeClosesSoon", "ChallengeOpened", "ChallengeVotesCounted"]
    assert Challenge.objects.get(pk=ended.pk).votes_counted_at


# winners


def picks(challenge, number=2):
    entries = challenge.entries.select_related("idea").order_by("id")[:number]
    return [Pick(entry.idea.public_id, WHY) for entry in entries]


def test_winners_are_proposed_by_one_and_published_by_another():
    challenge, proposer, other = a_judged_challenge(), a_product_owner(), a_product_owner()
    refused("no_winner", publish_results, challenge, by=other)
    propose_winners(challenge, picks(challenge), by=proposer, jury_word="Bravo à tous les auteurs.")
    assert Challenge.objects.get().phase == Phase.JURY
    refused("four_eyes", publish_results, challenge, by=proposer)
    with pytest.raises(NotAllowed):
        publish_results(challenge, by=a_moderator())
    challenge = publish_results(challenge, by=other)
    assert challenge.phase == Phase.RESULTS
    assert list(challenge.winners.values_list("rank", flat=True)) == [1, 2]
    assert Event.objects.filter(name="ChallengeResultsPublished").count() == 1
    refused("not_the_jurys_time", publish_results, challenge, by=other)


def test_proposal_is_complete_or_refused_and_replaces_the_last_one():
    challenge, owner = a_judged_challenge(entries=4), a_product_owner()
    refused("no_winner", propose_winners, challenge, [], by=owner)
    refused("too_many_winners", propose_winners, challenge, picks(challenge, 4), by=owner)
    refused("same_entry", propose_winners, challenge, picks(challenge, 1) * 2, by=owner)
    refused("unknown_entry", propose_winners, challenge, [Pick(an_idea().public_id, WHY)], by=owner)
    refused("too_short", propose_winners, challenge, [Pick(picks(challenge)[0].idea, "Bien")], by=owner)
    refused("not_allowed", propose_winners, challenge, picks(challenge), by=an_auditor())
    propose_winners(challenge, picks(challenge, 3), by=owner)
    propose_winners(challenge, picks(challenge, 1), by=owner)
    assert ChallengeWinner.objects.count() == 1


def test_winners_wait_for_the_jury_and_for_the_rules_in_force():
    challenge, owner = before_the_jury(1), a_product_owner()
    juror = a_juror(challenge)
    refused("jury_not_done", propose_winners, challenge, picks(challenge), by=owner)
    remove_juror(juror, by=owner)
    Challenge.objects.filter(pk=challenge.pk).update(voting_ends_at=timezone.now() + timedelta(hours=1))
    text = "Article 1. Les règles changent pendant le vote, et chacun les accepte de nouveau."
    publish_rules(challenge, body_fr=text, changes_fr="Le calendrier du jury.", by=owner)
    Challenge.objects.filter(pk=challenge.pk).update(voting_ends_at=timezone.now() - timedelta(hours=1))
    refused("rules_not_accepted", propose_winners, challenge, picks(challenge), by=owner)


def test_factory_of_results_stands_where_it_says():
    challenge = a_won_challenge()
    assert challenge.phase == Phase.RESULTS and challenge.winners.count() == 2
