"""One results policy: every way out of a poll is walked, by each reader, in each state of its life, and none tells early.

The addresses are the site's own list, so a new way out is walked from the day it exists.
"""

import re
from datetime import datetime, time, timedelta
from zipfile import ZipFile

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from board.domain.items import join_poll
from board.models import BoardItem
from cms import demo
from cms.models import NewsPage
from core.worker import Worker
from lab.demo import Demo
from members.domain.exporting import make_archive
from members.models import Member
from polls.charting import charts_of
from polls.domain.answering import Answer
from polls.domain.closing import close, reopen
from polls.domain.deciding import decide
from polls.domain.results import summarise
from polls.domain.voting import cast_ballot
from polls.models import Poll, Tally
from polls.states import ResultsPolicy
from tests.faces.test_matrix import ADDRESSES
from tests.factories.board import an_item
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db
VOTES, BALLOTS = 61_857, 100_003
CAME = 73_915  # who took part by yesterday, a whole number of steps
FIGURES = (
    "61857",
    "61,857",
    "61\u202f857",
    "61\u00a0857",
    "61,9",
    "61.9",
    "0.6185",
    "0.6186",
    "62\u00a0%",
    "62\u202f%",
    "62%",
    "62 %",
)
GROWN = ("73915", "73,915", "73\u202f915", "73\u00a0915")
TURNOUT = {"polls_studio:live", "polls_studio:figures", "api_desk_poll_turnout"}  # the desk's, which is no result
AROUND = ("home", "search", "my_lab", "notifications:inbox", "api_notifications", "member_export", "ideas:feed")
PLAIN = {"polls:show", "api_poll_results", "polls:growth", "api_poll_growth"}  # where who may see it reads it
CHARTS = {"polls:chart", "api_poll_chart"}
GROWTH = {"polls:growth", "api_poll_growth"}
KINDS = ("svg", "png", "csv")
STATES = ("open", "closed", "open again", "closed again", "decided")


def filled(arguments, poll):
    """What an address asks for, of this poll. An argument that is not known here is one nobody walked yet: add it."""
    question = poll.questions.first()
    known = {
        "public_id": poll.public_id,
        "slug": poll.slug,
        "kind": "csv",
        "name": "result",
        "pk": poll.pk,
        "key": poll.public_id,
    }
    known |= dict.fromkeys(("question", "question_id", "visual_id"), question.public_id)
    known["option_id"] = question.options.first().public_id
    return {argument: known[argument] for argument in arguments}


def ways_out(poll):
    """Every address that names a poll, with its charts in each kind of file, and the pages on which one may appear."""
    for name, arguments in ADDRESSES:
        if ("poll" in name and "remark" not in name) or name in AROUND:
            told = filled(arguments, poll)
            for kind in KINDS if name in CHARTS | GROWTH else ("csv",):
                yield name, reverse(name, kwargs=told | ({"kind": kind} if "kind" in told else {}))
    if page := NewsPage.objects.live().first():
        yield "cms", page.url
    for item in BoardItem.objects.filter(evidence__poll=poll):
        yield "board_desk:item", reverse("board_desk:item", args=[item.public_id])


def with_figures(poll):
    """A result that can be recognised wherever it stands, as if so many had voted, all of them yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    Poll.objects.filter(pk=poll.pk).update(arrivals={yesterday.isoformat(): CAME}, counted_until=midnight)
    first = poll.questions.get().options.order_by("position").first()
    tallies = Tally.objects.filter(poll=poll, dimension="all", key="")
    tallies.update(count=BALLOTS, shown=BALLOTS, waiting=BALLOTS)
    tallies.filter(option__isnull=False).update(count=0, shown=0, waiting=0)
    tallies.filter(option=first).update(count=VOTES, shown=VOTES, waiting=VOTES)
    return Poll.objects.get(pk=poll.pk)


def names_of(poll):
    """How it is said that the option that leads does: in a sentence, as data, by the accent of its bar."""
    first = poll.questions.get().options.order_by("position").first()
    return (f"En tête: {first.text}", f"Ahead: {first.text}", f'"winner":"{first.public_id}"', "bars--win")


def in_words(text):
    """As it is read: without tags, and every space a plain one, none before a colon. What it was stands beside it."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", re.sub(r"<[^>]*>", "", text))
    return text + re.sub(r" (?=[:])", "", plain)


def taken_away_by(client):
    """The data that a member takes away: the address asks for the password again and gives a page of its own first."""
    who = client.session.get("_auth_user_id")
    if not who:
        return ""
    member = Member.objects.get(pk=who)
    with ZipFile(make_archive(member, by=member)) as kept:
        return kept.read("data.json").decode()


def told_by(client, poll, figures=None, ways=None):
    """The ways out that tell the result, or how it grew, to this reader: of all, or of `ways`. A picture that is drawn tells it."""
    figures = FIGURES + GROWN + names_of(poll) if figures is None else figures
    telling = set()
    for name, url in ways_out(poll):
        if ways and name not in ways:
            continue
        cache.clear()  # no pace is kept from one way to the next
        answer = client.get(url, {"q": "bienvenue"} if name == "search" else {})
        assert answer.status_code != 429, "of what is refused for its pace, nothing is proved"
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="ignore") + str(answer.headers)
        text += taken_away_by(client) if name == "member_export" else ""
        text = text.replace(answer.headers.get("X-Request-ID", "–"), "")  # thirty-two digits by chance, on refusals too
        text = re.sub(r"(?<=:\d\d)\.\d{6}\b", "", text)  # microseconds, by chance too
        text = re.sub("%[0-9A-F]{2}", "/", text)  # an address within an address: an id that ends in 62 is no “62%”
        if any(figure in in_words(text) for figure in figures) or answer.headers["Content-Type"] == "image/png":
            telling.add(name)
    return telling


def move_to(state, poll, owner):
    if state in ("closed", "closed again"):
        return close(poll, by=owner)
    if state == "open again":
        return reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)
    if state == "decided":
        return decide(poll, "Nous lançons les frais offerts au printemps prochain.", by=owner)
    return poll


def may_see(policy, state, who):
    """The policy as the product states it, told once more and independently of the code."""
    over = state in ("closed", "closed again", "decided")
    if who == "staff":
        return True
    if policy == ResultsPolicy.STAFF_ONLY:
        return False
    return over or policy == ResultsPolicy.ALWAYS or (policy == ResultsPolicy.AFTER_VOTE and who == "voter")


def stands_around(poll, owner):
    """On a subject of the board, and in a page of the CMS: where it appears without its name in the address."""
    join_poll(poll, an_item(), by=owner)
    demo.load(Demo(say=lambda *_: None))
    page = NewsPage.objects.get(slug="depot-cheque-photo")
    NewsPage.objects.live().exclude(pk=page.pk).update(live=False)
    page.body = [("poll", poll)]
    page.save_revision().publish()


@pytest.mark.parametrize("policy", ResultsPolicy.values)
def test_no_way_out_tells_a_result_before_its_time(policy):
    owner, voter = a_product_owner(), a_member()
    poll = an_open_poll(by=owner, title="Quel cadeau de bienvenue ?", results_policy=policy)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    readers = {"visitor": Client(), "passer-by": Client(), "voter": Client(), "staff": Client()}
    readers["passer-by"].force_login(a_member())
    readers["voter"].force_login(voter)
    readers["staff"].force_login(owner)
    with_figures(poll)
    stands_around(poll, owner)
    for state in STATES:
        poll = move_to(state, Poll.objects.get(pk=poll.pk), owner)
        Worker(batch=True).run()
        for who, client in readers.items():
            if may_see(policy, state, who):
                assert told_by(client, poll, ways=PLAIN) == PLAIN, (state, who)
            else:
                assert told_by(client, poll) == set(), (state, who)
    assert not [letter for letter in mail.outbox if any(figure in str(letter.message()) for figure in FIGURES + GROWN)]


def test_pages_around_do_show_the_poll_whose_result_they_do_not_tell():
    """Else the walk would prove nothing of them."""
    owner, voter = a_product_owner(), a_member()
    poll = an_open_poll(by=owner, title="Quel cadeau de bienvenue ?", results_policy=ResultsPolicy.AFTER_CLOSE)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    stands_around(poll, owner)
    Worker(batch=True).run()
    readers = {"passer-by": Client(), "voter": Client(), "staff": Client()}
    for client, member in zip(readers.values(), (a_member(), voter, owner), strict=True):
        client.force_login(member)
    shown = {who: told_by(client, poll, (poll.title, poll.public_id)) for who, client in readers.items()}
    assert {"home", "search", "my_lab", "cms"} <= shown["passer-by"]
    assert {"member_export", "cms"} <= shown["voter"]
    assert {"board_desk:item", "polls_studio:live"} <= shown["staff"]
    assert set(AROUND) - shown["passer-by"] - shown["voter"] == {"ideas:feed"}, "which has no poll today"


def test_walk_knows_the_leader_by_name_and_by_accent_alone():
    owner = a_product_owner()
    poll = with_figures(an_open_poll(by=owner, results_policy=ResultsPolicy.ALWAYS))
    stands_around(poll, owner)
    staff = Client()
    staff.force_login(owner)
    first, accent = names_of(poll)[:3], names_of(poll)[3:]
    assert {"api_poll", "api_poll_results", "polls_studio:live", "board_desk:item"} <= told_by(staff, poll, first)
    close(poll, by=owner)  # the page of the CMS has the ballot until then
    assert {"polls:show", "cms"} <= told_by(Client(), poll, accent)


@pytest.mark.parametrize("method", ["single", "ranking", "score", "points"])
def test_no_chart_is_drawn_before_its_time_and_all_are_after(method):
    """Every name by every kind: refused as the result is, and not as a chart that there is not."""
    owner, voter = a_product_owner(), a_member()
    poll = an_open_poll(by=owner, method=method, options=("A", "B"), results_policy=ResultsPolicy.AFTER_CLOSE)
    one, other = options_of(poll)
    told = {"single": {"options": [one]}, "ranking": {"ranks": [[one], [other]]}, "points": {"numbers": {one: 60, other: 40}},
            "score": {"numbers": {one: 5, other: 2}}}[method]  # fmt: skip
    question = poll.questions.get()
    for member in [voter, *(a_member(kind=kind) for kind in ("customer", "prospect") for _ in range(6))]:
        cast_ballot(poll.public_id, answers={question.public_id: Answer(**told)}, by=member)
    names = {"result", "scores", "duels", "rounds", "weighted", "by-kind", "by-segment", "by-age"}
    addresses = {
        (name, kind, face): reverse(face, args=[poll.public_id, question.public_id, name, kind])
        for name in names for kind in KINDS for face in CHARTS
    }  # fmt: skip
    signed_in = Client()
    signed_in.force_login(voter)
    for client in (Client(), signed_in):
        for address in addresses.values():
            cache.clear()
            assert client.get(address).status_code == 403
    close(poll, by=owner)
    summary = summarise(Poll.objects.with_ballot_count().with_questions().get(pk=poll.pk))
    there = set(charts_of(summary, summary.questions[0]))
    assert (
        there <= names
        and {"result"} | {"ranking": {"duels", "rounds"}, "score": {"scores"}}.get(method, set()) <= there
    )
    for (name, kind, _face), address in addresses.items():
        cache.clear()
        answer = signed_in.get(address)
        assert answer.status_code == (200 if name in there else 404), address
        if name in there:
            assert kind == "png" or "A" in answer.content.decode()


def test_sealed_poll_tells_nobody_before_its_close():
    owner = a_product_owner()
    poll = with_figures(an_open_poll(by=owner, sealed=True, results_policy=ResultsPolicy.ALWAYS))
    stands_around(poll, owner)
    staff = Client()
    staff.force_login(owner)
    assert told_by(Client(), poll) == set()
    assert told_by(staff, poll, FIGURES) == set()
    assert told_by(staff, poll, GROWN) == TURNOUT
    close(poll, by=owner)
    assert "polls:show" in told_by(Client(), poll)


def test_walk_knows_how_it_grew_by_its_own_number():
    """Taken alone, so that no other figure stands in for it."""
    poll = with_figures(an_open_poll(results_policy=ResultsPolicy.ALWAYS))
    for name, address in ways_out(poll):
        if name in GROWTH and address.endswith(("csv", "svg")):
            grown = GROWN if address.endswith("svg") else ("73915",)
            assert any(said in Client().get(address).content.decode() for said in grown)


def test_the_walk_goes_through_every_face():
    poll = an_open_poll()
    names = {name for name, _url in ways_out(poll)}
    assert {"polls:show", "polls:list", "home", "api_poll", "api_poll_results", "polls_studio:live", "search"} <= names
    assert reverse("polls:list") in dict(ways_out(poll)).values()
