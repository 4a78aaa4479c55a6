"""The demo's stories hold together: nothing happens to an idea before it is posted, each step follows the last, and every view of
the desk has something to show."""

import re
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from betas.models import ProgrammeIdea
from board.models import Quarter
from complaints.models import Complaint
from ideas.demo.texts import ANY, COMMENTS, IDEAS, LETTERS
from ideas.models import (
    ChallengeEntry,
    Comment,
    CommentReaction,
    CommentVersion,
    Deed,
    Escalation,
    Idea,
    IdeaMove,
    IdeaTag,
    IdeaVersion,
    Merge,
    MergeSuggestion,
    Moderation,
    OfficialAnswer,
    Routing,
    Urgency,
    VoteOnBehalf,
    Withdrawal,
)
from ideas.permissions import can_move
from ideas.querysets import votes_of_ideas
from ideas.queueing import known_views
from members.models import Member

pytestmark = pytest.mark.django_db
HAPPENED = [
    (IdeaMove, "at"), (OfficialAnswer, "at"), (Comment, "created_at"), (Deed, "at"), (Escalation, "at"), (Urgency, "at"),
    (Moderation, "at"), (Withdrawal, "at"), (VoteOnBehalf, "at"), (Routing, "at"), (IdeaTag, "at"), (IdeaVersion, "at"),
    (ChallengeEntry, "entered_at"),
]  # fmt: skip
STAFF_VOTES = 5


@pytest.fixture
def demo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    call_command("demo", force=True, verbosity=0)


def test_nothing_happens_to_an_idea_before_it_is_posted_or_later_than_now(demo):
    posted, now, wrong = dict(Idea.objects.values_list("pk", "created_at")), timezone.now(), []
    for model, at in HAPPENED:
        for pk, when in model.objects.values_list("idea", at):
            if not posted[pk] <= when <= now:
                wrong.append((model.__name__, Idea.objects.get(pk=pk).title, posted[pk], when))
    for pk, when in votes_of_ideas().values_list("object_id", "create_at"):
        if not posted[pk] <= when <= now:
            wrong.append(("Vote", pk, posted[pk], when))
    for first, second, when in [*Merge.objects.values_list("duplicate", "canonical", "at"),
                                *MergeSuggestion.objects.values_list("duplicate", "canonical", "at")]:  # fmt: skip
        if not max(posted[first], posted[second]) <= when <= now:
            wrong.append(("Merge", first, second, when))
    for idea in Idea.objects.all():
        moments = (idea.state_since, idea.answered_at, idea.edited_at, idea.urgent_since)
        if not all(idea.created_at <= when <= now for when in moments if when):
            wrong.append(("Idea", idea.title, idea.created_at, moments))
    assert wrong == []


def test_each_step_of_an_idea_follows_the_last_and_leads_to_where_it_stands(demo):
    wrong = []
    for idea in Idea.objects.prefetch_related("moves", "answers"):
        moves = sorted(idea.moves.all(), key=lambda move: (move.at, move.pk))
        if [move.from_state for move in moves] + [idea.state] != ["new"] + [move.to_state for move in moves]:
            wrong.append((idea.title, idea.state, [(move.from_state, move.to_state) for move in moves]))
        if moves and idea.state_since != moves[-1].at:
            wrong.append((idea.title, idea.state_since, moves[-1].at))
        if any(one.at == two.at for one, two in pairwise(moves)):
            wrong.append((idea.title, "two steps at once"))
        decided = idea.state in ("planned", "in_beta", "delivered", "declined")
        answers = sorted(answer.at for answer in idea.answers.all())
        if (answers[-1] if answers else None) != idea.answered_at or (decided and answers[-1] < moves[-1].at):
            wrong.append((idea.title, "answer", answers, idea.answered_at, idea.state_since))
    assert wrong == []


def test_conversations_go_forward(demo):
    assert not [reply for reply in Comment.objects.filter(parent__isnull=False).select_related("parent")
                if reply.created_at < reply.parent.created_at]  # fmt: skip
    assert not [one for one in Comment.objects.all() if any(
        when and when < one.created_at for when in (one.edited_at, one.deleted_at))]  # fmt: skip
    assert not [one for one in CommentReaction.objects.select_related("comment") if one.at < one.comment.created_at]
    assert not [one for one in CommentVersion.objects.all() if one.at < one.written_at]
    assert not [one for one in Routing.objects.filter(answered_at__isnull=False) if one.answered_at < one.at]
    for complaint in Complaint.objects.prefetch_related("steps"):
        steps = sorted(step.at for step in complaint.steps.all())
        assert complaint.received_at <= steps[0] and steps[-1] <= timezone.now(), complaint.reference


# « je suis payée », « on m’a appelé »: said of the speaker, so it fits one name in two.
OF_ONESELF = re.compile(
    r"(?:^être|\b(?:je (?:me )?(?:suis|serai|reste)|j’étais|(?:on|qui) m’a)) (?:déjà |peut-être |bien )?"
    r"(?:(?!demandé|remboursé|promis|dit|coûté|pris)\w+(?:é|i|(?<!q)u)e?\b|prête?\b|patiente?\b|grande?\b|"
    r"couverte?\b|court\b|l[ea] seule?\b)",
    re.IGNORECASE,
)
MONTHS = re.compile(
    r"\b(?:depuis|fin|début|en|au|cet) (?:janvier|avril|mai|juin|juillet|septembre|octobre|novembre|été|hiver|printemps)\b"
)


def test_no_text_says_whether_a_woman_or_a_man_speaks():
    """Authors are drawn by lot: « Bernard » was said to have been « appelée »."""
    assert OF_ONESELF.search("On m’a appelée en se faisant passer pour vous")
    texts = [f"{title} {body}" for *_where, title, body in IDEAS]
    texts += [text for of_theme in COMMENTS.values() for text in of_theme] + [*ANY]
    assert [text for text in texts if OF_ONESELF.search(text)] == []


def test_no_letter_names_a_month():
    """The demo's dates follow the day of loading: a service delivered this week does not exist « depuis septembre »."""
    assert [text for text in LETTERS.values() if MONTHS.search(text) or re.search(r"\b20\d\d\b", text)] == []


def test_every_view_of_the_desk_has_something_to_show(demo, client):
    client.force_login(Member.objects.get(email="produit@demo.example"))
    counts = {row["id"]: row["count"] for row in client.get(reverse("api_desk_views")).json()}
    assert [name for name in known_views() if not counts[name]] == []
    assert counts["staff"] == STAFF_VOTES


def test_challenge_of_small_firms_holds_their_ideas(demo):
    entries = ChallengeEntry.objects.filter(challenge__slug="la-banque-des-petites-entreprises")
    assert set(entries.values_list("idea__category__slug", flat=True)) == {"pro"}
    assert entries.count() == 6


def test_path_of_an_idea_passes_the_board_before_its_beta_test_and_each_step_was_made_by_who_may(demo):
    for move in IdeaMove.objects.exclude(by=None).select_related("by", "idea"):
        assert can_move(move.by, move.idea) and move.by_role in ("product_owner", "board_chair"), move.idea.title
    published = {
        idea: quarter.published_at
        for quarter in Quarter.objects.published()
        for idea in Idea.objects.filter(
            evidence__item__placements__quarter=quarter, evidence__item__placements__column="this_quarter"
        )
    }
    tested = {
        link.idea: link.programme
        for link in ProgrammeIdea.objects.filter(idea__state="in_beta").select_related("programme", "idea")
    }
    assert len(tested) >= 3 and set(tested) <= set(published)
    for idea, at in published.items():
        steps = dict(idea.moves.values_list("to_state", "at"))
        assert steps["candidate"] < steps["planned"] == at, idea.title
        assert all(steps[later] > at for later in ("in_beta", "delivered") if later in steps), idea.title
    for idea, programme in tested.items():
        assert timezone.localdate(idea.state_since) == programme.starts_on, idea.title


def test_named_views_of_the_product_owner_hold_ideas(demo, client):
    client.force_login(Member.objects.get(email="produit@demo.example"))
    named = [row for row in client.get(reverse("api_desk_views")).json() if row["id"] not in known_views()]
    assert len(named) == 2 and all(row["count"] for row in named)
