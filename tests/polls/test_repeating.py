"""An app on a bad network sends again what it does not know was done: it is done once, and answered the same."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from core.models import Event
from polls.domain.closing import close
from polls.domain.duplicating import duplicate
from polls.domain.reacting import react
from polls.domain.remarking import edit_remark
from polls.domain.repeating import forget_requests, made_once
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Made, Participation, Poll, Remark, Tally, VisualReaction
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_consultation, a_draft, an_open_poll, options_of, visuals_of
from tests.polls.test_counting import costs
from tests.racing import at_once

pytestmark = pytest.mark.django_db
WORDS = {"fr": "Cette clé", "en": "This Idempotency-Key"}


@pytest.fixture(autouse=True)
def own_cache(settings):
    """Kept apart from the database, so that what is rolled back there stays here, as with Redis."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "repeating"}}
    yield
    cache.clear()


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def send(client, method, path, body=None, *, key="k-1", language="fr", space="polls"):
    headers = {"Accept-Language": language} | ({"Idempotency-Key": key} if key else {})
    return getattr(client, method)(f"/api/v1/{space}/{path}", body, content_type="application/json", headers=headers)


def put(client, poll, option, **more):
    return send(client, "put", f"{poll.public_id}/ballot/", {"options": [option]}, **more)


def refused(answer):
    return answer.status_code, answer.json()["code"]


# Ballots


@pytest.mark.parametrize("key", ["", "k-1"])
def test_same_ballot_sent_three_times_is_one_with_one_receipt_and_one_event(client, member, key):
    poll = an_open_poll()
    answers = [put(client, poll, options_of(poll)[0], key=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert len({answer.content for answer in answers}) == 1
    assert Participation.objects.count() == Ballot.objects.count() == 1
    assert Tally.objects.get(dimension="all", option=None, question=None, key="").count == 1
    assert Event.objects.filter(name="BallotCast").count() == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_key_of_another_ballot_is_refused_in_words_and_changes_nothing(client, member, language):
    poll = an_open_poll()
    first, second, _third = options_of(poll)
    put(client, poll, first)
    answer = put(client, poll, second, language=language)
    assert refused(answer) == (422, "key_reused")
    assert answer.json()["detail"].startswith(WORDS[language])
    assert put(client, poll, second, key="k-2").status_code == 200
    assert [second] in Ballot.objects.get().choices.values()


def test_repeated_ballot_does_not_undo_a_later_one(client, member):
    poll = an_open_poll()
    first, second, _third = options_of(poll)
    was = put(client, poll, first)
    cast_ballot(poll.public_id, [second], by=member)  # from the site, meanwhile
    assert put(client, poll, first).json() == was.json()
    assert [second] in Ballot.objects.get().choices.values()
    put(client, poll, first, key="")  # without a key it is a change like any other
    assert [first] in Ballot.objects.get().choices.values()


@pytest.mark.parametrize("sealed", [False, True])
def test_ballot_whose_answer_was_lost_has_its_receipt_after_the_close(client, member, sealed):
    owner = a_product_owner()
    poll = an_open_poll(by=owner, sealed=sealed)
    was = put(client, poll, options_of(poll)[0]).json()
    close(poll, by=owner)
    again = put(client, poll, options_of(poll)[0])
    assert again.status_code == 200
    assert (again.json()["receipt"], again.json()["options"]) == (was["receipt"], was["options"])
    assert refused(put(client, poll, options_of(poll)[0], key="k-2")) == (409, "poll_closed")
    assert Event.objects.filter(name="BallotCast").count() == 1


def test_late_ballot_of_who_has_voted_is_told_that_the_first_one_stands(client, member):
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    first, second, _third = options_of(poll)
    put(client, poll, first, key="")
    close(poll, by=owner)
    answer = put(client, poll, second, key="")
    assert refused(answer) == (409, "poll_closed")
    assert "reste valable" in answer.json()["detail"]
    client.force_login(a_member())
    assert "n’a pas été compté" in put(client, poll, second, key="").json()["detail"]


@pytest.mark.parametrize(("moment", "status"), [(-1000, 200), (-1, 200), (0, 409), (1, 409), (1000, 409)])
def test_ballot_counts_up_to_the_close_by_the_servers_clock_and_not_at_it(client, member, moment, status):
    poll = an_open_poll()
    poll.refresh_from_db()
    chosen = options_of(poll)[0]
    with time_machine.travel(poll.closes_at + timedelta(microseconds=moment), tick=False):
        client.force_login(member)
        answer = put(client, poll, chosen)
        assert answer.status_code == status
        assert Ballot.objects.count() == (status == 200)
        assert read(client, poll)["state"] == ("open" if status == 200 else "closed")
        if status == 409:
            assert answer.json()["code"] == "poll_closed"
            assert refused(put(client, poll, chosen)) == (409, "poll_closed"), "a refusal is no ballot to be repeated"
            assert not Participation.objects.exists()


def read(client, poll) -> dict:
    return client.get(f"/api/v1/polls/{poll.public_id}/").json()


def test_refused_ballot_may_be_mended_under_the_same_key(client, member):
    poll = an_open_poll()
    assert refused(put(client, poll, "zzzzzzzzzzzz")) == (400, "unknown_option")
    assert put(client, poll, options_of(poll)[0]).status_code == 200


def test_key_is_ones_own_and_the_polls_own(client, member):
    poll, other = an_open_poll(), an_open_poll()
    receipts = {put(client, one, options_of(one)[place]).json()["receipt"] for one, place in ((poll, 0), (other, 1))}
    client.force_login(a_member())
    receipts.add(put(client, poll, options_of(poll)[2]).json()["receipt"])
    assert len(receipts) == Ballot.objects.count() == 3


def test_what_is_kept_of_a_key_says_neither_who_nor_what(client, member):
    poll = an_open_poll()
    put(client, poll, options_of(poll)[0])
    kept = " ".join(f"{key} {cache.get(key.rpartition(':1:')[2])}" for key in cache._cache if "once" in key)
    assert "once:" in kept
    for secret in (member.public_id, poll.public_id, *options_of(poll), Ballot.objects.get().receipt, "k-1"):
        assert secret not in kept


@pytest.mark.parametrize("path", ["{poll}/ballot/", "{poll}/visuals/{visual}/reaction/", "{poll}/comments/"])
def test_key_is_a_hundred_characters_at_most(client, member, path):
    poll = a_consultation()
    path = path.format(poll=poll.public_id, visual=visuals_of(poll)[0])
    body = {"options": options_of(poll)[::2], "kind": "cold", "body": "Très clair."}
    method = "post" if path.endswith("comments/") else "put"
    body = {"options": body["options"]} if "ballot" in path else body
    assert refused(send(client, method, path, body, key="x" * 101)) == (400, "key_too_long")
    assert send(client, method, path, body, key="x" * 100).status_code in (200, 201)


def test_ballot_with_a_key_costs_six(client, member):
    poll = an_open_poll()
    chosen = options_of(poll)[0]
    with costs(6):
        assert put(client, poll, chosen).status_code == 200


# Reactions


def test_repeated_reaction_does_not_undo_a_later_one_and_is_answered_after_the_close(client, member):
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    [visual, *_rest] = visuals_of(poll)
    path = f"{poll.public_id}/visuals/{visual}/reaction/"
    assert send(client, "put", path, {"kind": "worries"}).status_code == 200
    react(poll.public_id, visual, "convinces", by=member)
    again = send(client, "put", path, {"kind": "worries"})
    assert again.status_code == 200
    assert [one["kind"] for one in again.json()["reactions"] if one["mine"]] == ["convinces"]
    assert refused(send(client, "put", path, {"kind": "cold"})) == (422, "key_reused")
    assert refused(send(client, "delete", path)) == (422, "key_reused")
    close(poll, by=owner)
    assert send(client, "put", path, {"kind": "worries"}).status_code == 200
    assert refused(send(client, "put", path, {"kind": "worries"}, key="k-2")) == (409, "poll_closed")
    assert VisualReaction.objects.get().kind == "convinces"


# Comments


def test_same_comment_sent_again_is_one_and_comes_back_as_it_is_now(client, member):
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    path = f"{poll.public_id}/comments/"
    made, again = (send(client, "post", path, {"body": "Le taux ne se lit pas."}) for _ in range(2))
    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json() == again.json()
    assert Remark.objects.count() == Event.objects.filter(name="RemarkPosted").count() == 1
    edit_remark(Remark.objects.get(), body="Le taux se lit mal.", by=member)
    close(poll, by=owner)
    assert send(client, "post", path, {"body": "Le taux ne se lit pas."}).json()["body"] == "Le taux se lit mal."
    for language in ("fr", "en"):
        other = send(client, "post", path, {"body": "Autre chose."}, language=language)
        assert refused(other) == (422, "key_reused")
        assert other.json()["detail"].startswith(WORDS[language])
    assert refused(send(client, "post", path, {"body": "Autre chose."}, key="k-2")) == (409, "remarks_closed")


def test_comments_without_a_key_are_two_and_keys_are_ones_own(client, member):
    path = f"{a_consultation().public_id}/comments/"
    for _ in range(2):
        assert send(client, "post", path, {"body": "Encore."}, key="").status_code == 201
    send(client, "post", path, {"body": "Encore."})
    client.force_login(a_member())
    send(client, "post", path, {"body": "Encore."})
    assert Remark.objects.count() == 4


def test_key_of_a_comment_belongs_to_its_poll(client, member):
    one, other = a_consultation(), a_consultation()
    send(client, "post", f"{one.public_id}/comments/", {"body": "Encore."})
    assert refused(send(client, "post", f"{other.public_id}/comments/", {"body": "Encore."})) == (422, "key_reused")


# Polls, by their makers


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def make(client, path, body=None, **more):
    return send(client, "post", path, body, space="desk", **more)


@pytest.mark.parametrize("path", ["polls/{poll}/duplicate/", "polls/{poll}/template/", "poll-templates/welcome/draft/"])
def test_copy_asked_for_three_times_with_a_key_is_one(client, owner, path):
    poll = a_draft(by=owner)
    path = path.format(poll=poll.public_id)
    answers = [make(client, path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert len({answer.content for answer in answers}) == 1
    assert Poll.objects.count() == Event.objects.filter(name="PollWritten").count() == 2
    for _ in range(2):
        make(client, path, key="")
    make(client, path, key="k-2")
    assert Poll.objects.count() == 5


def test_copy_asked_for_again_comes_as_it_is_now(client, owner):
    path = f"polls/{a_draft(by=owner).public_id}/duplicate/"
    made = make(client, path).json()
    Poll.objects.filter(public_id=made["id"]).update(title="Autrement dit ?")
    assert make(client, path).json() == made | {"title": "Autrement dit ?"}


def test_poll_sent_again_is_one_and_with_another_body_refused(client, owner):
    body = {
        "title": "Quelle carte ?", "closes_at": "2030-05-04T12:00:00Z", "kinds": ["customer"],
        "questions": [{"options": [{"text": "Bleue"}, {"text": "Verte"}]}],
    }  # fmt: skip
    made, again = (make(client, "polls/", body) for _ in range(2))
    assert made.status_code == 201 and made.json() == again.json()
    for language in ("fr", "en"):
        other = make(client, "polls/", body | {"title": "Quelle autre ?"}, language=language)
        assert refused(other) == (422, "key_reused")
        assert other.json()["detail"].startswith(WORDS[language])
    assert Poll.objects.count() == 1


def test_refused_poll_may_be_mended_under_the_same_key(client, owner):
    body = {"title": "Quelle carte ?", "questions": [{"options": [{"text": "4111 1111 1111 1111"}, {"text": "Verte"}]}]}
    assert refused(make(client, "polls/", body)) == (400, "private_data")
    body["questions"][0]["options"][0]["text"] = "Bleue"
    assert make(client, "polls/", body).status_code == 201
    assert make(client, "polls/", body).status_code == 201
    assert Poll.objects.count() == Made.objects.count() == 1


def test_key_of_a_copy_is_ones_own_and_the_polls_own(client, owner):
    one, other = a_draft(by=owner), a_draft(by=owner)
    ids = {make(client, f"polls/{poll.public_id}/duplicate/").json()["id"] for poll in (one, other)}
    client.force_login(a_product_owner())
    ids.add(make(client, f"polls/{one.public_id}/duplicate/").json()["id"])
    assert len(ids) == 3
    assert refused(make(client, f"polls/{one.public_id}/duplicate/", key="x" * 101)) == (400, "key_too_long")


def test_who_may_not_write_polls_makes_none_with_a_key_either(client):
    poll = a_draft()
    client.force_login(an_auditor())
    for path in (f"polls/{poll.public_id}/duplicate/", "poll-templates/welcome/draft/"):
        assert [refused(make(client, path)) for _ in range(2)] == [(403, "not_allowed")] * 2
    assert (Poll.objects.count(), Made.objects.count()) == (1, 0)


def test_request_is_forgotten_after_a_day_and_says_nothing_until_then(client, owner):
    poll = a_draft(by=owner)
    made = make(client, f"polls/{poll.public_id}/duplicate/").json()
    kept = " ".join(str(value) for value in Made.objects.values_list("place", "mark").get())
    for secret in (owner.public_id, poll.public_id, made["id"], "k-1", "duplicate"):
        assert secret not in kept
    forget_requests()
    assert Made.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        forget_requests()
    assert Made.objects.count() == 0
    assert Poll.objects.count() == 2


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_copy_asked_for_eight_times_at_once_is_one():
    owner = a_product_owner()
    poll = a_draft(by=owner)
    jobs = [lambda: made_once(lambda: duplicate(poll, by=owner), "duplicate", key="k-1", by=owner)] * 8
    assert at_once(jobs, threads=8) == {"ok": 8}
    assert Poll.objects.count() == Event.objects.filter(name="PollWritten").count() == 2


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_one_comment_sent_eight_times_at_once_is_one():
    from polls.domain.remarking import remark_on

    poll, member = a_consultation(), a_member()
    answers = at_once([lambda: remark_on(poll, body="Le taux ne se lit pas.", by=member, key="k-1")] * 8, threads=8)
    assert answers == {"ok": 8}
    assert Remark.objects.count() == Event.objects.filter(name="RemarkPosted").count() == 1
