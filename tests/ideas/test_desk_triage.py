"""The triage page: what it shows, how many queries it costs, how moves are made, refused and taken back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from core.models import Event
from ideas.domain.assigning import assign_idea
from ideas.domain.editing import edit_idea
from ideas.domain.filing import file_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.triaging import version_of
from ideas.models import Comment, Idea, IdeaImage, IdeaMove, Merge, OfficialAnswer
from ideas.states import State
from tests.factories.circles import a_circle
from tests.factories.desk import a_suggestion
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."
SHELL = 9  # session, member, roles, two of permissions, and four of Wagtail's shell
OURS = 7  # queue, the urgent ones before it, named views, figures by view and theme, idea, its thread, pictures


def desk(client, **params):
    return client.get(reverse("ideas_desk:index"), params)


DECIDE = {"HX-Request": "true", "HX-Target": "decide"}


def act(client, idea, name, headers=None, **said):
    said.setdefault("seen", version_of(Idea.objects.get(pk=idea.pk)))
    return client.post(reverse("ideas_desk:act", args=[idea.public_id, name]), said, headers=headers)


@pytest.mark.parametrize("rows", [1, 3])
def test_queue_and_idea_cost_the_same_queries_whatever_the_rows(client, owner, rows, django_assert_num_queries):
    for row in range(rows):
        idea = an_idea(assignee=owner, title=f"Une alerte avant le découvert, variante {row}")
        a_comment(idea)
        a_comment(idea)
        idea.votes.up(a_member().pk)
        move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    desk(client)  # content types, permissions and the site's settings are cached
    with django_assert_num_queries(SHELL + OURS):
        assert desk(client, idea=idea.public_id).status_code == 200


def test_page_speaks_french(client, owner):
    an_idea(state=State.UNDER_REVIEW)
    html = desk(client, evidence="1").content.decode()
    for words in ("Tri des idées", "Toutes", "À l’étude", "Ne pas retenir", "Doublons proposés", "Sous le seuil de 50"):
        assert words in html
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)
    assert not re.search(r"\b(All|New|Votes cast|Decide|Thread|Search|Close|Reason|Under review)\b", text)


def test_move_that_is_not_possible_says_why(client, owner):
    held = an_idea(visibility="held", title="Une idée retenue")
    gone = an_idea(state=State.MERGED, merged_into=an_idea())

    def said(idea, move):
        return desk(client, idea=idea.public_id, move=move).context["impossible"]

    assert held.get_visibility_display() in said(held, "unmerge")
    assert "une autre" in said(gone, "merge")
    assert said(an_idea(), "merge") == "" and said(an_idea(), "") == ""
    assert "n’existe pas" in said(an_idea(), "nothing")
    assert "plusieurs idées" in said(an_idea(), "accept")
    page = desk(client, idea=gone.public_id, move="merge").content.decode()
    assert escape(said(gone, "merge")) in page


def test_views_hold_what_their_names_say(client, owner):
    now = timezone.now()
    mine = an_idea(assignee=owner, title="Une idée qui m’est confiée")
    late = an_idea(promise_due_at=now - timedelta(days=2), vote_score=60, title="Une idée en retard")
    held = an_idea(visibility="held", title="Une idée retenue")
    an_idea(state=State.DECLINED, title="Une idée non retenue")

    def found(**params):
        return {row.title for row in desk(client, **params).context["rows"]}

    assert found() == {mine.title, late.title}
    assert found(view="mine") == {mine.title}
    assert found(view="risk") == {late.title}
    assert found(view="held") == {held.title}
    assert found(view="unassigned") == {late.title}
    assert found(state="declined") == {"Une idée non retenue"}


def test_promise_that_is_most_overdue_stands_first(client, owner):
    now = timezone.now()
    an_idea()
    soon = an_idea(promise_due_at=now + timedelta(days=1))
    late = an_idea(promise_due_at=now - timedelta(days=2, hours=1))
    rows = desk(client).context["rows"]
    assert [row.pk for row in rows[:2]] == [late.pk, soon.pk]
    html = desk(client).content.decode()
    assert "En retard de 2\u00a0j" in html
    assert "Demain" in html


def test_queue_filters_by_theme_and_words_and_pages_by_cursor(client, owner):
    theme = a_category(slug="cartes", name_fr="Cartes")
    card = an_idea(category=theme, title="Bloquer sa carte par un appui long")
    for _row in range(30):
        an_idea()
    assert [row.pk for row in desk(client, category="cartes").context["rows"]] == [card.pk]
    assert [row.pk for row in desk(client, q="appui").context["rows"]] == [card.pk]
    first = desk(client, sort="newest")
    second = client.get(first.context["next_url"])
    seen = {row.pk for row in first.context["rows"]} | {row.pk for row in second.context["rows"]}
    assert len(seen) == 31


def test_move_is_prepared_with_who_will_hear_of_it(client, owner):
    idea = an_idea()
    for _voter in range(3):
        idea.votes.up(a_member().pk)
    page = desk(client, idea=idea.public_id, move="decline")
    assert page.context["audience"] == 4
    assert "personnes seront prévenues" in page.content.decode()
    assert IdeaMove.objects.count() == 0


def test_decline_needs_a_reason_and_keeps_what_was_typed(client, owner):
    idea = an_idea()
    page = act(client, idea, "decline", reason="non")
    assert page.status_code == 400
    assert "Donnez la raison en une phrase" in page.content.decode()
    assert ">\nnon</textarea>" in page.content.decode()
    assert Idea.objects.get(pk=idea.pk).state == State.NEW


def test_declined_idea_can_be_taken_back_for_ten_seconds(client, owner):
    idea = an_idea()
    assert act(client, idea, "decline", reason=WHY).status_code == 302
    page = desk(client, idea=idea.public_id)
    [undo] = page.context["undos"]
    assert (undo.kind, undo.told) == ("move", 1)
    assert "Annuler" in page.content.decode()
    client.post(reverse("ideas_desk:undo"), {"kind": undo.kind, "key": undo.key})
    assert Idea.objects.get(pk=idea.pk).state == State.NEW
    assert desk(client).context["undos"] == []


def test_late_undo_is_refused(client, owner):
    idea = an_idea()
    act(client, idea, "decline", reason=WHY)
    move = IdeaMove.objects.get()
    IdeaMove.objects.update(at=timezone.now() - timedelta(seconds=30))
    client.post(reverse("ideas_desk:undo"), {"kind": "move", "key": move.public_id})
    assert Idea.objects.get(pk=idea.pk).state == State.DECLINED


def test_silent_move_tells_nobody(client, owner):
    idea = an_idea()
    act(client, idea, "review", reason=WHY, silent="on")
    assert Event.objects.get(name="IdeaMoved").payload["is_silent"] is True
    assert desk(client).context["undos"][0].told == 0


def test_answer_is_published_and_can_be_taken_back(client, owner):
    idea = an_idea()
    act(client, idea, "answer", body=WHY)
    answer = OfficialAnswer.objects.get()
    client.post(reverse("ideas_desk:undo"), {"kind": "answer", "key": answer.public_id})
    idea.refresh_from_db()
    assert idea.answered_at is None


def test_merge_shows_who_counts_then_can_be_taken_back(client, owner):
    stays, duplicate, fan = an_idea(), an_idea(), a_member()
    for one in (stays, duplicate):
        one.votes.up(fan.pk)
    page = desk(client, idea=duplicate.public_id, move="merge", into=stays.public_id)
    assert page.context["merge"][1].together == 1
    assert "Personnes après la fusion" in page.content.decode()
    act(client, duplicate, "merge", into=stays.public_id, shown=stays.public_id, reason=WHY)
    assert Idea.objects.get(pk=duplicate.pk).merged_into == stays
    client.post(reverse("ideas_desk:undo"), {"kind": "merge", "key": duplicate.public_id})
    assert Merge.objects.get().undone_at is not None
    assert Idea.objects.get(pk=duplicate.pk).state == State.NEW


def test_merged_idea_can_be_separated_later_with_a_reason(client, owner):
    stays, duplicate = an_idea(), an_idea()
    address = f"https://lab.example/idees/{stays.public_id}/titre/"
    act(client, duplicate, "merge", into=address, shown=stays.public_id, reason=WHY)
    duplicate.refresh_from_db()
    act(client, duplicate, "unmerge", reason=WHY)
    assert Idea.objects.get(pk=duplicate.pk).merged_into is None


def test_address_sent_at_once_is_shown_before_it_is_merged(client, owner):
    """Without a script the page cannot show who counts while the address is pasted: the first press shows it."""
    stays, other, duplicate = an_idea(), an_idea(), an_idea()
    address = f"https://lab.example/idees/{stays.public_id}/titre/"
    for shown in ("", other.public_id):
        page = act(client, duplicate, "merge", into=address, shown=shown, reason=WHY)
        text = page.content.decode()
        assert page.status_code == 200 and "Rien n’est encore fusionné" in text and WHY in text
        assert f'name="shown" value="{stays.public_id}"' in text and stays.title in text
        assert Idea.objects.get(pk=duplicate.pk).merged_into is None
    act(client, duplicate, "merge", into=stays.public_id, shown=stays.public_id, reason=WHY)
    assert Idea.objects.get(pk=duplicate.pk).merged_into == stays
    assert act(client, duplicate, "merge", into=address, reason=WHY).status_code == 409, (
        "what cannot be is refused at once"
    )


def test_merging_into_an_unknown_idea_says_what_to_do(client, owner):
    page = act(client, an_idea(), "merge", into="zzzzzzzzzzzz", reason=WHY)
    assert page.status_code == 400
    assert "collez l’adresse de sa page" in page.content.decode()


def test_idea_that_stays_is_found_by_words_and_shown_before_anything_is_merged(client, owner):
    stays = an_idea(title="Suspendre la carte de mon salarié")
    duplicate, elsewhere = (
        an_idea(title="Éteindre une carte"),
        an_idea(title="Suspendre la carte perdue", circle=a_circle()),
    )
    page = act(client, duplicate, "merge", into="suspendre carte salarie", reason=WHY)
    assert page.status_code == 400
    assert page.context["found"] == [stays]
    text = page.content.decode()
    assert (
        "Quelle idée reste" in text
        and f'value="into={stays.public_id}"' in text
        and f"into={elsewhere.public_id}" not in text
        and WHY in text
    )
    found = client.get(
        reverse("ideas_desk:index"), {"idea": duplicate.public_id, "move": "merge", "into": "suspendre carte"},
        headers={"HX-Request": "true", "HX-Target": "desk-stays"},
    )  # fmt: skip
    assert stays.title in found.content.decode() and "<form" not in found.content.decode()
    looked = act(client, duplicate, "merge", into=f"/idees/{stays.public_id}/", reason=WHY, look="1")
    assert looked.status_code == 200
    assert "Personnes après la fusion" in looked.content.decode() and WHY in looked.content.decode()
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None


def test_choosing_the_idea_that_stays_or_another_one_keeps_what_was_typed(client, owner):
    stays, duplicate = an_idea(title="Suspendre la carte de mon salarié"), an_idea(title="Éteindre une carte")
    typed = {"into": "suspendre carte", "reason": WHY, "silent": "on"}

    def kept(page):
        form = page.context["form"]
        return form["reason"].value(), form["silent"].value(), form["into"].value()

    chosen = act(client, duplicate, "merge", **typed, look=f"into={stays.public_id}")
    assert kept(chosen) == (WHY, True, stays.public_id) and chosen.context["merge"][0] == stays
    assert f'value="{stays.public_id}"' in chosen.content.decode()
    typed["into"] = stays.public_id
    another = act(client, duplicate, "merge", **typed, shown=stays.public_id, look="into=")
    assert kept(another) == (WHY, True, "") and another.context["merge"] is None
    part = act(client, duplicate, "merge", **typed, look=f"into={stays.public_id}", headers=DECIDE)
    text = part.content.decode()
    assert WHY in text and "Personnes après la fusion" in text and "<html" not in text
    strange = act(client, duplicate, "merge", **typed, look="seen=x")
    assert strange.status_code == 200 and kept(strange) == (WHY, True, stays.public_id)
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None


def test_evidence_and_a_similar_idea_are_read_beside_the_move_with_all_that_was_typed(client, owner):
    other, idea = an_idea(title="Suspendre la carte de mon salarié", body="Le temps d’un congé."), an_idea()
    typed = {"question": "Peut-on la suspendre ?", "due_on": "2030-05-06"}
    page = act(client, idea, "route", **typed, look="evidence=1")
    assert page.status_code == 200 and "duplicates" in page.context and page.context["compared"] is None
    page = act(client, idea, "route", **typed, look=f"beside={other.public_id}")
    form, html = page.context["form"], page.content.decode()
    assert (form["question"].value(), form["due_on"].value()) == (typed["question"], typed["due_on"])
    assert page.context["compared"] == other and "Le temps d’un congé." in html
    assert not Idea.objects.get(pk=idea.pk).deeds.exists()
    strange = act(client, idea, "route", **typed, look="beside=rien")
    assert strange.status_code == 200 and strange.context["compared"] is None


@pytest.mark.parametrize(("name", "field"), [("route", "question"), ("answer", "body"), ("decline", "reason")])
def test_text_of_one_move_goes_into_the_merge_that_is_looked_at(client, owner, name, field):
    other, idea = an_idea(), an_idea()
    page = act(client, idea, "merge", **{field: WHY}, look=f"into={other.public_id}")
    assert page.context["form"]["reason"].value() == WHY and page.context["merge"][0] == other
    assert Idea.objects.get(pk=idea.pk).merged_into is None


def test_links_to_other_ideas_are_buttons_of_the_form_that_is_prepared(client, owner):
    """Without a script, that is: one reads another idea and loses nothing."""
    idea = an_idea()
    other = a_suggestion(idea).canonical
    button = f'form="desk-move" name="look" value="beside={other.public_id}"'
    assert button in desk(client, idea=idea.public_id, move="decline").content.decode()
    html = desk(client, idea=idea.public_id).content.decode()
    assert button not in html and f'<a href="/desk/triage/?idea={other.public_id}">' in html


def test_idea_is_assigned_and_noted_and_hidden(client, owner):
    idea = an_idea()
    act(client, idea, "assign", assignee=owner.public_id)
    act(client, idea, "note", body="Vu avec l’équipe Données.")
    act(client, idea, "hide", reason=WHY)
    idea.refresh_from_db()
    assert (idea.assignee, idea.visibility) == (owner, "hidden")
    assert Comment.objects.get().is_internal
    act(client, idea, "restore", reason=WHY)
    idea.refresh_from_db()
    assert idea.visibility == "public"


def test_colleague_who_acted_first_is_named_and_the_text_is_kept(client, owner):
    idea = an_idea()
    seen = version_of(idea)
    yanis = a_product_owner(nickname="Yanis Belkacem")
    move_idea(idea, State.UNDER_REVIEW, reason="Je la prends avec l’équipe Cartes.", by=yanis)
    page = act(client, idea, "decline", reason=WHY, seen=seen)
    html = page.content.decode()
    assert page.status_code == 409
    assert "Yanis Belkacem a agi avant vous" in html
    assert "Je la prends avec l’équipe Cartes." in html
    assert WHY in html
    assert Idea.objects.get(pk=idea.pk).state == State.UNDER_REVIEW
    again = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert act(client, idea, "decline", reason=WHY, seen=again).status_code == 302


def test_move_that_a_colleague_made_impossible_is_not_offered_again_and_its_text_goes_into_one_that_is(client, owner):
    idea = an_idea()
    seen = version_of(idea)
    move_idea(idea, State.DECLINED, reason="Notre prestataire ne le permet pas.", by=a_product_owner())
    page = act(client, idea, "decline", reason=WHY, seen=seen)
    html = page.content.decode()
    assert page.status_code == 409 and "data-prepared" not in html and "data-audience" not in html
    assert f'action="/desk/triage/{idea.public_id}/decline/' not in html
    assert "n’est pas possible pour cette idée telle qu’elle est" in html
    assert re.search(rf'name="kept" rows="4">{re.escape(WHY)}</textarea>', html)
    carrying = re.findall(r'formaction="([^"]+)"', html)
    assert any("/note/" in url for url in carrying) and not any("/assign/" in url for url in carrying)
    noting = next(url for url in carrying if "/note/" in url)
    html = client.post(noting, {"look": "1", "kept": WHY}).content.decode()
    assert re.search(rf'<textarea name="body"[^>]*>\s*{re.escape(WHY)}</textarea>', html)
    assert not Comment.objects.exists()
    again = re.search(r'name="seen" value="([^"]+)"', html)[1]
    assert act(client, idea, "note", body=WHY, seen=again).status_code == 302


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda idea, by: edit_idea(idea, by=idea.author, title="Un autre titre, plus clair", body=idea.body),
            "changé par",
        ),
        (
            lambda idea, by: answer_officially(idea, body="Nous la préparons pour le printemps.", by=by),
            "pour le printemps",
        ),
        (lambda idea, by: assign_idea(idea, by, by=by), "Yanis Belkacem a agi avant vous"),
        (lambda idea, by: file_idea(idea, a_category(name_fr="Épargne solidaire"), by=by), "Épargne solidaire"),
    ],
)
def test_second_one_is_told_of_a_text_an_answer_a_carrier_or_a_theme_that_changed(client, owner, change, words):
    idea = an_idea()
    seen = version_of(idea)
    change(idea, a_product_owner(nickname="Yanis Belkacem"))
    page = act(client, idea, "decline", reason=WHY, seen=seen)
    html = page.content.decode()
    assert (page.status_code, words in html, WHY in html) == (409, True, True)
    assert Idea.objects.get(pk=idea.pk).state == State.NEW


def test_official_answer_of_a_colleague_is_not_given_as_a_reason(client, owner):
    idea, colleague = an_idea(), a_product_owner(nickname="Yanis Belkacem")
    seen = version_of(idea)
    answer_officially(idea, body="Nous la préparons pour le printemps.", by=colleague)
    html = act(client, idea, "decline", reason=WHY, seen=seen).content.decode()
    assert "Yanis Belkacem a agi avant vous" in html and "Raison donnée" not in html
    move_idea(idea, State.UNDER_REVIEW, reason="Elle revient souvent.", by=colleague)
    html = act(client, idea, "decline", reason=WHY, seen=seen).content.decode()
    assert re.search(r"Raison donnée</th><td>–</td><td>Elle revient souvent\.", html)


def test_removing_says_what_it_does_and_that_there_is_a_way_back(client, owner):
    idea = an_idea()
    html = desk(client, idea=idea.public_id, move="remove").content.decode()
    assert "Supprimer du site" in html and "rien n’est effacé" in html and "définitivement" not in html
    act(client, idea, "remove", reason=WHY)
    assert "restore" in [move.name for move, _url in desk(client, idea=idea.public_id).context["moves"]]


def test_toast_of_a_question_fits_whoever_is_asked(client, owner):
    expert = a_product_owner(nickname="Claire Le Goff")
    day = timezone.localdate() + timedelta(days=7)
    act(client, an_idea(), "route", expert=expert.public_id, question="Est-ce possible cet été ?", due_on=day)
    assert "Avis demandé à Claire Le Goff" in desk(client).content.decode()


def test_card_number_is_refused_and_can_be_sent_masked(client, owner):
    idea = an_idea()
    number = "4539 1488 0343 6467"
    page = act(client, idea, "answer", body=f"Votre carte {number} est refaite, elle arrive demain.")
    assert page.status_code == 400
    assert "Envoyer avec le numéro masqué" in page.content.decode()
    act(client, idea, "answer", body=f"Votre carte {number} est refaite, elle arrive demain.", masked="1")
    assert OfficialAnswer.objects.get().body == "Votre carte •••• est refaite, elle arrive demain."


def test_parts_of_the_page_come_alone_for_htmx(client, owner):
    idea = an_idea()
    headers = {"HX-Request": "true", "HX-Target": "decide"}
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id, "move": "note"}, headers=headers)
    html = page.content.decode()
    assert "<html" not in html
    assert "Garder la note" in html


def test_members_who_may_not_answer_are_not_offered_as_colleagues(client, owner):
    a_member(nickname="Cliente")
    assert "Cliente" not in str(desk(client, idea=an_idea().public_id, move="assign").context["form"])


def test_mine_counts_what_was_given_to_me(client, owner):
    assign_idea(an_idea(), owner, by=owner)
    tabs = {tab.name: tab.count for tab in desk(client).context["tabs"]}
    assert (tabs["mine"], tabs["unassigned"], tabs["all"]) == (1, 0, 1)


def test_pictures_of_an_idea_are_asked_from_who_checks_the_right_to_see_them(client, owner):
    idea = an_idea()
    picture = IdeaImage.objects.create(
        idea=idea, file="ideas/2026/11/croquis.webp", alt="Un croquis", width=9, height=9
    )
    html = desk(client, idea=idea.public_id).content.decode()
    assert reverse("ideas:small_image", args=[picture.public_id]) in html
    assert "/media/" not in html
