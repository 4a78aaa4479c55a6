"""The history of a poll: who of the bank did what, under which role and when; never who took part or what anyone chose."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.events import publish
from core.models import Event
from members.domain.erasing import erase
from polls.domain.closing import close, close_due, reopen
from polls.domain.counting_in import count_in
from polls.domain.deciding import decide
from polls.domain.duplicating import duplicate
from polls.domain.opening import open_due, open_now, schedule, unschedule
from polls.domain.reminding import remind
from polls.domain.voting import cast_ballot
from polls.domain.weighting import drop_weights, set_weights
from polls.domain.writing import move_close, write_poll
from polls.events import NamesExported
from polls.history import history_of, steps_of
from polls.models import Poll
from tests.factories.members import a_member, a_moderator, a_product_owner, an_administrator, an_auditor
from tests.factories.polls import a_draft, a_question, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
SHARES = "âge;produit;part\n18-25;compte;40\n26-39;;60\n"


def done(poll) -> list[str]:
    """What was done, the first first."""
    return [step.did for step in reversed(steps_of(history_of(poll)))]


def in_days(days: float):
    return timezone.now() + timedelta(days=days)


def change(poll, *, by, title):
    return write_poll(poll, by=by, title=title, questions=[a_question()], opens_at=in_days(1), closes_at=in_days(6))


def test_each_verb_stands_in_it_in_the_order_in_which_it_was_done():
    for _ in range(3):
        a_member()
    owner = a_product_owner()
    poll = a_draft(by=owner)
    poll = change(poll, by=owner, title="Quel cadeau vous plairait ?")
    poll = unschedule(schedule(poll, by=owner), by=owner)
    poll = remind(open_now(poll, by=owner), by=owner)
    votes(poll, 0, customers=6)
    move_close(poll, closes_at=in_days(9), by=owner, now=timezone.now())
    set_weights(poll, SHARES, by=owner)
    drop_weights(poll, by=owner)
    poll = reopen(close(poll, by=owner), closes_at=in_days(3), by=owner)
    decide(close(poll, by=owner), "Nous lançons les frais offerts au printemps.", by=owner)
    assert done(poll) == [
        "created", "changed", "scheduled", "unscheduled", "opened", "reminded", "close_moved", "weighted", "unweighted", "closed",
        "reopened", "closed", "decided",
    ]  # fmt: skip
    assert {(step.by, step.role) for step in steps_of(history_of(poll))} == {(str(owner), "Responsable produit")}


def test_what_counts_after_all_is_said_with_its_reason_and_its_end():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    why = "Ces comptes viennent de notre invitation en agence."
    count_in(poll, ["new"], reason=why, by=owner)
    count_in(poll, [], reason="Nous nous étions trompés d’invitation.", by=owner)
    out, counted = steps_of(history_of(poll))[:2]
    assert (out.did, counted.did, counted.detail) == ("counted_out", "counted_in", why)


def test_what_the_clock_did_has_nobody():
    owner = a_product_owner()
    a_member()
    poll = schedule(a_draft(by=owner, opens_at=in_days(1), closes_at=in_days(4)), by=owner)
    with time_machine.travel(in_days(2)):
        open_due()
    with time_machine.travel(in_days(5)):
        close_due()
    clock = [(step.did, step.by, step.role) for step in steps_of(history_of(poll))[:2]]
    assert clock == [("closed", "", ""), ("opened", "", "")]


def test_nothing_of_who_took_part_is_in_it(client):
    poll, voter = an_open_poll(confidential=False), a_member(nickname="Maëlle Riou")
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    assert done(poll) == ["created", "opened"]
    client.force_login(an_auditor())
    assert "Maëlle" not in client.get(reverse("polls_studio:history", args=[poll.public_id])).content.decode()


def test_changes_of_one_person_on_one_day_are_one_step_and_another_s_are_another():
    owner, colleague = a_product_owner(), a_product_owner()
    day = timezone.now().replace(hour=9)
    with time_machine.travel(day, tick=False):
        poll = a_draft(by=owner)
    for minutes in range(1, 4):
        with time_machine.travel(day + timedelta(minutes=minutes), tick=False):
            change(poll, by=owner, title=f"Quel cadeau, version {minutes} ?")
    with time_machine.travel(day + timedelta(minutes=9), tick=False):
        change(poll, by=colleague, title="Quel cadeau, enfin ?")
    with time_machine.travel(day + timedelta(days=1), tick=False):
        change(poll, by=colleague, title="Quel cadeau, vraiment ?")
    steps = steps_of(history_of(poll))
    assert [(step.did, step.by, step.times) for step in steps] == [
        ("changed", str(colleague), 1), ("changed", str(colleague), 1), ("changed", str(owner), 3), ("created", str(owner), 1),
    ]  # fmt: skip
    assert (steps[2].since, steps[2].at) == (day + timedelta(minutes=1), day + timedelta(minutes=3))


def test_a_copy_begins_a_history_of_its_own():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    copy = duplicate(poll, by=owner)
    assert (done(copy), done(poll)) == (["created"], ["created", "opened"])


def test_role_is_that_of_the_day_and_an_erased_colleague_is_not_named():
    owner = a_product_owner(nickname="Yann Kerbrat")
    poll = an_open_poll(by=owner)
    owner.groups.clear()
    erase(owner, by=owner)
    [opened, _created] = steps_of(history_of(poll))
    assert opened.role == "Responsable produit" and "Yann" not in opened.by
    assert Event.objects.get(name="PollOpened").role == "product_owner"


def test_members_have_no_role_in_the_record_and_administrators_theirs():
    poll = an_open_poll(by=an_administrator())
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    assert dict(Event.objects.values_list("name", "role")) == {
        "PollWritten": "administrator", "PollOpened": "administrator", "BallotCast": "",
    }  # fmt: skip


def test_page_is_read_by_who_reads_the_studio_and_by_nobody_else(client):
    poll = an_open_poll()
    address = reverse("polls_studio:history", args=[poll.public_id])
    client.force_login(an_auditor())
    page = client.get(address).content.decode()
    assert "Ouvert ; les membres invités sont prévenus" in page.replace("\xa0", " ").replace("\u202f", " ")
    assert address in client.get(reverse("polls_studio:live", args=[poll.public_id])).content.decode()
    for other in (a_member(), a_moderator()):
        client.force_login(other)
        assert client.get(address).status_code in (302, 403, 404)
        assert client.get(reverse("api_desk_poll_history", args=[poll.public_id])).status_code == 403


def test_a_draft_has_it_too(client):
    draft = a_draft()
    client.force_login(a_product_owner())
    address = reverse("polls_studio:history", args=[draft.public_id])
    assert address in client.get(reverse("polls_studio:write", args=[draft.public_id])).content.decode()
    assert "Créé" in client.get(address).content.decode()


def test_long_history_is_read_by_pages(client):
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    for _ in range(60):
        publish(NamesExported(poll_id=poll.pk, kind="csv"), by=owner)
    client.force_login(owner)
    address = reverse("polls_studio:history", args=[poll.public_id])
    first = client.get(address)
    assert len(first.context["steps"]) == 50 and first.context["next"]
    second = client.get(address, {"cursor": first.context["next"]})
    assert [step.did for step in second.context["steps"]][-2:] == ["opened", "created"]
    assert len(second.context["steps"]) == 12
    assert client.get(address, {"cursor": "nonsense"}).status_code == 400


def test_history_costs_the_same_queries_whatever_its_length(client):
    seen = []
    for people in (1, 4):
        owner = a_product_owner()
        poll = an_open_poll(by=owner)
        for _ in range(people):
            publish(NamesExported(poll_id=poll.pk, kind="csv"), by=a_product_owner())
        client.force_login(an_auditor())
        for url in ("polls_studio:history", "api_desk_poll_history"):
            address = reverse(url, args=[poll.public_id])
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            seen.append(sum("core_event" in query["sql"] for query in asked) * 100 + len(asked))
    assert seen[:2] == seen[2:]
    assert seen[0] // 100 == seen[1] // 100 == 1


def test_api_reads_the_same_steps(client):
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    reopen(close(poll, by=owner), closes_at=in_days(3), by=owner)
    client.force_login(owner)
    rows = client.get(reverse("api_desk_poll_history", args=[poll.public_id])).json()["results"]
    assert [row["did"] for row in rows] == ["reopened", "closed", "opened", "created"]
    assert rows[0]["detail"].startswith("jusqu’au") and rows[0]["by"] == str(owner)
    assert {*rows[0]} == {"id", "did", "said", "detail", "by", "role", "at", "since", "times"}
    assert client.get(reverse("api_desk_poll_history", args=["zzzzzzzzzzzz"])).status_code == 404


def test_record_that_says_less_than_today_is_still_read():
    """Events are never rewritten: those of before a field was there are read without it."""
    poll = Poll.objects.get(pk=a_draft().pk)
    for name, payload in (("PollWritten", {}), ("PollReopened", {}), ("BallotsCountedIn", {}), ("PollWeighted", {})):
        Event.objects.create(name=name, payload={"poll_id": poll.pk} | payload, actor="nobody-there")
    assert len(steps_of(history_of(poll))) == 5
