import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from board.domain.freezing import canonical, freeze_quarter, hash_of, verify_quarter
from board.domain.publishing import preview_publication, publish_quarter
from board.domain.quarters import open_quarter
from board.models import Placement, Quarter, Score
from core.errors import DomainError, NotAllowed
from core.models import Event
from ideas.domain.following import follow
from ideas.domain.voting import cast_vote
from ideas.models import Follow, Idea
from notifications.domain.preferring import choose
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.board import WHY, a_quarter, an_item, freeze, scores
from tests.factories.circles import a_circle
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_chair, a_board_member, a_member, a_product_owner, a_staff_member
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
PREVIEW = 12  # placements, evidence, and ten of who hears of ideas of circles


def an_administrator(**fields):
    return a_staff_member("administrator", **fields)


@pytest.fixture
def full():
    """A quarter with one idea in every column, scored."""
    quarter, chair = a_quarter(), a_board_chair()
    ideas = {}
    for column in ("candidate", "this_quarter", "next", "later", "not_retained"):
        idea = ideas[column] = an_idea(state="candidate")
        cast_vote(idea, by=a_member())
        scores(quarter, an_item(quarter, ideas=[idea], column=column, reason=WHY), chair)
    return quarter, chair, ideas


def test_freeze_keeps_a_snapshot_whose_hash_anyone_can_compute(full):
    quarter, chair, _ = full
    quarter = freeze_quarter(quarter, by=chair)
    kept = Quarter.objects.get(pk=quarter.pk)
    assert kept.state == "frozen" and len(kept.hash) == 64
    assert hash_of(kept.snapshot) == kept.hash
    assert b": " not in canonical({"a": {"b": 1}})
    assert verify_quarter(kept).holds
    assert chair.nickname not in canonical(kept.snapshot).decode()


def test_note_edited_after_the_freeze_is_found(full):
    quarter, chair, _ = full
    freeze_quarter(quarter, by=chair)
    Score.objects.filter(factor="impact").update(value=5)
    found = verify_quarter(Quarter.objects.get(pk=quarter.pk))
    assert found.is_intact and not found.holds
    with pytest.raises(CommandError):
        call_command("quarters")
    with pytest.raises(DomainError) as refusal:
        publish_quarter(quarter, by=a_board_member())
    assert refusal.value.code == "hash_broken"


def test_snapshot_edited_after_the_freeze_is_found(full):
    quarter, chair, _ = full
    quarter = freeze_quarter(quarter, by=chair)
    quarter.snapshot["items"][0]["reason"] += "."
    assert not verify_quarter(quarter).is_intact


def test_freeze_waits_for_every_reason():
    quarter = a_quarter()
    item = an_item(quarter, column="next")
    with pytest.raises(DomainError) as refusal:
        freeze_quarter(quarter, by=a_board_chair())
    assert refusal.value.code == "reasons_missing"
    assert refusal.value.extra["items"] == [item.public_id]


@pytest.mark.parametrize("who", [a_board_member, a_product_owner, a_member])
def test_only_the_chair_freezes(who):
    with pytest.raises(NotAllowed):
        freeze_quarter(a_quarter(), by=who())


def test_publication_moves_the_ideas_with_the_reason_and_tells_each_once(full):
    quarter, chair, ideas = full
    freeze_quarter(quarter, by=chair)
    publish_quarter(quarter, by=a_board_member())
    states = {column: Idea.objects.get(pk=idea.pk).state for column, idea in ideas.items()}
    assert states == {
        "candidate": "candidate", "this_quarter": "planned", "next": "candidate", "later": "candidate",
        "not_retained": "declined",
    }  # fmt: skip
    assert all(idea.moves.get().reason == WHY for column, idea in ideas.items() if column != "candidate")
    assert not ideas["candidate"].moves.exists()
    assert Event.objects.filter(name="IdeaMoved").count() == 4
    assert len(Event.objects.get(name="QuarterPublished").payload["idea_ids"]) == 4
    assert Quarter.objects.get(pk=quarter.pk).state == "published"


def test_who_froze_cannot_publish_even_an_administrator_on_the_board():
    for who in (a_board_chair(), a_staff_member("administrator", "board_chair")):
        quarter = a_quarter(f"2026-Q{who.pk % 4 + 1}" if not Quarter.objects.exists() else "2027-Q1")
        freeze(quarter, by=who)
        with pytest.raises(DomainError) as refusal:
            publish_quarter(quarter, by=who)
        assert (refusal.value.code, refusal.value.status) == ("four_eyes", 403)


def test_administrator_without_a_seat_cannot_publish():
    quarter = freeze(a_quarter())
    with pytest.raises(NotAllowed):
        publish_quarter(quarter, by=an_administrator())


def test_quarter_that_is_not_frozen_cannot_be_published():
    with pytest.raises(DomainError) as refusal:
        publish_quarter(a_quarter(), by=a_board_member())
    assert refusal.value.status == 409


def test_preview_counts_each_person_once_per_decision():
    quarter, member = a_quarter(), a_member()
    ideas = [an_idea(state="candidate", author=member) for _ in range(2)]
    cast_vote(ideas[0], by=member)
    an_item(quarter, ideas=ideas, column="this_quarter", reason=WHY)
    preview = preview_publication(freeze(quarter), by=a_board_member())
    row = preview.decisions[0]
    assert (row.items, row.ideas, row.people, preview.everyone) == (1, 2, 1, 1)


def test_preview_counts_those_who_do_hear_and_nobody_else(client):
    """One who asked for silence of ideas they support, an author of theirs, a hidden idea’s people and who signs hear nothing."""
    quarter, signer = a_quarter(), a_board_member()
    silent, quiet = a_member(), a_member()
    choose(Topic.FOLLOWED_IDEA, inbox=False, mail=Rhythm.NEVER, by=silent)
    choose(Topic.MY_IDEA, inbox=False, mail=Rhythm.NEVER, by=quiet)
    hidden = an_idea(state="candidate", visibility="hidden")
    planned, put_off = an_idea(state="candidate"), an_idea(state="candidate", author=quiet)
    both = a_member()
    for idea in (planned, put_off):
        cast_vote(idea, by=both)
        follow(idea, by=silent)
        follow(idea, by=signer)
    an_item(quarter, ideas=[planned, hidden], column="this_quarter", reason=WHY)
    an_item(quarter, ideas=[put_off], column="next", reason=WHY)
    quarter = freeze(quarter)
    preview = preview_publication(quarter, by=signer)
    assert [(row.column, row.ideas, row.people) for row in preview.decisions] == [
        ("this_quarter", 2, 2), ("next", 1, 1), ("later", 0, 0), ("not_retained", 0, 0),
    ]  # fmt: skip
    assert preview.everyone == 2
    client.force_login(signer)
    page = client.get(reverse("board_desk:index"), {"quarter": quarter.code, "panel": "publication"})
    assert page.context["everyone"] == 2
    publish_quarter(quarter, by=signer)
    work()
    decided = Notification.objects.filter(kind__in=("idea_moved", "quarter_decisions"))
    assert {row.member_id for row in decided} == {planned.author_id, both.pk}


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_costs_the_same_whatever_the_subjects_the_ideas_and_their_circles(rows, django_assert_num_queries):
    quarter, signer = a_quarter(), a_board_member()
    for column in ("this_quarter", "next", "not_retained"):
        for _row in range(rows):
            inside = [a_member() for _each in range(rows)]
            ideas = [an_idea(state="candidate", circle=a_circle(members=[member])) for member in inside]
            for idea, member in zip(ideas, inside, strict=True):
                for follower in (member, a_member(is_staff=True), a_member()):
                    Follow.objects.create(idea=idea, member=follower)
            an_item(quarter, ideas=ideas, column=column, reason=WHY)
    quarter = freeze(quarter)
    preview_publication(quarter, by=signer)  # content types are cached
    with django_assert_num_queries(PREVIEW):
        assert preview_publication(quarter, by=signer).everyone == 2 * 3 * rows * rows


def test_idea_already_delivered_keeps_its_state():
    idea = an_idea(state="delivered")
    quarter = a_quarter()
    an_item(quarter, ideas=[idea], column="not_retained", reason=WHY)
    publish_quarter(freeze(quarter), by=a_board_member())
    assert Idea.objects.get(pk=idea.pk).state == "delivered"


def test_next_quarter_carries_over_what_was_put_off(full):
    quarter, chair, _ = full
    freeze_quarter(quarter, by=chair)
    publish_quarter(quarter, by=a_board_member())
    following = open_quarter("2027-Q1", by=chair, capacity=30)
    rows = Placement.objects.filter(quarter=following)
    assert (rows.count(), rows.filter(carried_over=True, column="candidate").count()) == (3, 3)


def test_one_quarter_at_a_time():
    a_quarter()
    with pytest.raises(DomainError) as refusal:
        open_quarter("2027-Q1", by=a_board_chair())
    assert refusal.value.code == "quarter_in_progress"


@pytest.mark.parametrize(
    "bad", [{"code": "T4 2026"}, {"capacity": 0}, {"weights": {"impact": 101}}, {"weights": {"luck": 5}}]
)
def test_quarter_opens_with_a_frame_that_makes_sense(bad):
    with pytest.raises(DomainError):
        open_quarter(**{"code": "2026-Q4", "by": a_board_chair(), **bad})
