"""The demo is part of the product: whole, consistent, the same each time, and never where it must not be."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.utils import timezone

from betas.models import Finding, Mission, Programme
from board.models import Evidence, Quarter
from cms.models import NewsPage
from complaints.models import Complaint
from ideas.models import Category, Challenge, Comment, Idea, IdeaImage
from ideas.phases import OPENED, phase_of
from ideas.querysets import votes_of_ideas
from ideas.queueing import RISK_DAYS
from ideas.states import State, Visibility
from lab.management.commands.up import ACCOUNTS, PASSWORD
from members.models import Circle, Member
from polls.domain.results import summarise
from polls.models import Participation, Poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    call_command("demo", force=True, verbosity=0)


def test_demo_has_all_it_promises(demo, client):
    assert Category.objects.count() >= 12
    assert Member.objects.community().count() >= 300
    assert set(Member.objects.community().values_list("kind", flat=True)) == {"customer", "prospect"}
    assert Idea.objects.count() >= 150
    assert set(Idea.objects.values_list("state", flat=True)) == set(State.values)
    assert Idea.objects.values("title").annotate(n=Count("pk")).filter(n__gt=1).count() == 0
    assert votes_of_ideas().count() >= 4000
    assert Comment.objects.count() >= 500
    assert IdeaImage.objects.count() >= 3
    assert Poll.objects.count() >= 6
    assert Programme.objects.count() >= 4
    assert Mission.objects.exists()
    assert Finding.objects.exists()
    assert Quarter.objects.published().count() == 2
    assert Quarter.objects.in_progress().count() == 1
    assert NewsPage.objects.exists()
    circle = Circle.objects.get(entry="rule")
    assert Idea.objects.filter(circle=circle).count() >= 2
    assert Poll.objects.filter(circle=circle).exists()
    assert Programme.objects.filter(circle=circle).exists()
    assert Circle.objects.inviting(Member.objects.get(email="cliente@demo.example")).exists()
    assert Idea.objects.filter(merged_into__isnull=False).exists()
    assert {phase_of(one, timezone.now()) for one in Challenge.objects.all()} >= {*OPENED}
    assert Idea.objects.filter(visibility=Visibility.HELD).exists()
    assert Idea.objects.filter(promise_due_at__lt=timezone.now() + timedelta(days=RISK_DAYS)).exists()
    assert (
        Complaint.objects.count() == 4
    )  # three posted as ideas that ask for more than an idea, one under a consultation
    assert Poll.objects.filter(circle=circle, participations__isnull=False).exists()
    assert Evidence.objects.filter(
        poll__state="open", item__evidence__idea__isnull=False
    ).exists()  # made by “ask members”
    assert_welcome_offer_is_told()
    for email, _role in ACCOUNTS:
        assert client.login(email=email, password=PASSWORD), email


def assert_welcome_offer_is_told() -> None:
    """The story of the demo: customers lean to the savings book, prospects clearly prefer the travel."""
    poll = Poll.objects.with_questions().get(state="decided", title__contains="cadeau")
    kind = summarise(poll).questions[0].by_kind
    assert not kind.anything_hidden
    assert all(share.votes >= 8 for group in kind.groups for share in group.shares.values())
    assert ["livret" in kind.groups[0].leader.text, "étranger" in kind.groups[1].leader.text] == [True, True]
    [finding] = kind.findings
    assert finding.is_large_enough and (finding.who, finding.leads) == ("prospect", True)


def test_nobody_of_the_demo_took_part_before_they_joined(demo):
    joined = dict(Member.objects.values_list("pk", "date_joined"))
    assert not [vote for vote in votes_of_ideas() if vote.create_at < joined[vote.user_id]]
    assert not Comment.objects.filter(created_at__lt=F("author__date_joined")).exists()
    assert not Idea.objects.filter(created_at__lt=F("author__date_joined")).exists()
    assert not Participation.objects.filter(at__lt=F("member__date_joined")).exists()


def test_demo_keeps_its_own_accounts(demo):
    """Counters agree with their rows, tallies with their ballots, hashes with what they froze."""
    for command in ("recount", "recount_polls"):
        out = StringIO()
        call_command(command, check=True, stdout=out)
        assert "0" in out.getvalue()
    call_command("quarters", stdout=StringIO())


def portrait() -> list:
    ideas = Idea.objects.order_by("public_id").values_list("public_id", "title", "state", "vote_score", "comment_count")
    return [*ideas, *Member.objects.order_by("email").values_list("email", "nickname", "kind")]


_seen: list = []


@pytest.mark.parametrize("time", ["first", "second"])
def test_demo_is_the_same_each_time(demo, time):
    _seen.append(portrait())
    assert _seen[0] == _seen[-1]


def test_demo_refuses_to_load_where_debug_is_off():
    with pytest.raises(CommandError):
        call_command("demo", verbosity=0)
    assert not Member.objects.filter(email="cliente@demo.example").exists()


def test_demo_loads_once(demo, settings):
    settings.DEBUG = True
    before = Idea.objects.count()
    call_command("demo", once=True, verbosity=0)
    assert Idea.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_demo_fills_the_same_shapes_in_bulk(demo):
    ideas, votes = Idea.objects.count(), votes_of_ideas().count()
    call_command("demo", force=True, scale=400, verbosity=0)
    assert Idea.objects.count() - ideas == 400
    assert Member.objects.count() >= 400
    assert votes_of_ideas().count() - votes > 400 * 10  # twenty an idea where there are members enough to cast them
    out = StringIO()
    call_command("recount", check=True, stdout=out)
    assert "0" in out.getvalue()
