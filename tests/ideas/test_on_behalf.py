"""Votes recorded for people who asked elsewhere: apart from members' votes, without personal data, taken back."""

import pytest

from core.errors import DomainError, Invalid, NotAllowed
from core.shield import PrivateData
from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.recording import undo_deed
from ideas.domain.recounting import recount_all
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.domain.voting_for_others import take_back_votes, vote_for_others
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert

pytestmark = pytest.mark.django_db
WHERE = "Agence de Quimper, semaine 47"
WHY = "C’est la même demande, réunie en une seule."


def record(idea, people=4, by=None, **more):
    said = {"source": "branch", "reference": WHERE} | more
    return vote_for_others(idea, people=people, by=by or a_moderator(), **said)


def counts(idea):
    return Idea.objects.values_list("vote_score", "staff_votes", "votes_on_behalf_count").get(pk=idea.pk)


def test_votes_on_behalf_stand_apart_from_members_votes(client):
    idea = an_idea()
    cast_vote(idea, by=a_member())
    record(idea)
    record(idea, 2, source="call_centre")
    assert counts(idea) == (1, 0, 6)
    found = client.get(f"/api/v1/ideas/{idea.public_id}/").json()
    assert (found["vote_count"], found["votes_on_behalf"]) == (1, 6)
    assert "6 personnes qui nous l’ont dit ailleurs" in client.get(idea.get_absolute_url()).content.decode()
    assert "+ 6 pour autrui" in client.get("/idees/").content.decode()
    assert WHERE not in client.get(idea.get_absolute_url()).content.decode()


def test_staff_s_own_votes_are_shown_apart(client):
    idea, employee = an_idea(), an_expert()
    cast_vote(idea, by=a_member())
    cast_vote(idea, by=employee)
    cast_vote(idea, by=employee)
    assert counts(idea) == (2, 1, 0)
    assert client.get(f"/api/v1/ideas/{idea.public_id}/").json()["staff_vote_count"] == 1
    assert "dont 1 travaille à la banque" in client.get(idea.get_absolute_url()).content.decode()
    withdraw_vote(idea, by=employee)
    assert counts(idea) == (1, 0, 0)
    assert recount_all(write=False) == []


def test_they_can_be_taken_back_at_once_and_later():
    idea, moderator = an_idea(), a_moderator()
    first, second = record(idea, by=moderator), record(idea, 3, by=moderator)
    undo_deed(first.deed, by=moderator)
    assert counts(idea)[2] == 3
    deed = take_back_votes(second, by=a_product_owner(), reason="Comptés deux fois.")
    assert counts(idea)[2] == 0
    undo_deed(deed, by=deed.by)
    assert counts(idea)[2] == 3
    take_back_votes(second, by=moderator)
    with pytest.raises(DomainError) as refusal:
        take_back_votes(second, by=moderator)
    assert refusal.value.code == "taken_back"


def test_merge_adds_them_up_and_unmerge_gives_them_back_exactly():
    stays, goes, owner, employee = an_idea(), an_idea(), a_product_owner(), an_expert()
    record(stays, 4)
    record(goes, 5)
    cast_vote(goes, by=employee)
    cast_vote(stays, by=employee)
    merge_idea(goes, stays, reason=WHY, by=owner)
    assert counts(stays) == (1, 1, 9) and recount_all(write=False) == []
    unmerge_idea(goes, reason=WHY, by=owner)
    assert (counts(stays), counts(goes)) == ((1, 1, 4), (1, 1, 5)) and recount_all(write=False) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [({"source": "fax"}, "unknown_source"), ({"people": 0}, "bad_number"), ({"people": 1001}, "bad_number"),
     ({"people": None}, "bad_number"), ({"reference": "x"}, "too_short"), ({"reference": "x" * 141}, "too_long"),
     ({"reference": "Mme Le Goff, 06 12 34 56 78"}, "personal_data"), ({"reference": "anne@example.org"}, "personal_data")],
)  # fmt: skip
def test_record_says_where_how_many_and_names_nobody(change, code):
    idea = an_idea()
    with pytest.raises(Invalid) as refusal:
        record(idea, **change)
    assert refusal.value.code == code and counts(idea)[2] == 0


def test_card_number_is_no_reference():
    with pytest.raises(PrivateData):
        record(an_idea(), reference="Carte 4539 1488 0343 6467")


@pytest.mark.parametrize("who", [a_member, an_expert, an_auditor])
def test_only_who_sorts_records_them(who):
    with pytest.raises(NotAllowed):
        record(an_idea(), by=who())


def test_closed_and_merged_ideas_take_none():
    with pytest.raises(DomainError) as refusal:
        record(an_idea(state="delivered"))
    assert refusal.value.code == "votes_closed"
    merged = an_idea(state="merged", merged_into=an_idea())
    with pytest.raises(DomainError) as refusal:
        record(merged)
    assert refusal.value.code == "idea_merged"
