"""What belongs to a circle comes out nowhere but to its people: every way out of the site is walked.

The walk takes the addresses from the matrix, so that a list, feed or search added later is walked too.
"""

import io
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image

from betas.models import Enrolment, InterestRegistration, MissionProgress
from board.models import Quarter
from core.errors import DomainError, NotFound
from ideas import counting
from ideas.domain.challenges.ruling import record_acceptance
from ideas.domain.commenting import comment_on
from ideas.domain.following import audience_of
from ideas.domain.merging import merge_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.posting import post_idea
from ideas.domain.voting import cast_vote
from ideas.models import Category, Idea
from ideas.search import similar
from members.domain.circling import leave_circle
from members.models import Member
from notifications.domain.presenting import present
from notifications.models import Notification
from polls.domain.voting import cast_ballot
from tests.faces.test_matrix import ADDRESSES, API_MEMBER, API_OPEN, BY_POLICY, MEMBER, OPEN, address
from tests.factories.betas import a_finding, a_mission, a_programme, an_enrolment
from tests.factories.board import a_quarter, an_item
from tests.factories.challenges import a_challenge
from tests.factories.circles import a_circle
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import PASSWORD, a_member, a_moderator, a_product_owner
from tests.factories.polls import an_open_poll, options_of
from tests.factories.trust import a_report
from trust.domain.appealing import appeal_statement
from trust.domain.deciding import decide
from trust.models import Statement

pytestmark = pytest.mark.django_db
WORD, SECRET = "Zanzibar", "Kerguelen"  # the first is searched for; the second is never given back as typed
WAYS = OPEN | MEMBER | API_OPEN | API_MEMBER | BY_POLICY
QUERIES = ("", f"?search={WORD}", f"?q={WORD}", f"?title=Le port de {WORD}", "?order=newest", "?unanswered=1", "?state=new",
           "?mine=1", "?followed=1", "?state=merged")  # fmt: skip


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    counting.forget()


def a_png():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "PNG")
    return SimpleUploadedFile("port.png", file.getvalue(), "image/png")


@pytest.fixture
def there(settings, tmp_path):
    """A circle with an idea, its picture and comment, a poll and a test; who is in it; and everything's secret word."""
    settings.MEDIA_ROOT = tmp_path
    return a_life_in_a_circle(a_member(nickname="Dedans", password=PASSWORD), a_member(nickname="Auteur"))


def a_life_in_a_circle(insider, author) -> dict:
    circle = a_circle(members=[insider, author], name_fr=f"Cercle {SECRET}", name_en=f"Circle {SECRET}")
    category = Category.objects.filter(slug="cercle-theme").first() or a_category(slug="cercle-theme")
    idea = post_idea(
        title=f"Le port de {WORD} et {SECRET}", body=f"À {WORD} et {SECRET}, un guichet pour les artisans du port.",
        category=category, by=author, circle=circle, images=[a_png()], alts=[f"Le quai de {SECRET}"],
    )  # fmt: skip
    comment_on(idea, body=f"Oui, à {SECRET} aussi, près de {WORD}.", by=author)
    owner = a_product_owner()
    poll = an_open_poll(by=owner, title=f"Quel jour à {WORD}, {SECRET} ?", circle=circle)
    programme = a_programme(title=f"L’appli de {WORD}, {SECRET}", summary=f"Pour {SECRET} seulement.", circle=circle)
    return {
        "circle": circle, "idea": idea, "poll": poll, "programme": programme, "member": author, "insider": insider,
        "quarter": Quarter.objects.first() or a_quarter(), "picture": idea.images.first(), "mission": idea, "finding": idea,
        "challenge": a_challenge(circle=circle, title_fr=f"Défi de {WORD} et {SECRET}"),
    }  # fmt: skip


def walk(client, there):
    """(address, status, text) of everything a reader can GET."""
    for name, arguments in ADDRESSES:
        if name not in WAYS:
            continue
        place = address(name, arguments, there)
        if "image" in name:
            place = place.replace(there["idea"].public_id, there["picture"].public_id)
        for query in QUERIES if not arguments else ("",):
            answer = client.get(place + query, follow=True)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield name, place + query, answer.status_code, text.decode(errors="replace")


@pytest.mark.parametrize("who", ["visitor", "member", "gone"])
def test_no_way_out_shows_a_circle_to_who_is_not_in_it(client, there, who):
    if who == "member":
        client.force_login(a_member(kind="customer"))
    elif who == "gone":
        cast_vote(there["idea"], by=there["insider"])
        comment_on(there["idea"], body="Je le voudrais aussi.", by=there["insider"])
        cast_ballot(there["poll"].public_id, options_of(there["poll"])[:1], by=there["insider"])
        seat = an_enrolment(there["programme"], member=there["insider"])
        a_finding(seat)
        mission = a_mission(there["programme"], title=f"Ouvrir l’appli à {SECRET}")
        MissionProgress.objects.create(enrolment=seat, mission=mission)
        InterestRegistration.objects.create(programme=there["programme"], member=there["insider"])
        record_acceptance(there["challenge"].rules, there["insider"])
        leave_circle(there["circle"], by=there["insider"])
        client.force_login(Member.objects.get(pk=there["insider"].pk))
    leaks, reached = [], 0
    for _name, place, status, text in walk(client, there):
        reached += status == 200
        assert status < 500, place
        if SECRET in text:
            leaks.append((place, text[max(0, text.index(SECRET) - 300) : text.index(SECRET) + 60]))
    assert leaks == []
    assert reached > 25


def test_its_people_meet_it_everywhere(client, there):
    client.force_login(there["insider"])
    met = {name for name, _place, status, text in walk(client, there) if status == 200 and SECRET in text}
    assert met >= {
        "home", "search", "circles", "circle", "ideas:list", "ideas:detail", "ideas:similar", "polls:list", "polls:show",
        "betas:list", "betas:detail", "api_ideas", "api_idea", "api_ideas_similar", "api_idea_comments", "api_polls", "api_poll",
        "api_betas", "api_beta", "api_circles", "my_lab", "member_page",
    }  # fmt: skip


def test_pictures_of_a_circle_are_for_its_people(client, there):
    place = there["picture"].get_absolute_url()
    assert client.get(place).status_code == 404
    client.force_login(there["insider"])
    answer = client.get(place)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_counts_are_the_same_with_and_without_what_one_may_not_see(client, there):
    before = client.get("/idees/").context
    counting.forget()
    cache.clear()
    Idea.objects.filter(pk=there["idea"].pk).update(visibility="hidden")
    after = client.get("/idees/").context
    assert before["whole"] == after["whole"] == 0
    assert [facet["count"] for facet in before["theme_facets"]] == [facet["count"] for facet in after["theme_facets"]]


def figures_on(client, *places) -> dict[str, str]:
    """What a stranger reads on each page, without its markup."""
    cache.clear()
    counting.forget()
    read = {}
    for place in places:
        html = client.get(place, follow=True).content.decode()
        text = re.sub(r"(?s)<(script|style|svg).*?</\1>|<[^>]+>", " ", html)
        read[place] = " ".join(text.split())
    return read


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_no_figure_tells_a_stranger_of_a_life_in_a_circle(client, settings, tmp_path, who):
    settings.MEDIA_ROOT = tmp_path
    insider, author, owner, moderator = a_member(), a_member(), a_product_owner(), a_moderator()
    a_category(slug="cercle-theme")
    if who == "member":
        client.force_login(a_member(kind="customer"))
    said = "Nous étudions votre idée avec l’équipe Cartes."
    places = ("/", "/idees/", "/moderation/", author.get_absolute_url(), insider.get_absolute_url(), "/sondages/",
              "/beta-tests/", "/feuille-de-route/", "/recherche/?q=port", "/defis/")  # fmt: skip
    a_quarter()
    before = figures_on(client, *places)
    there = a_life_in_a_circle(insider, author)
    idea = there["idea"]
    answer_officially(idea, body=said, by=owner)
    for state in ("candidate", "planned", "delivered"):
        move_idea(idea, state, reason=said, by=owner)
    cast_vote(an_idea(author=author, circle=there["circle"], category=idea.category), by=insider)
    removed = an_idea(author=author, circle=there["circle"], category=idea.category)
    decide(a_report(removed, by=insider).case, "remove", reason=said, by=moderator)
    statement = Statement.objects.get(subject_id=removed.pk, kind="idea", measure="removed")
    appeal_statement(statement, text="Mon texte ne vise personne, relisez-le.", by=author)
    Enrolment.objects.create(programme=there["programme"], member=insider, state="completed")
    assert figures_on(client, *places) == before


def test_its_people_see_it_counted(client, there):
    client.force_login(there["insider"])
    assert client.get("/idees/").context["whole"] == 1


@pytest.mark.parametrize("verb", [cast_vote, lambda idea, by: comment_on(idea, body="Et moi ?", by=by)])
def test_stranger_does_nothing_in_a_circle(there, verb):
    with pytest.raises(NotFound):
        verb(there["idea"], by=a_member())


def test_stranger_posts_no_idea_into_a_circle(there, client):
    with pytest.raises(NotFound):
        post_idea(
            title="Une idée de l’extérieur", body="Elle ne devrait pas pouvoir entrer dans ce cercle-là.",
            category=there["idea"].category, by=a_member(), circle=there["circle"],
        )  # fmt: skip


def test_stranger_puts_no_ballot_in(there):
    with pytest.raises(NotFound):
        cast_ballot(there["poll"].public_id, options_of(there["poll"])[:1], by=a_member())
    cast_ballot(there["poll"].public_id, options_of(there["poll"])[:1], by=there["insider"])


def test_only_its_people_are_invited_to_its_poll(there):
    a_member()
    assert there["poll"].audience_size == 2


def test_who_left_hears_of_it_no_more(there):
    cast_vote(there["idea"], by=there["insider"])
    assert audience_of(there["idea"]).filter(pk=there["insider"].pk).exists()
    leave_circle(there["circle"], by=there["insider"])
    assert not audience_of(there["idea"]).filter(pk=there["insider"].pk).exists()


def test_mail_and_inbox_say_it_to_its_people_alone(there, settings):
    settings.LAB = settings.LAB | {"UNDO_SECONDS": -5}
    outsider = a_member()
    InterestRegistration.objects.create(programme=there["programme"], member=outsider)
    move_idea(there["idea"], "under_review", reason="Nous regardons cela avec les artisans.", by=a_product_owner())
    for _round in range(6):
        call_command("worker", batch=True, verbosity=0)
    heard = set(Notification.objects.filter(subject_type="idea").values_list("member_id", flat=True))
    assert there["member"].pk in heard
    assert outsider.pk not in heard
    assert all(SECRET not in letter.subject + letter.body or outsider.email not in letter.to for letter in mail.outbox)


def test_old_notification_says_nothing_to_who_left(there):
    row = Notification.objects.create(
        member=there["insider"], kind="poll_opened", topic="polls", subject_type="poll", subject_id=there["poll"].pk,
        dedupe_key="x",
    )  # fmt: skip
    assert SECRET in present([row], there["insider"])[0].said.title
    leave_circle(there["circle"], by=there["insider"])
    assert present([row], Member.objects.get(pk=there["insider"].pk))[0].is_gone


def test_ideas_merge_within_one_circle_alone(there):
    open_idea = an_idea(title="Un guichet pour les artisans du port")
    owner = a_product_owner()
    for pair in ((there["idea"], open_idea), (open_idea, there["idea"])):
        with pytest.raises(DomainError) as refusal:
            merge_idea(*pair, reason="Elles demandent la même chose.", by=owner)
        assert refusal.value.code == "merge_across_circles"


def test_public_roadmap_names_no_idea_of_a_circle(client, there):
    an_item(there["quarter"], ideas=[there["idea"]], column="this_quarter", reason="Nous le faisons.")
    Idea.objects.filter(pk=there["idea"].pk).update(state="delivered")
    for place in ("/feuille-de-route/", "/", "/api/v1/roadmap/"):
        assert SECRET not in client.get(place).content.decode()


def test_similar_ideas_of_a_stranger_leave_circles_out(there):
    assert similar(f"Le port de {WORD}") == []


def test_members_post_into_their_circle_from_the_page(client, there):
    client.force_login(there["insider"])
    page = client.get(f"/idees/proposer/?circle={there['circle'].public_id}").content.decode()
    assert there["circle"].public_id in page
    client.post(
        "/idees/proposer/",
        {"circle": there["circle"].public_id, "title": "Un terminal prêté les jours de marché", "compared": "1",
         "body": "Les jours de marché, un second terminal nous éviterait la file.", "category": "cercle-theme"},
    )  # fmt: skip
    assert Idea.objects.get(title__startswith="Un terminal").circle == there["circle"]


def test_app_posts_into_a_circle_and_reads_it(client, there):
    client.force_login(there["insider"])
    values = {"title": "Un terminal prêté les jours de marché", "category": "cercle-theme",
              "body": "Les jours de marché, un second terminal nous éviterait la file.",
              "circle": there["circle"].public_id}  # fmt: skip
    answer = client.post("/api/v1/ideas/", values, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["circle"] == {"id": there["circle"].public_id, "name": there["circle"].name}
    found = client.get(f"/api/v1/ideas/?circle={there['circle'].public_id}").json()["results"]
    assert len(found) == 2


@pytest.mark.parametrize("place", ["/api/v1/ideas/?circle={}", "/idees/?circle={}", "/cercles/{}/"])
def test_circle_is_not_there_for_a_stranger(client, there, place):
    client.force_login(a_member())
    assert client.get(place.format(there["circle"].public_id)).status_code == 404


def test_list_of_a_circle_keeps_to_it_in_its_chips_orders_and_figures(client, there):
    client.force_login(there["insider"])
    place = f"circle={there['circle'].public_id}"
    page = client.get(f"/idees/?{place}")
    assert [chip["label"] for chip in page.context["chips"]] == [there["circle"].name]
    assert all(place in order["url"] for order in page.context["orders"])
    assert all(facet["count"] is None for facet in page.context["theme_facets"])
