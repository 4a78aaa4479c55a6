"""The pages of ideas: what they show, where they lead, what they cost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from core.words import day
from ideas import counting
from ideas.domain.following import is_following
from ideas.domain.merging import merge_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.voting import cast_vote
from ideas.models import IdeaTag, Tag
from tests.factories.challenges import a_challenge, an_entry
from tests.factories.circles import a_circle
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
SESSION_AND_USER = 2


@pytest.fixture(autouse=True)
def fresh_figures():
    counting.forget()


def warm(client):
    """The page's frame (bank, menus, footer) is read once in a process: leave it out of the counts."""
    client.get("/idees/?state=merged")
    counting.forget()


def text_of(response) -> str:
    return response.content.decode()


def test_list_shows_ideas_with_their_state_and_votes(client):
    an_idea(title="Une alerte avant le découvert", vote_score=1234)
    page = text_of(client.get("/idees/"))
    assert "Une alerte avant le découvert" in page
    assert "1\u202f234" in page and "Nouvelle" in page


def test_english_list_is_under_en(client):
    assert client.get("/en/ideas/").status_code == 200
    with translation.override("fr"):
        assert reverse("ideas:list") == "/idees/"


@pytest.mark.parametrize("order", ["", "votes", "newest", "discussed"])
def test_list_can_be_ordered(client, order):
    first, second = an_idea(vote_score=1, comment_count=1), an_idea(vote_score=9, comment_count=9, trend=99_999)
    page = text_of(client.get("/idees/", {"order": order}))
    assert page.index(second.title) < page.index(first.title)


def test_filters_leave_what_was_asked_for(client):
    theme, member = a_category(slug="cartes"), a_member()
    kept, other = an_idea(category=theme, state="planned", author=member), an_idea()
    followed = an_idea()
    cast_vote(followed, by=member)
    client.force_login(member)
    for query in ("category=cartes", "state=planned", "mine=1"):
        page = text_of(client.get(f"/idees/?{query}"))
        assert kept.title in page and other.title not in page
    page = text_of(client.get("/idees/?followed=1"))
    assert kept.title in page and followed.title in page and other.title not in page
    answered = an_idea()
    answer_officially(answered, body="Nous l’étudions, merci.", by=a_product_owner())
    assert answered.title not in text_of(client.get("/idees/?unanswered=1"))


def test_my_ideas_lead_a_visitor_to_the_door(client):
    response = client.get("/idees/?mine=1")
    assert response.status_code == 302 and "next=/idees/%3Fmine%3D1" in response.url


LEGEND = re.compile(r'<legend class="label">([^<]+)</legend>')


@pytest.mark.parametrize(
    ("path", "mine", "answer"),
    [("/idees/", "Les miennes", "La réponse de la banque"), ("/en/ideas/", "Mine", "The bank’s answer")],
)
def test_filters_of_my_own_are_offered_to_members_alone_and_under_their_own_title(client, path, mine, answer):
    titles = LEGEND.findall(client.get(path).content.decode())
    assert mine not in titles and titles[1] == answer
    client.force_login(a_member())
    page = client.get(path)
    titles = LEGEND.findall(page.content.decode())
    assert titles[0] == mine and titles[2] == answer
    assert [facet["name"] for facet in page.context["own_facets"]] == ["mine", "followed"]
    assert [facet["name"] for facet in page.context["answer_facets"]] == ["unanswered"]


def test_unknown_filter_is_left_out_with_a_word(client):
    an_idea()
    response = client.get("/idees/?state=perdue&order=hasard&category=nulle")
    assert response.status_code == 200 and "filtre" in text_of(response)


def test_list_goes_on_by_cursor_without_losing_or_doubling_an_idea(client):
    theme = a_category()
    author = a_member()
    titles = {an_idea(title=f"Une idée de la liste {n:03}", category=theme, author=author).title for n in range(45)}
    url, seen = "/idees/", []
    while url:
        response = client.get(url, headers={"HX-Request": "true"} if "cursor" in url else {})
        seen += [card.idea.title for card in response.context["cards"]]
        url = response.context["more_url"]
    assert len(seen) == 45 and set(seen) == titles


def test_bad_cursor_is_refused_in_words(client):
    response = client.get("/idees/?cursor=n-importe-quoi")
    assert response.status_code == 400


def test_search_that_finds_nothing_offers_to_propose_it(client):
    page = text_of(client.get("/idees/", {"search": "compte d’association"}))
    assert "compte d’association" in page and "/idees/proposer/?title=" in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_list_costs_four_queries(client, django_assert_num_queries, how_many):
    for _n in range(how_many):
        idea = an_idea()
        a_comment(idea)
        answer_officially(idea, body="Nous l’étudions, merci.", by=a_product_owner())
    warm(client)
    with django_assert_num_queries(4):  # themes, figures, tags and challenges, ideas
        client.get("/idees/")


@pytest.mark.parametrize("how_many", [1, 3])
def test_search_costs_three_queries(client, django_assert_num_queries, how_many):
    for n in range(max(how_many, 1) + 5):
        an_idea(title=f"Un découvert expliqué, numéro {n}")
    client.get("/idees/")
    with django_assert_num_queries(3):  # themes, candidates, ideas (figures, tags and challenges are kept)
        client.get("/idees/?search=découvert")


@pytest.mark.parametrize("how_many", [1, 3])
def test_idea_costs_six_queries(client, django_assert_num_queries, how_many):
    idea, owner = an_idea(title="Mettre la carte en pause depuis l’appli"), a_product_owner()
    for n in range(how_many):
        a_comment(a_comment(idea).idea, parent=a_comment(idea))
        an_idea(title=f"Mettre la carte en pause, encore {n}")
    move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=owner)
    answer_officially(idea, body="Nous l’étudions, merci.", by=owner)
    warm(client)
    with django_assert_num_queries(6):  # idea, comments, replies, moves, pictures, similar
        assert client.get(idea.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("how_many", [1, 3])
def test_next_comments_cost_three_queries(client, django_assert_num_queries, how_many):
    idea = an_idea()
    for _n in range(how_many):
        a_comment(idea, parent=a_comment(idea))
    url = reverse("ideas:comments", args=[idea.public_id])
    with django_assert_num_queries(3):
        client.get(url, headers={"HX-Request": "true"})


def test_voting_costs_four_queries(client, django_assert_num_queries):
    member, idea = a_member(), an_idea()
    cast_vote(idea, by=a_member())
    client.force_login(member)
    roles, savepoint = 1, 2
    url = reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
    with django_assert_num_queries(4 + SESSION_AND_USER + roles + savepoint):
        client.post(url, headers={"HX-Request": "true"})


def test_wrong_title_in_the_address_leads_to_the_right_one(client):
    idea = an_idea(title="Un livret pour mon petit-fils")
    for wrong in ("autre-chose/", ""):
        response = client.get(f"/idees/{idea.public_id}/{wrong}?reply=x")
        assert response.status_code == 301 and response.url == idea.get_absolute_url() + "?reply=x"


def test_unknown_idea_is_not_found(client):
    assert client.get("/idees/22222222222/rien/").status_code == 404
    assert client.get("/idees/1/").status_code == 404


def test_held_idea_is_for_its_author_alone(client):
    author = a_member()
    idea = an_idea(author=author, visibility="held")
    assert client.get(idea.get_absolute_url()).status_code == 404
    client.force_login(author)
    assert client.get(idea.get_absolute_url()).status_code == 200
    assert idea.title not in text_of(client.get("/idees/"))
    assert idea.title in text_of(client.get("/idees/?mine=1"))


def test_idea_page_shows_its_path_with_reasons_and_the_official_letter(client):
    idea, owner = an_idea(), a_product_owner(nickname="Nadia K.", job_title="Responsable des cartes")
    move_idea(idea, "under_review", reason="Nous l’étudions avec l’équipe Cartes.", by=owner)
    answer_officially(idea, body="Bonjour, **oui**, nous la faisons.", by=owner)
    page = text_of(client.get(idea.get_absolute_url()))
    assert "Nous l’étudions avec l’équipe Cartes." in page
    assert "<strong>oui</strong>" in page and "Nadia K." in page and "Responsable des cartes" in page


def test_merged_idea_points_to_the_one_that_stays(client):
    stays, goes = an_idea(), an_idea()
    merge_idea(goes, stays, reason="C’est la même demande que celle-ci.", by=a_product_owner())
    page = text_of(client.get(goes.get_absolute_url()))
    assert stays.get_absolute_url() in page and stays.title in page
    assert goes.title not in text_of(client.get("/idees/"))


def test_suspended_member_reads_so_instead_of_a_form(client):
    idea, until = an_idea(), timezone.now() + timedelta(days=3)
    client.force_login(a_member(banned_until=until))
    for path, form in ((reverse("ideas:new"), "idea-form"), (idea.get_absolute_url(), "comment-form")):
        page = text_of(client.get(path))
        assert f'id="{form}"' not in page
        assert day(timezone.localdate(until)) in page and reverse("trust:statements") in page


def test_on_a_phone_a_line_above_the_button_leads_to_what_looks_like_it(client):
    an_idea(title="Une alerte avant le découvert")
    client.force_login(a_member())
    page = text_of(client.get(reverse("ideas:new")))
    assert page.count("data-alike") == 2 and page.rindex("data-alike") < page.index('name="step"')
    live = text_of(client.get(reverse("ideas:similar"), {"title": "Une alerte avant le découvert"}))
    assert 'hx-swap-oob="innerHTML:[data-alike]"' in live and 'href="#similar"' in live
    compared = text_of(
        client.post(
            reverse("ideas:new"),
            {
                "title": "Une alerte avant le découvert",
                "body": "Je voudrais être averti la veille.",
                "category": a_category().slug,
            },
        )
    )
    assert "hx-swap-oob" not in compared and compared.count('href="#similar"') == 2


@pytest.mark.parametrize(
    ("prefix", "figures", "general"),
    [("", ["30 soutiens", "7 jours"], "Chaque thème a"), ("/en", ["30 supporters", "7 days"], "Each theme has")],
)
def test_the_posting_page_promises_the_figures_of_the_chosen_theme_and_no_others(
    client, settings, prefix, figures, general
):
    theme, other = a_category(promise_votes=30, promise_days=7), a_category()
    house = [
        str(settings.LAB[name]) + " " + word.split()[1]
        for name, word in zip(("PROMISE_VOTES", "PROMISE_DAYS"), figures, strict=True)
    ]
    client.force_login(a_member())
    with translation.override("en" if prefix else "fr"):
        page = reverse("ideas:new")
        unknown, nowhere = text_of(client.get(page)), text_of(client.get(page, {"category": "inconnu"}))
        chosen = text_of(client.get(page, {"category": theme.slug}))
        refused = text_of(client.post(page, {"title": "", "body": "", "category": theme.slug}))
        of_other = text_of(client.get(page, {"category": other.slug}))
    for said in (unknown, nowhere):
        assert general in said and not any(figure in said for figure in figures + house)
    for said in (chosen, refused):
        assert (theme.name_en if prefix else theme.name_fr) in said
        assert all(figure in said for figure in figures) and not any(figure in said for figure in house)
    assert all(figure in of_other for figure in house)


def test_an_idea_that_we_read_first_is_not_said_to_be_online(client):
    client.force_login(a_member())
    sent = {
        "title": "Une alerte avant le découvert",
        "body": "Je voudrais être averti la veille.",
        "category": a_category().slug,
    }
    assert "Votre idée est en ligne" in text_of(
        client.post(reverse("ideas:new"), sent | {"compared": "1"}, follow=True)
    )
    sent |= {
        "title": "Choisir le jour du prélèvement",
        "body": "Je voudrais choisir, voir https://exemple.test pour cela.",
    }
    page = text_of(client.post(reverse("ideas:new"), sent | {"compared": "1"}, follow=True))
    assert (
        "Votre idée est en ligne" not in page and "Votre idée nous est parvenue" in page and "Nous la relisons" in page
    )


def test_tags_and_the_challenge_in_progress_are_filters_of_the_list(client):
    tagged, entry = an_idea(), an_entry()
    tag = Tag.objects.create(slug="accessibilite", name_fr="Accessibilité", name_en="Accessibility", is_public=True)
    hidden = Tag.objects.create(slug="interne", name_fr="Étiquette interne", name_en="Internal")
    for one in (tag, hidden):
        IdeaTag.objects.create(idea=tagged, tag=one)
    over = a_challenge("archived", title_fr="Un défi d’hier")
    secret = a_challenge(title_fr="Un défi entre nous", circle=a_circle())
    page = text_of(client.get("/idees/"))
    assert 'name="tag" value="accessibilite"' in page and "Étiquette interne" not in page
    assert f'name="challenge" value="{entry.challenge.public_id}"' in page
    assert over.title_fr not in page and secret.title_fr not in page
    page = text_of(client.get("/idees/", {"tag": "accessibilite"}))
    assert 'value="accessibilite" checked' in page and tagged.title in page and entry.idea.title not in page
    page = text_of(client.get("/idees/", {"challenge": entry.challenge.public_id}))
    assert f'value="{entry.challenge.public_id}" checked' in page and tagged.title not in page


def test_list_narrowed_by_tag_and_challenge_takes_five_queries(client, django_assert_num_queries):
    entry = an_entry()
    tag = Tag.objects.create(slug="accessibilite", name_fr="Accessibilité", name_en="Accessibility", is_public=True)
    IdeaTag.objects.create(idea=entry.idea, tag=tag)
    warm(client)
    with django_assert_num_queries(5):  # themes, figures, tags and challenges, the challenge, the ideas
        page = client.get("/idees/", {"tag": tag.slug, "challenge": entry.challenge.public_id})
    assert entry.idea.title in text_of(page)


def test_following_is_chosen_by_hand(client):
    member, idea = a_member(), an_idea()
    client.force_login(member)
    url = reverse("ideas:follow", args=[idea.public_id])
    client.post(url + "?to=in")
    assert is_following(idea, member)
    page = text_of(client.get(idea.get_absolute_url()))
    assert "Ne plus suivre" in page
    client.post(url + "?to=out", headers={"HX-Request": "true"})
    assert not is_following(idea, member)


def test_comment_and_reply_stand_on_the_page_with_the_official_badge(client):
    member, owner, idea = a_member(), a_product_owner(job_title="Responsable"), an_idea()
    client.force_login(member)
    url = reverse("ideas:comment", args=[idea.public_id])
    client.post(url, {"body": "Cela me servirait beaucoup."})
    comment = idea.comments.get()
    client.force_login(owner)
    assert "répond" in text_of(client.get(idea.get_absolute_url() + f"?reply={comment.public_id}")).lower()
    response = client.post(url, {"body": "Merci, nous regardons.", "parent": comment.public_id})
    assert response.status_code == 302
    assert comment.replies.get().is_official
    page = text_of(client.get(idea.get_absolute_url()))
    assert "stamp--bank" in page and "Merci, nous regardons." in page


def test_internal_note_is_never_on_the_public_page(client):
    idea = an_idea()
    a_comment(idea, author=a_product_owner(), is_internal=True, body="Entre nous, c’est cher.")
    assert "Entre nous" not in text_of(client.get(idea.get_absolute_url()))


def test_a_published_comment_clears_its_draft(client):
    idea = an_idea()
    client.force_login(a_member())
    answer = client.post(f"/idees/{idea.public_id}/avis/", {"body": "Une bonne idée."})
    assert f'data-clear="comment-{idea.public_id}"' in text_of(client.get(answer.url))
    assert "data-clear=" not in text_of(client.get(idea.get_absolute_url()))


@pytest.mark.parametrize(
    "query", ["", "state=new", "state=new,planned", "category=cartes", "category=cartes&state=new"]
)
def test_facets_add_up_to_the_total_shown(client, query):
    cards, old = a_category(slug="cartes"), a_category(slug="ancien", is_active=False)
    kept = an_idea(category=cards)
    for theme, state in ((cards, "planned"), (old, "new"), (old, "delivered")):
        an_idea(category=theme, state=state)
    an_idea(category=cards, state="merged", merged_into=kept)
    counting.forget()
    shown = client.get(f"/idees/?{query}").context
    themes = [facet for facet in shown["theme_facets"] if facet["checked"]] or shown["theme_facets"]
    states = [facet for facet in shown["state_facets"] if facet["checked"]] or shown["state_facets"]
    total = shown["count"]["n"]
    assert sum(facet["count"] for facet in themes) == total
    assert sum(facet["count"] or 0 for facet in states) == total


def test_facets_say_no_figure_that_they_do_not_know(client):
    an_idea(title="Une carte de plus, s’il vous plaît")
    facets = client.get("/idees/?search=carte").context["state_facets"]
    assert {facet["count"] for facet in facets} == {None}
