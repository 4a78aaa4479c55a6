"""A suspended member reads and takes no part; it ends by itself; strikes expire."""

import html
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from ideas.domain.commenting import comment_on
from ideas.domain.editing import edit_idea
from ideas.domain.posting import post_idea
from ideas.domain.reacting import react
from ideas.domain.voting import cast_vote, withdraw_vote
from members.models import Member
from members.permissions import can_take_part
from tests.factories.betas import a_programme
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_board_member, a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.factories.polls import an_open_poll
from tests.factories.trust import WHY, a_report
from trust.domain.banning import active_strikes, ban, lift_ban, strike
from trust.domain.deciding import decide

pytestmark = pytest.mark.django_db
BODY = "Je voudrais que la banque fasse cela, parce que cela me rendrait service."


def a_banned_member(days=7):
    member = a_member()
    ban(member, days=days, reason=WHY, by=a_moderator())
    return Member.objects.get(pk=member.pk)


def ways_to_take_part(member):
    from betas.domain.applying import apply
    from polls.domain.voting import cast_ballot

    own, poll = an_idea(author=member), an_open_poll()
    yield lambda: post_idea(title="Une idée de plus ici", body=BODY, category=a_category(), by=member)
    yield lambda: edit_idea(own, by=member, body=BODY)
    yield lambda: comment_on(an_idea(), body="Moi aussi.", by=member)
    yield lambda: react(a_comment(), "useful", by=member)
    yield lambda: cast_vote(an_idea(), by=member)
    yield lambda: cast_ballot(poll.public_id, [], by=member)
    yield lambda: apply(a_programme(state="recruiting"), by=member)


def test_suspended_member_reads_and_takes_no_part(client):
    member = a_banned_member()
    for act in ways_to_take_part(member):
        with pytest.raises(DomainError) as refusal:
            act()
        assert (refusal.value.code, refusal.value.status) == ("banned", 403)
    client.force_login(member)
    idea = an_idea()
    assert client.get(idea.get_absolute_url()).status_code == 200
    answer = client.put(reverse("api_idea_vote", args=[idea.public_id]))
    assert (answer.status_code, answer.json()["code"]) == (403, "banned")
    page = client.get(reverse("my_lab"))
    assert page.status_code == 200 and page.context["suspended"]  # the session stays, and they read so there
    assert str(page.context["suspended"]) in html.unescape(page.content.decode())
    assert 'class="btn btn--block votebtn"' not in client.get(idea.get_absolute_url()).content.decode()


def test_auditor_reads_and_takes_no_part(client):
    auditor = an_auditor()
    for act in ways_to_take_part(auditor):
        with pytest.raises(DomainError) as refusal:
            act()
        assert (refusal.value.code, refusal.value.status) == ("reads_only", 403)
    client.force_login(auditor)
    idea = an_idea()
    a_comment(idea)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Les auditeurs lisent tout et ne participent pas." in page
    assert reverse("ideas:vote", args=[idea.public_id]) not in page and 'id="comment-form"' not in page
    assert "/reagir/" not in page and "?reply=" not in page
    assert 'class="vote-form"' not in client.get(reverse("ideas:list")).content.decode()
    assert client.put(reverse("api_idea_vote", args=[idea.public_id])).json()["code"] == "reads_only"


def test_only_who_may_answer_officially_comments_officially():
    said = "Nous regardons cela avec vous."
    assert comment_on(an_idea(), body=said, by=an_expert()).is_official
    assert not comment_on(an_idea(), body=said, by=a_board_member()).is_official
    assert not comment_on(an_idea(), body=said, by=a_member()).is_official


def test_suspended_member_may_still_take_a_vote_back():
    member, idea = a_member(), an_idea()
    cast_vote(idea, by=member)
    ban(member, days=7, reason=WHY, by=a_moderator())
    assert withdraw_vote(idea, by=Member.objects.get(pk=member.pk)).vote_count == 0


def test_suspension_ends_by_itself():
    member = a_banned_member(days=1)
    member.banned_until = timezone.now() - timedelta(seconds=1)
    assert can_take_part(member)
    member.save(update_fields=["banned_until"])
    cast_vote(an_idea(), by=member)
    ban(member, days=2, reason=WHY, by=a_moderator())  # and another may follow


def test_suspension_until_it_is_lifted():
    member = a_banned_member(days=None)
    with pytest.raises(DomainError) as refusal:
        cast_vote(an_idea(), by=member)
    assert refusal.value.extra == {"until": None}
    lift_ban(member, reason=WHY, by=a_moderator())
    assert can_take_part(Member.objects.get(pk=member.pk))


def test_nobody_is_suspended_twice_nor_staff_at_all():
    with pytest.raises(DomainError) as refusal:
        ban(a_banned_member(), days=2, reason=WHY, by=a_moderator())
    assert refusal.value.code == "already_banned"
    with pytest.raises(NotAllowed):
        ban(an_expert(), days=2, reason=WHY, by=a_moderator())
    for somebody in (a_member, a_product_owner):
        with pytest.raises(NotAllowed):
            ban(a_member(), days=2, reason=WHY, by=somebody())


def test_strikes_expire():
    statement = decide(a_report().case, "hide", reason=WHY, by=a_moderator())
    given = strike(statement, by=a_moderator())
    assert active_strikes(statement.member).count() == 1
    given.expires_at = timezone.now() - timedelta(seconds=1)
    given.save()
    assert active_strikes(statement.member).count() == 0
