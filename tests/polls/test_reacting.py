"""Reactions to the visuals of a consultation: one each, counted, published five people at a time, under the results policy."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import privacy
from core.errors import Invalid, NotFound, NotSignedIn
from members.permissions import Banned
from polls import consulting
from polls.domain.closing import close, close_due, reopen
from polls.domain.pacing import TooMany
from polls.domain.publishing_reactions import reactions_to
from polls.domain.reacting import react, recount_reactions
from polls.domain.remarking import remark_on
from polls.domain.voting import cast_ballot
from polls.models import Poll, VisualCount, VisualReaction
from polls.permissions import Closed, NotInAudience, Sight
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.polls import a_consultation, a_remark, an_open_poll, options_of, visuals_of

pytestmark = pytest.mark.django_db


def the_counts(poll, place=0) -> dict:
    return VisualCount.objects.get(question__public_id=visuals_of(poll)[place]).counts


def shown(poll, place=0) -> dict:
    return VisualCount.objects.get(question__public_id=visuals_of(poll)[place]).shown


def many_react(poll, kinds, place=0):
    for kind in kinds:
        react(poll.public_id, visuals_of(poll)[place], kind, by=a_member())


def test_a_member_reacts_once_to_each_visual_changes_and_takes_back():
    poll, member = a_consultation(), a_member()
    first, second = visuals_of(poll)
    for _again in range(2):
        react(poll.public_id, first, "convinces", by=member)
    react(poll.public_id, second, "cold", by=member)
    assert the_counts(poll) == {"convinces": 1, "cold": 0, "worries": 0}
    react(poll.public_id, first, "worries", by=member)
    assert the_counts(poll) == {"convinces": 0, "cold": 0, "worries": 1}
    for _again in range(2):
        react(poll.public_id, first, "", by=member)
    assert the_counts(poll) == {"convinces": 0, "cold": 0, "worries": 0}
    assert the_counts(poll, 1) == {"convinces": 0, "cold": 1, "worries": 0}


def test_the_database_keeps_one_reaction_for_each_member_and_visual():
    poll, member = a_consultation(), a_member()
    mine = react(poll.public_id, visuals_of(poll)[0], "cold", by=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisualReaction.objects.create(question=mine.question, member=member, kind="worries")


def test_who_may_not_vote_may_not_react():
    poll = a_consultation(kinds=["customer"])
    visual = visuals_of(poll)[0]
    with pytest.raises(NotInAudience):
        react(poll.public_id, visual, "cold", by=a_member(kind="prospect"))
    with pytest.raises(Banned):
        react(poll.public_id, visual, "cold", by=a_member(banned_until=timezone.now() + timezone.timedelta(days=3)))
    close(poll, by=a_product_owner())
    with pytest.raises(Closed):
        react(poll.public_id, visual, "cold", by=a_member(kind="customer"))


def test_what_is_no_visual_of_a_consultation_cannot_be_reacted_to():
    plain, poll, member = an_open_poll(), a_consultation(), a_member()
    with pytest.raises(NotFound):
        react(plain.public_id, plain.questions.get().public_id, "cold", by=member)
    with pytest.raises(NotFound):
        react(poll.public_id, "zzzzzzzzzzzz", "cold", by=member)
    with pytest.raises(Invalid):
        react(poll.public_id, visuals_of(poll)[0], "bored", by=member)
    draft = a_consultation(is_open=False)
    with pytest.raises(NotFound):
        react(draft.public_id, visuals_of(draft)[0], "cold", by=member)


def test_a_circle_s_visuals_are_for_its_people():
    circle = a_circle()
    poll = a_consultation()
    Poll.objects.filter(pk=poll.pk).update(circle=circle)
    with pytest.raises(NotFound):
        react(poll.public_id, visuals_of(poll)[0], "cold", by=a_member())


def test_forty_reactions_a_minute_are_enough(settings):
    settings.LAB = settings.LAB | {"REACTIONS_PER_MINUTE": 1}
    poll, member = a_consultation(), a_member()
    react(poll.public_id, visuals_of(poll)[0], "cold", by=member)
    with pytest.raises(TooMany):
        react(poll.public_id, visuals_of(poll)[1], "cold", by=member)


def test_counts_are_published_from_five_people_on_and_move_five_people_at_a_time():
    poll = a_consultation()
    many_react(poll, ["convinces"] * 4 + ["worries"] + ["cold"] * 4)
    assert shown(poll) == {}
    many_react(poll, ["cold"])  # the tenth: the first five are five behind
    assert shown(poll) == {"convinces": 4, "cold": 0, "worries": 1}
    many_react(poll, ["worries"] * 4)
    assert shown(poll) == {"convinces": 4, "cold": 0, "worries": 1}
    many_react(poll, ["worries"])
    assert shown(poll) == {"convinces": 4, "cold": 5, "worries": 1}


def on_page(poll, reader=None) -> tuple[dict, int]:
    """What a reader finds of the first visual: counts by kind, and how many are held back."""
    poll = Poll.objects.with_questions().get(pk=poll.pk)
    visual = consulting.visuals_of(reader or AnonymousUser(), poll, Sight(True))[0]
    return {one.kind: one.count for one in visual.reactions if one.count}, visual.held_back


@pytest.mark.parametrize("so_many", [5, 7, 9, 10, 13])
def test_the_close_publishes_every_reaction_once_and_differs_by_five_people_from_what_was_shown(so_many):
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    many_react(poll, ["convinces"] * so_many)
    before, _held = on_page(poll)
    assert before == {} or so_many - before["convinces"] >= 5
    close(poll, by=owner)
    assert on_page(poll) == ({"convinces": so_many}, 0)
    assert on_page(poll, owner) == ({"convinces": so_many}, 0)


def test_four_reactions_are_not_shown_at_the_close_either():
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    many_react(poll, ["worries"] * 4)
    close(poll, by=owner)
    assert on_page(poll) == ({}, 0)


def opened_again(poll, owner):
    close(poll, by=owner)
    return reopen(Poll.objects.get(pk=poll.pk), closes_at=timezone.now() + timezone.timedelta(days=2), by=owner)


def test_opening_again_for_one_person_tells_nothing_of_them(client):
    """Who read the table of the first close, and knows who came after it, finds the same one: open, closed and opened again."""
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    many_react(poll, ["convinces"] * 7)
    opened_again(poll, owner)
    assert on_page(poll) == ({"convinces": 7}, 0)
    many_react(poll, ["worries"])
    assert on_page(poll) == ({"convinces": 7}, 0)
    close(poll, by=owner)
    assert on_page(poll, owner) == ({"convinces": 7}, 1)
    client.force_login(a_member())
    assert "1 réaction est arrivée" in client.get(poll.get_absolute_url()).content.decode().replace("\xa0", " ")
    opened_again(
        Poll.objects.get(pk=reopen(poll, closes_at=timezone.now() + timezone.timedelta(days=1), by=owner).pk), owner
    )
    assert on_page(poll)[0] == {"convinces": 7}
    many_react(poll, ["cold"] * 4)  # with the one before: five
    close(poll, by=owner)
    assert on_page(poll) == ({"convinces": 7, "worries": 1, "cold": 4}, 0)


def test_one_person_who_turns_after_a_re_opening_is_not_told_by_the_next_close():
    owner, curious = a_product_owner(), a_member()
    poll = a_consultation(by=owner)
    many_react(poll, ["convinces"] * 6)
    react(poll.public_id, visuals_of(poll)[0], "worries", by=curious)
    opened_again(poll, owner)
    for kind in ["cold", "", "convinces", "cold"]:
        react(poll.public_id, visuals_of(poll)[0], kind, by=curious)
    close(poll, by=owner)
    assert on_page(poll) == ({"convinces": 6, "worries": 1}, 1)


def test_table_of_the_close_stays_when_someone_who_took_their_reaction_back_is_erased():
    owner, leaver = a_product_owner(), a_member()
    poll = a_consultation(by=owner)
    react(poll.public_id, visuals_of(poll)[0], "cold", by=leaver)
    many_react(poll, ["convinces"] * 9)
    assert on_page(poll) == ({"cold": 1, "convinces": 4}, 0)
    react(poll.public_id, visuals_of(poll)[0], "", by=leaver)
    close(poll, by=owner)
    assert on_page(poll) == ({"convinces": 9}, 0)
    privacy.holdings["polls.VisualReaction"].erase(leaver)
    assert on_page(poll) == ({"convinces": 9}, 0)


def test_counts_published_in_another_way_than_now_are_never_left_by_fewer_than_five():
    """Polls of before the step was kept waiting: what they showed may be one person behind."""
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    many_react(poll, ["convinces"] * 6)
    count = VisualCount.objects.get()
    VisualCount.objects.update(
        shown={"convinces": 5}, shown_at=VisualReaction.objects.order_by("at")[4].at, waiting_at=None
    )
    close(poll, by=owner)
    assert count.convinces == 6 and on_page(poll) == ({"convinces": 5}, 1)


def test_nobody_brings_the_figures_to_move_by_turning_their_own_reaction():
    poll, curious = a_consultation(), a_member()
    many_react(poll, ["convinces"] * 5)
    many_react(poll, ["worries"])
    for kind in ["cold", "convinces", ""] * 4:
        react(poll.public_id, visuals_of(poll)[0], kind, by=curious)
    assert shown(poll) == {}
    many_react(poll, ["cold"] * 3)
    assert shown(poll) == {"convinces": 5, "cold": 0, "worries": 0}


def test_reactions_of_the_bank_and_of_new_accounts_are_kept_and_not_counted(settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24}
    poll = a_consultation()
    react(poll.public_id, visuals_of(poll)[0], "convinces", by=a_moderator())
    react(poll.public_id, visuals_of(poll)[0], "convinces", by=a_member(date_joined=timezone.now()))
    assert not VisualCount.objects.exists()
    assert VisualReaction.objects.filter(counted=False).count() == 2
    assert recount_reactions(poll) == 0


def test_recount_sets_right_what_had_drifted_and_says_how_much():
    poll = a_consultation()
    many_react(poll, ["convinces", "cold", "cold"])
    VisualCount.objects.update(cold=9, worries=1)
    said = StringIO()
    call_command("recount_polls", stdout=said)
    assert "drift 2" in said.getvalue()
    assert the_counts(poll) == {"convinces": 1, "cold": 2, "worries": 0}
    assert recount_reactions(poll) == 0


def test_counts_are_seen_by_who_sees_the_results_and_by_nobody_else(client):
    poll, voter = a_consultation(results_policy="after_vote"), a_member()
    many_react(poll, ["convinces"] * 41)
    address = reverse("polls:show", args=[poll.public_id, poll.slug])
    api = f"/api/v1/polls/{poll.public_id}/"
    client.force_login(voter)
    assert "feeling__n" not in client.get(address).content.decode()
    assert client.get(api).json()["visuals"][0]["reactions"][0]["count"] is None
    cast_ballot(poll.public_id, [options_of(poll)[0], options_of(poll)[2]], by=voter)
    assert "feeling__n" in client.get(address).content.decode()
    assert client.get(api).json()["visuals"][0]["reactions"][0]["count"] == 35


def test_a_policy_of_after_the_close_hides_the_counts_again_when_the_poll_opens_again(client):
    owner = a_product_owner()
    poll = a_consultation(by=owner, results_policy="after_close")
    many_react(poll, ["worries"] * 10)
    address = reverse("polls:show", args=[poll.public_id, poll.slug])
    assert "feeling__n" not in client.get(address).content.decode()
    close(poll, by=owner)
    assert "feeling__n" in client.get(address).content.decode()
    reopen(poll, closes_at=timezone.now() + timezone.timedelta(days=2), by=owner)
    assert "feeling__n" not in client.get(address).content.decode()


def test_a_sealed_consultation_shows_no_count_to_the_bank_either(client):
    poll = a_consultation(sealed=True, results_policy="always")
    many_react(poll, ["worries"] * 10)
    client.force_login(a_product_owner())
    assert "feeling__n" not in client.get(poll.get_absolute_url()).content.decode()


def test_a_reaction_that_comes_in_just_after_the_hour_stands_alone_between_no_two_counts():
    poll, late = a_consultation(visuals=1), a_member()
    many_react(poll, ["cold"] * 10)

    def read():
        found = Poll.objects.get(pk=poll.pk)
        questions = list(found.questions.all())
        return sum(reactions_to(questions, found, AnonymousUser())[questions[0].pk][1].counts.values())

    with time_machine.travel(poll.closes_at + timedelta(milliseconds=2), tick=False):
        seen = [read()]
    with time_machine.travel(poll.closes_at - timedelta(milliseconds=1), tick=False):
        react(poll.public_id, visuals_of(poll)[0], "cold", by=late)
    with time_machine.travel(poll.closes_at + timedelta(milliseconds=9), tick=False):
        seen.append(read())
        close_due()
        seen.append(read())
    assert seen == [5, 5, 11]


def test_it_is_said_under_the_visuals_that_a_reaction_is_kept_with_the_account(client):
    said = "Votre réaction est gardée avec votre compte\u202f; seuls les totaux sont montrés."
    poll = a_consultation()
    assert said in client.get(poll.get_absolute_url()).content.decode()
    assert said not in client.get(an_open_poll().get_absolute_url()).content.decode()


def test_without_javascript_a_reaction_comes_back_to_the_visual_and_with_htmx_it_changes_in_place(client):
    poll, member = a_consultation(), a_member()
    visual = visuals_of(poll)[0]
    client.force_login(member)
    address = reverse("polls:visual_react", args=[poll.public_id, visual])
    answer = client.post(address, {"kind": "convinces"})
    assert answer.status_code == 302 and answer["Location"].endswith(f"#visual-{visual}")
    answer = client.post(address, {"kind": "worries"}, headers={"HX-Request": "true"})
    assert 'name="kind" value="" aria-pressed="true"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert client.post(address, {"kind": "bored"}).status_code == 400


def test_a_visitor_is_led_to_the_door_and_back_to_the_visual(client):
    poll = a_consultation()
    address = reverse("polls:visual_react", args=[poll.public_id, visuals_of(poll)[0]])
    answer = client.post(address, {"kind": "convinces"})
    assert answer.status_code == 302 and "next=" in answer["Location"] and "visual-" in answer["Location"]
    assert not VisualReaction.objects.exists()
    with pytest.raises(NotSignedIn):
        react(poll.public_id, visuals_of(poll)[0], "cold", by=AnonymousUser())


FRAME = ('FROM "django_session"', 'FROM "members_member" WHERE "members_member"."id" =', 'FROM "auth_group"',
         'FROM "notifications_notification"', "lab_cache", "SAVEPOINT")  # fmt: skip


def own_queries(client, poll) -> list[str]:
    """Those of the poll's page, its frame apart: the session, the member, their roles and the bell."""
    client.get(poll.get_absolute_url())  # what a process keeps (menus, settings) is read once
    with CaptureQueriesContext(connection) as seen:
        assert client.get(poll.get_absolute_url()).status_code == 200
    asked = [query["sql"] for query in seen.captured_queries]
    return [sql for sql in asked if not any(mark in sql for mark in FRAME)]


# the poll with its numbers; questions with reactions; options; the result; remarks; and one's ballot
@pytest.mark.parametrize(("who", "most"), [("out", 5), ("in", 5), ("voted", 6), ("spoke", 6), ("staff", 5)])
@pytest.mark.parametrize(("visuals", "said"), [(1, 0), (1, 1), (3, 25)])
def test_a_consultation_costs_six_queries_at_most_however_many_visuals_and_comments(client, who, most, visuals, said):
    reader = a_product_owner() if who == "staff" else a_member()
    poll = a_consultation(visuals=visuals, results_policy="always")
    for _ in range(said):
        a_remark(poll)
    many_react(poll, ["convinces"] * 10)
    if who in ("voted", "spoke"):
        react(poll.public_id, visuals_of(poll)[0], "cold", by=reader)
        cast_ballot(poll.public_id, options_of(poll)[::2], by=reader)  # “yes” to each
    if who == "spoke":
        remark_on(poll, body="Je trouve la première bien plus claire.", by=reader)
    if who != "out":
        client.force_login(reader)
    found = own_queries(client, poll)
    assert len(found) == most, found
    close(poll, by=a_product_owner())
    found = own_queries(client, poll)
    assert len(found) == most, found


def test_the_app_reacts_and_takes_back_by_its_own_address(client):
    poll, member = a_consultation(), a_member()
    client.force_login(member)
    address = reverse("api_poll_reaction", args=[poll.public_id, visuals_of(poll)[1]])
    for _again in range(2):
        answer = client.put(address, {"kind": "cold"}, content_type="application/json")
        assert answer.status_code == 200
        assert [one["kind"] for one in answer.json()["reactions"] if one["mine"]] == ["cold"]
    assert client.put(address, {"kind": "bored"}, content_type="application/json").status_code == 400
    assert [one["mine"] for one in client.delete(address).json()["reactions"]] == [False] * 3


def test_export_lists_my_reactions_and_erasure_keeps_the_counts_without_me():
    poll, member = a_consultation(), a_member()
    react(poll.public_id, visuals_of(poll)[0], "convinces", by=member)
    react(poll.public_id, visuals_of(poll)[1], "cold", by=member)
    react(poll.public_id, visuals_of(poll)[1], "", by=member)
    holding = privacy.holdings["polls.VisualReaction"]
    assert [row["reaction"] for row in holding.export(member)] == ["convinces"]
    holding.erase(member)
    assert list(VisualReaction.objects.values_list("member", "kind")) == [(None, "convinces"), (None, "")]
    assert recount_reactions(poll) == 0
