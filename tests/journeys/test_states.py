"""Pages in the states that a walk of addresses does not meet: axe by day on a phone and by night on a desk, nothing too wide."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from ideas.domain.commenting import delete_comment
from ideas.domain.editing import edit_idea
from ideas.domain.moderating import remove_idea
from ideas.domain.withdrawing import withdraw_idea
from notifications.signing import stop_path
from notifications.states import Topic
from tests.factories.challenges import a_judged_challenge, a_juror
from tests.factories.circles import a_circle
from tests.factories.complaints import a_complaint
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.trust import WHY, a_case, a_report, an_old_member
from trust.domain.banning import ban
from trust.domain.deciding import decide
from trust.models import Statement
from trust.signing import path_of

from .test_design import WIDE, broken
from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]
PHONE, DESK, NARROW = {"width": 390, "height": 844}, {"width": 1440, "height": 900}, {"width": 320, "height": 640}
SHIFT = """new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(Math.round(sum * 100) / 100), 300); })"""


def cookies_of(member, live_server) -> list[dict]:
    """What a browser in which that member is signed in keeps."""
    client = Client()
    client.force_login(member)
    return [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]


@pytest.fixture
def look(context, live_server):
    """`look(member, *paths)` opens each page as that member (or as a visitor) and finds nothing to mend."""

    def look(member, *paths):
        context.clear_cookies()
        if member:
            context.add_cookies(cookies_of(member, live_server))
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        for path in paths:
            assert page.goto(path).status < 500
            faults += [(path, fault) for fault in found_on(page)]
        assert faults == []
        return page

    return look


def found_on(page):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")  # no colour caught on its way to the other
    page.set_viewport_size(PHONE)
    faults = broken(page)
    page.set_viewport_size(NARROW)
    faults += ["too wide"] * page.evaluate(WIDE)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(DESK)
    return faults + broken(page)


def test_reports_decisions_and_complaints_have_no_fault(look):
    author, moderator = an_old_member(), a_moderator()
    report = a_report(a_comment(author=author))
    decide(report.case, "remove", reason=WHY, by=moderator, rule="article 4", with_strike=True)
    report.refresh_from_db()
    complaint = a_complaint(by=moderator)
    page = look(None, reverse("trust:report"), reverse("trust:figures"), path_of(report))
    page.goto(reverse("trust:report"))
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.locator("[aria-invalid=true]").nth(2)).to_be_attached()
    assert found_on(page) == []
    statement = Statement.objects.get(member=author)
    look(author, reverse("trust:statements"), statement.get_absolute_url(), "/en" + reverse("trust:figures"))
    look(a_member(), reverse("trust:statements"), reverse("complaints:mine"))
    look(complaint.complainant, reverse("complaints:mine"), complaint.get_absolute_url())


def test_desks_of_trust_and_complaints_have_no_fault(look):
    moderator, author = a_moderator(), an_old_member()
    case = a_case(a_comment(author=author))
    ban(author, days=7, reason=WHY, by=moderator)
    complaint = a_complaint(by=moderator)
    desk = reverse("trust_desk:index")
    look(
        moderator, f"{desk}?case={case.public_id}&do=remove", reverse("trust_desk:member", args=[author.public_id]),
        reverse("complaints_desk:index"), reverse("complaints_desk:show", args=[complaint.public_id]),
    )  # fmt: skip


def test_an_idea_that_was_changed_withdrawn_or_removed_has_no_fault(look):
    author = an_old_member()
    idea, gone, removed = (an_idea(author=author, title=f"Une idée, état numéro {n}") for n in range(3))
    edit_idea(idea, by=author, body=idea.body + " Et une phrase de plus, qui change tout.")
    delete_comment(a_comment(idea, author=author), by=author)
    withdraw_idea(gone, by=author, reason="Une autre idée dit mieux la même chose.")
    remove_idea(removed, reason=WHY, by=a_moderator())
    look(
        author, idea.get_absolute_url(), reverse("ideas:versions", args=[idea.public_id]),
        reverse("ideas:withdraw", args=[idea.public_id]), gone.get_absolute_url(), reverse("my_votes"),
        reverse("notifications:preferences"),
    )  # fmt: skip
    page = look(None, gone.get_absolute_url(), removed.get_absolute_url(), stop_path(author, Topic.COMMENTS))
    assert page.goto(removed.get_absolute_url()).status == 410
    expect(page.get_by_role("heading", name="Cette idée n’est plus là")).to_be_visible()


def test_one_long_word_widens_no_page(look):
    author = an_old_member(nickname="W" * 30, bio="M" * 200)
    idea = an_idea(author=author, title="T" * 100, body="Z" * 400)
    a_comment(idea, author=author, body="C" * 300)
    look(None, idea.get_absolute_url(), author.get_absolute_url(), reverse("ideas:list"))


def test_a_jury_and_a_circle_have_no_fault(look):
    challenge, juror, owner = a_judged_challenge(), an_old_member(), a_product_owner()
    a_juror(challenge, juror)
    circle = a_circle(members=[juror])
    look(juror, reverse("challenges:jury", args=[challenge.public_id]), reverse("circle", args=[circle.public_id]))
    look(
        owner, reverse("challenges_desk:index"), reverse("challenges_desk:jury", args=[challenge.public_id]),
        reverse("challenges_desk:results", args=[challenge.public_id]), reverse("circles_desk:index"),
    )  # fmt: skip


def test_a_draft_comes_back_and_moves_nothing(look):
    page = look(an_old_member())
    page.goto(reverse("ideas:new"))
    page.locator("[name=title]").fill("Un brouillon qui m’attend")
    becomes(page, "localStorage.length > 0")
    with page.expect_response(f"**{reverse('ideas:similar')}*"):
        page.goto(reverse("ideas:new"))
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    expect(page.get_by_role("button", name="Repartir de zéro")).to_be_visible()
    assert page.evaluate(SHIFT) == 0
    assert found_on(page) == []


def test_feeds_are_in_sight_and_in_the_head(look):
    idea = an_idea()
    page = look(None, reverse("ideas:list"))
    theme = f"{reverse('ideas:list')}?category={idea.category.slug}"
    for path, words in (
        (reverse("ideas:list"), "Suivre les nouvelles idées dans un lecteur de flux"),
        (theme, "Suivre ce thème dans un lecteur de flux"),
        (idea.get_absolute_url(), "La suivre dans un lecteur de flux"),
    ):
        page.goto(path)
        address = page.get_by_role("link", name=words).get_attribute("href")
        expect(page.locator(f"head link[type='application/atom+xml'][href='{address}']")).to_have_count(1)
        assert page.request.get(address).status == 200


CUT = """[...document.querySelectorAll('.slip .facts, .slip .facts *, .slip .tag, .slip .state')].filter(e => {
  const box = e.getBoundingClientRect(), slip = e.closest('.slip__body').getBoundingClientRect();
  return box.width > 2 && !e.closest('.visually-hidden, .slip__by') && getComputedStyle(e).display !== 'inline'
    && (e.scrollWidth > e.clientWidth + 1 || box.right > slip.right + 1); }).map(e => e.textContent)"""


@pytest.mark.parametrize("path", ["/idees/", "/en/ideas/"])
def test_no_word_of_an_idea_in_a_list_is_cut(page, path):
    theme = a_category(name_fr="Jeunes, familles et budget partagé", name_en="Young people and shared family budgets")
    an_idea(category=theme, vote_score=1234, staff_votes=123, votes_on_behalf_count=456, comment_count=789)
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(path)
        expect(page.locator(".slip .facts").get_by_text("789")).to_be_visible()
        comments = page.locator(".slip .facts > *:has(.icon)").bounding_box()
        assert comments["width"] > 20, width  # not the one pixel of what is hidden
        assert page.evaluate(CUT) == [] and page.evaluate(WIDE) == 0
