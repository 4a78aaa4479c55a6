"""What speaks for an idea: votes over time and by group, comments, links, what it feeds; nobody can be told from it."""

import re
from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from vote.models import Vote

from core.templatetags.charts import curve
from ideas.domain.commenting import delete_comment
from ideas.domain.evidence import course_of, evidence_of, said_on, support_by_group, told_together
from ideas.domain.merging import merge_idea
from ideas.domain.referring import clean, flush, kind_of, note_read
from ideas.models import Idea, Referral, SetAsideVote, VoteOnBehalf
from tests.factories.board import a_quarter, an_item
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
SHELL = 9
PANE = 12  # session, member, roles, the idea, its search: then its votes, their days, those set aside


@pytest.fixture(autouse=True)
def nothing_counted():
    flush()
    yield
    flush()


def supported(idea, number, days_ago=0.0, **fields):
    for _each in range(number):
        member = a_member(**fields)
        idea.votes.up(member.pk)
        at = timezone.now() - timedelta(days=days_ago)
        Vote.objects.filter(user_id=member.pk, object_id=idea.pk).update(create_at=at)


def shown(cells):
    return {str(cell.label): cell.people for cell in cells}


def test_small_groups_are_hidden_and_what_a_subtraction_gives(settings):
    idea = an_idea()
    supported(idea, 9, age_band="26-39", region="Bretagne")
    supported(idea, 6, age_band="40-59", region="Bretagne", kind="prospect")
    supported(idea, 2, age_band="60+", region="Corse", kind="prospect")
    support = support_by_group(idea)
    assert support.community == 17
    assert list(shown(support.groups).values()) == [9, 0, 0, 8]
    ages = list(shown(support.ages).values())
    assert ages == [0, 9, None, None, 0]  # 2 is hidden, and 6 with it
    assert set(shown(support.regions).values()) == {None, 0}


def test_staff_and_people_heard_elsewhere_are_counted_apart():
    idea, colleague = an_idea(), a_product_owner()
    supported(idea, 6)
    idea.votes.up(colleague.pk)
    VoteOnBehalf.objects.create(idea=idea, source="branch", people=12, reference="CR agence 12", by=colleague)
    support = support_by_group(idea)
    assert (support.community, support.staff, support.heard_elsewhere) == (6, 1, 12)
    assert sum(cell.people or 0 for cell in support.groups) == 6


def test_votes_over_time_end_at_the_whole():
    idea = an_idea()
    supported(idea, 3, days_ago=10)
    supported(idea, 2, days_ago=1)
    course = course_of(idea)
    assert (course[0].votes, course[-1].whole, len(course)) == (3, 5, 11)
    assert sum(span.votes for span in course) == 5


@pytest.mark.parametrize(("days", "most"), [(50, 51), (200, 31), (900, 32)])
def test_long_courses_are_told_by_week_then_by_month(days, most):
    idea = an_idea()
    supported(idea, 1, days_ago=days)
    supported(idea, 1)
    course = course_of(idea)
    assert len(course) <= most
    assert course[-1].whole == 2


def test_votes_set_aside_are_in_no_figure():
    idea = an_idea()
    supported(idea, 6)
    voter = Vote.objects.filter(object_id=idea.pk).first().user_id
    SetAsideVote.objects.create(idea=idea, member_id=voter)
    course = course_of(idea)
    assert course[-1].whole == support_by_group(idea).community == 5
    assert (course[-1].aside, course[-1].with_aside) == (None, None)  # one alone is told by no curve


def set_aside(idea, number):
    """The last so many votes for it."""
    for vote in Vote.objects.filter(object_id=idea.pk).order_by("-pk")[:number]:
        SetAsideVote.objects.create(idea=idea, member_id=vote.user_id)


def test_curve_goes_with_and_without_the_votes_set_aside():
    idea = an_idea()
    supported(idea, 4, days_ago=10)
    supported(idea, 9, days_ago=3)
    set_aside(idea, 9)
    course = course_of(idea)
    assert {span.whole for span in course} == {4}
    assert [(span.aside, span.with_aside) for span in course] == [(0, 4)] * 7 + [(9, 13)] + [(0, 13)] * 3
    assert evidence_of(idea).set_aside == 9


def test_step_of_few_set_aside_votes_is_told_with_others(settings):
    assert told_together([3, 1, 0, 4, 9, 0, 2], 5) == [0, 0, 0, 8, 11, 0, 0]
    assert told_together([3, 1], 5) is told_together([0, 0], 5) is None
    assert told_together([], 5) is None
    idea = an_idea()
    for days_ago in (9, 6, 2):
        supported(idea, 3, days_ago=days_ago)
        set_aside(idea, 3)
    aside = [span.aside for span in course_of(idea)]
    assert sum(aside) == 9 and all(step == 0 or step >= 5 for step in aside)


def test_vote_set_aside_and_taken_back_or_counted_on_a_merged_idea_is_on_neither_line():
    idea, other, both = an_idea(), an_idea(), a_member()
    supported(idea, 6)
    set_aside(idea, 6)
    gone = SetAsideVote.objects.first()
    idea.votes.down(gone.member_id)
    Vote.objects.filter(object_id=idea.pk, user_id=gone.member_id).delete()
    idea.votes.up(both.pk)
    other.votes.up(both.pk)
    SetAsideVote.objects.create(idea=other, member=both)
    merge_idea(other, idea, reason="C’est la même demande, mot pour mot.", by=a_product_owner())
    span = course_of(Idea.objects.get(pk=idea.pk))[-1]
    assert (span.whole, span.with_aside) == (1, 6)


def test_idea_whose_votes_are_all_set_aside_has_its_curve():
    idea = an_idea()
    supported(idea, 7, days_ago=1)
    set_aside(idea, 7)
    assert [(span.whole, span.with_aside) for span in course_of(idea)] == [(0, 7), (0, 7)]


def test_page_and_triage_pane_draw_both_lines_and_say_which_is_which(client):
    idea = an_idea()
    supported(idea, 6, days_ago=4)
    supported(idea, 8, days_ago=1)
    set_aside(idea, 8)
    client.force_login(a_product_owner())
    for name in ("all_evidence", "evidence"):
        page = client.get(reverse(f"ideas_desk:{name}", args=[idea.public_id])).content.decode()
        assert page.count("<polyline") == 2
        assert "Avec les soutiens mis de côté" in page and "Soutiens qui comptent" in page
    page = client.get(reverse("ideas_desk:all_evidence", args=[idea.public_id])).content.decode()
    assert "au moins 5 à la fois" in page
    found = client.get(reverse("api_desk_evidence", args=[idea.public_id])).json()["votes_over_time"][-1]
    assert (found["whole"], found["aside"], found["with_aside"]) == (6, 0, 14)
    SetAsideVote.objects.filter(pk__in=SetAsideVote.objects.values("pk")[3:]).update(released_at=timezone.now())
    page = client.get(reverse("ideas_desk:all_evidence", args=[idea.public_id])).content.decode()
    assert page.count("<polyline") == 1 and "ils ne sont pas dessinés" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_triage_pane_costs_the_same_queries_with_and_without_votes_set_aside(client, rows, django_assert_num_queries):
    idea = an_idea()
    supported(idea, 6 * rows, days_ago=2)
    set_aside(idea, 6 * (rows - 1))
    client.force_login(a_product_owner())
    url = reverse("ideas_desk:evidence", args=[idea.public_id])
    client.get(url)
    with django_assert_num_queries(PANE):
        client.get(url)


def test_who_supports_both_merged_ideas_counts_once():
    idea, other, both = an_idea(), an_idea(), a_member()
    supported(idea, 5)
    supported(other, 1)
    idea.votes.up(both.pk)
    other.votes.up(both.pk)
    merge_idea(other, idea, reason="C’est la même demande, mot pour mot.", by=a_product_owner())
    idea = Idea.objects.get(pk=idea.pk)
    assert course_of(idea)[-1].whole == support_by_group(idea).community == 7


def test_comments_are_counted_by_who_speaks():
    idea, talker = an_idea(), a_member()
    a_comment(idea, author=talker)
    a_comment(idea, author=talker)
    a_comment(idea)
    a_comment(idea, author=a_moderator(), is_official=True)
    a_comment(idea, author=a_moderator(), is_internal=True)
    a_comment(idea, visibility="hidden")
    for gone in (a_comment(idea), a_comment(idea, author=talker)):
        delete_comment(gone, by=gone.author)  # as the idea's own number of comments has it
    said = said_on(idea)
    assert (said.members, said.official, said.notes, said.writers) == (3, 1, 1, 2)


def test_board_tells_what_the_idea_feeds():
    idea = an_idea()
    item = an_item(a_quarter())
    item.evidence.create(kind="idea", idea=idea)
    feeds = evidence_of(idea).feeds
    assert [(feed.title, feed.url) for feed in feeds] == [(item.title, item.get_absolute_url())]


def read(client, idea, query="", **headers):
    return client.get(idea.get_absolute_url() + query, headers=headers)


def test_reading_from_elsewhere_is_counted_by_host_and_day(client):
    idea = an_idea()
    for _each in range(2):
        read(client, idea, referer="https://www.google.com/search?q=carte+vol%C3%A9e+dupont")
    read(client, idea, query="?utm_source=newsletter-mars&utm_content=maelle@example.org")
    read(client, idea, referer="http://testserver/idees/")
    read(client, idea)
    assert flush() == 2
    assert flush() == 0
    rows = set(Referral.objects.values_list("kind", "host", "reads"))
    assert rows == {("search", "google.com", 2), ("campaign", "newsletter-mars", 1)}
    read(client, idea, referer="https://google.com/")
    flush()
    assert Referral.objects.get(kind="search").reads == 3


def test_reading_costs_no_query_more(client, django_assert_num_queries):
    idea = an_idea()
    read(client, idea)
    with_out = _count(client, idea, {})
    assert _count(client, idea, {"referer": "https://forum.example/t/1"}) == with_out


def _count(client, idea, headers):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        read(client, idea, **headers)
    return len(queries)


@pytest.mark.parametrize(
    "said", ["maelle@example.org", "06 12 34 56 78", "0612345678", "4539148803436467", "<script>", "é", "", "../etc"]
)
def test_what_could_be_a_person_is_not_kept(said):
    assert clean(said) == ""


@pytest.mark.parametrize(
    ("host", "kind"),
    [("google.fr", "search"), ("m.facebook.com", "social"), ("t.co", "social"), ("mail.orange.fr", "mail"),
     ("forum.example", "site"), ("reddit.com", "social"), ("budget.consulting", "site")],
)  # fmt: skip
def test_kind_of_place_is_told_by_the_host(host, kind):
    assert kind_of(host) == kind


def test_robots_and_prefetching_are_not_readers():
    idea = an_idea()
    for headers in ({"HTTP_USER_AGENT": "Googlebot/2.1"}, {"HTTP_SEC_PURPOSE": "prefetch"}):
        note_read(RequestFactory().get("/", HTTP_REFERER="https://google.com/", **headers), idea)
    assert flush() == 0


def test_idea_that_is_gone_loses_its_count_in_silence():
    idea = an_idea()
    note_read(RequestFactory().get("/", HTTP_REFERER="https://google.com/"), idea)
    Idea.objects.filter(pk=idea.pk).delete()
    assert flush() == 0


def test_page_shows_charts_with_their_tables(client):
    idea = an_idea()
    supported(idea, 6)
    client.force_login(an_auditor())
    whole = reverse("ideas_desk:all_evidence", args=[idea.public_id])
    page = client.get(whole).content.decode()
    assert page.count('<svg class="dk-svg"') == 2
    assert "Soutiens dans le temps" in page
    assert whole in client.get(reverse("ideas_desk:evidence", args=[idea.public_id])).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_queries_whatever_there_is(client, rows, django_assert_num_queries):
    idea = an_idea()
    supported(idea, rows)
    for _row in range(rows):
        a_comment(idea)
        Referral.objects.create(idea=idea, day=timezone.localdate(), kind="site", host=f"site{_row}.example", reads=1)
    client.force_login(a_product_owner())
    url = reverse("ideas_desk:all_evidence", args=[idea.public_id])
    client.get(url)
    with django_assert_num_queries(SHELL + 10):
        client.get(url)


def test_api_gives_the_same_figures_with_the_same_cells_hidden(client):
    idea = an_idea()
    supported(idea, 6, age_band="26-39")
    supported(idea, 2, age_band="60+")
    client.force_login(a_product_owner())
    found = client.get(reverse("api_desk_evidence", args=[idea.public_id])).json()
    assert found["support"]["community"] == 8
    assert [cell["people"] for cell in found["support"]["ages"]] == [0, None, 0, None, 0]
    assert found["votes_over_time"][-1]["whole"] == 8


def test_members_do_not_read_evidence(client):
    idea = an_idea()
    client.force_login(a_member())
    assert client.get(reverse("api_desk_evidence", args=[idea.public_id])).status_code == 403


def test_curve_of_a_narrow_place_is_drawn_as_narrow_and_keeps_its_words_readable():
    drawn = curve([(f"0{day}/11/2026", day) for day in range(1, 9)], "Votes", wide=340)
    assert 'viewBox="0 0 340 200"' in drawn
    assert drawn.count("/11/2026") == 2, "no more dates than stand side by side"
    assert max(float(x) for x in re.findall(r' x[12]?="([\d.]+)"', drawn)) <= 340
