"""Parting what was merged: counts exactly as before, the trace kept, people told, undone for ten seconds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, ImpossibleMove, NotAllowed
from ideas.domain.merging import merge_idea, preview_unmerge, undo_merge, undo_unmerge, unmerge_idea
from ideas.domain.recounting import recount_all
from ideas.domain.triaging import version_of
from ideas.domain.voting import cast_vote
from ideas.models import Idea, IdeaMove, Merge
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner, an_expert
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
WHY = "Ce n’était pas la même demande : l’une parle des cartes, l’autre des virements."


@pytest.fixture
def owner():
    return a_product_owner()


@pytest.fixture
def merged(owner):
    """(the idea that stays, the duplicate, someone who supports both): 2 + 3 supporters, one of them the same."""
    stays, goes, both = an_idea(), an_idea(state="under_review"), a_member()
    for idea, others in ((stays, 1), (goes, 2)):
        for voter in [both, *(a_member() for _ in range(others))]:
            cast_vote(idea, by=voter)
    merge_idea(goes, stays, reason=WHY, by=owner)
    return stays, Idea.objects.get(pk=goes.pk), both


def score(idea):
    return Idea.objects.get(pk=idea.pk).vote_score


def test_counts_come_back_exactly_and_votes_of_meanwhile_stay_where_they_were_given(merged, owner):
    stays, goes, _both = merged
    cast_vote(Idea.objects.get(pk=stays.pk), by=a_member())
    preview = preview_unmerge(goes, by=owner)
    assert (score(stays), preview.canonical_votes, preview.duplicate_votes) == (5, 3, 3)
    unmerge_idea(goes, reason=WHY, by=owner)
    assert (score(stays), score(goes)) == (3, 3) and recount_all(write=False) == []
    stays.refresh_from_db()
    assert stays.merged_count == 0


def test_path_keeps_merge_and_parting_with_their_reasons_and_roles(merged, owner):
    _stays, goes, _both = merged
    unmerge_idea(goes, reason=WHY, by=owner)
    steps = list(goes.moves.filter(undone_at__isnull=True).values_list("from_state", "to_state", "by_role"))
    assert steps == [("under_review", "merged", "product_owner"), ("merged", "under_review", "product_owner")]
    assert Idea.objects.get(pk=goes.pk).state == "under_review"


def test_people_of_the_parted_idea_are_told_once_and_nobody_in_silence(merged, owner):
    stays, goes, both = merged
    work()
    unmerge_idea(goes, reason=WHY, by=owner)
    work()
    assert [note.kind for note in told(goes.author)] == ["idea_merged", "idea_unmerged"]
    assert len(told(both, "idea_unmerged")) == 1 and told(stays.author, "idea_unmerged") == []
    again = an_idea()
    merge_idea(again, stays, reason=WHY, by=owner)
    unmerge_idea(again, reason=WHY, by=owner, silent=True)
    work()
    assert told(again.author, "idea_unmerged") == []


def test_parting_can_be_undone_and_is_then_told_to_nobody(merged, owner):
    stays, goes, _both = merged
    move = unmerge_idea(goes, reason=WHY, by=owner)
    undo_unmerge(move, by=owner)
    goes.refresh_from_db()
    assert (goes.state, goes.merged_into, score(stays)) == ("merged", stays, 4)
    assert Merge.objects.get().undone_at is None and recount_all(write=False) == []
    work()
    assert told(goes.author, "idea_unmerged") == []


def test_undo_of_a_parting_is_refused_late_and_to_others(merged, owner):
    _stays, goes, _both = merged
    move = unmerge_idea(goes, reason=WHY, by=owner)
    with pytest.raises(NotAllowed):
        undo_unmerge(move, by=a_product_owner())
    IdeaMove.objects.filter(pk=move.pk).update(at=timezone.now() - timedelta(seconds=30))
    with pytest.raises(DomainError) as refusal:
        undo_unmerge(move, by=owner)
    assert refusal.value.code == "too_late_to_undo"


def test_undone_merge_leaves_nothing_on_the_path(owner):
    stays, goes = an_idea(), an_idea()
    merge = merge_idea(goes, stays, reason=WHY, by=owner)
    undo_merge(merge, by=owner)
    assert not goes.moves.filter(undone_at__isnull=True).exists()
    with pytest.raises(ImpossibleMove):
        unmerge_idea(goes, reason=WHY, by=owner)


def test_only_who_triages_parts(merged):
    with pytest.raises(NotAllowed):
        unmerge_idea(merged[1], reason=WHY, by=an_expert())


def test_desk_shows_who_counts_on_each_side_and_parts(client, merged, owner):
    stays, goes, _both = merged
    client.force_login(owner)
    page = client.get(reverse("ideas_desk:index"), {"idea": goes.public_id, "move": "unmerge"})
    assert "Soutiens de celle-ci, ensuite" in page.content.decode() and page.context["audience"] == 4
    url = reverse("ideas_desk:act", args=[goes.public_id, "unmerge"])
    assert client.post(url, {"reason": WHY, "seen": version_of(goes)}).status_code == 302
    assert Idea.objects.get(pk=goes.pk).merged_into is None
    undo = client.get(reverse("ideas_desk:index"), {"idea": goes.public_id}).context["undos"][0]
    client.post(reverse("ideas_desk:undo"), {"kind": undo.kind, "key": undo.key})
    assert Idea.objects.get(pk=goes.pk).merged_into == stays
