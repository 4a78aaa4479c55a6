"""Templates of official answers: fields known and filled, versions kept, the answer remembers its own."""

import pytest
from django.urls import reverse

from core.errors import Invalid, NotAllowed
from core.shield import PrivateData
from ideas.domain.moving import answer_officially
from ideas.domain.templating import edit_template, fill, version_in_force, write_template
from ideas.domain.triaging import version_of
from ideas.models import AnswerTemplate, OfficialAnswer
from tests.factories.desk import a_template
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_expert

pytestmark = pytest.mark.django_db


def rewritten(template, **changes):
    now = version_in_force(template)
    said = {
        "name_fr": template.name_fr, "name_en": template.name_en, "body_fr": now.body_fr, "body_en": now.body_en,
        "category": template.category, "owner": template.owner, "is_active": True, "by": a_moderator(),
    }  # fmt: skip
    return edit_template(template, **said | changes)


def test_text_is_filled_from_the_idea_and_the_rest_is_asked():
    idea = an_idea(title="Un plafond à la journée {sic}", author=a_member(nickname="Maëlle"))
    letter = fill(version_in_force(a_template()), idea)
    assert letter.text.startswith("Bonjour Maëlle,") and "« Un plafond à la journée {sic} »" in letter.text
    assert letter.asked == ("equipe",)
    assert fill(version_in_force(a_template()), idea, values={"equipe": "Cartes"}).asked == ()


def test_text_is_in_the_author_s_language_where_there_is_one():
    template = a_template("Bonjour {prenom}, merci de votre idée.", body_en="Hello {prenom}, thank you for your idea.")
    assert fill(version_in_force(template), an_idea(author=a_member(language="en"))).text.startswith("Hello")
    assert fill(version_in_force(a_template()), an_idea(author=a_member(language="en"))).text.startswith("Bonjour")


def test_unknown_field_is_refused_with_those_that_exist():
    with pytest.raises(Invalid) as refusal:
        a_template("Bonjour {nom}, merci beaucoup.")
    assert refusal.value.code == "unknown_field"
    assert "{nom}" in str(refusal.value) and "{prenom}" in str(refusal.value)


def test_each_edit_of_the_text_is_a_version_and_the_answer_keeps_its_own():
    template, owner, idea = a_template(), a_product_owner(), an_idea()
    first = version_in_force(template)
    answer_officially(idea, body="Bonjour, l’équipe Cartes vous répond.", by=owner, written_from=first)
    template = rewritten(template, body_fr="Bonjour {prenom}, voici la nouvelle réponse.")
    assert (template.version, template.versions.count()) == (2, 2)
    assert OfficialAnswer.objects.get().written_from == first and first.body_fr != version_in_force(template).body_fr
    assert rewritten(template, name_fr="Un autre nom").version == 2


def test_answer_with_a_field_left_open_is_not_published():
    with pytest.raises(Invalid) as refusal:
        answer_officially(an_idea(), body="Bonjour {prenom}, voici notre réponse.", by=a_product_owner())
    assert refusal.value.code == "field_left" and not OfficialAnswer.objects.exists()


def test_template_has_an_owner_a_name_of_its_own_and_no_secret():
    owner = a_product_owner()
    assert a_template(name_fr="Merci", name_en="Thanks", by=owner).owner == owner
    with pytest.raises(Invalid) as refusal:
        a_template(name_fr="merci", name_en="Other")
    assert refusal.value.code == "template_exists"
    with pytest.raises(PrivateData):
        a_template("Votre carte 4539 1488 0343 6467 est refaite.")
    with pytest.raises(NotAllowed):
        write_template(name_fr="Autre", name_en="Other", body_fr="Bonjour à vous tous.", by=an_expert())


def test_desk_fills_the_template_asks_the_rest_and_remembers_the_version(client):
    template, idea = a_template(), an_idea(author=a_member(nickname="Maëlle"))
    client.force_login(a_product_owner())
    page = client.get(
        reverse("ideas_desk:index"), {"idea": idea.public_id, "move": "answer", "template": template.public_id}
    )
    html = page.content.decode()
    assert "Bonjour Maëlle" in html and 'name="field_equipe"' in html and template.name_fr in html
    said = {"seen": version_of(idea)} | {name: page.context["form"].initial[name] for name in ("body", "template")}
    url = reverse("ideas_desk:act", args=[idea.public_id, "answer"])
    refused = client.post(url, said)
    assert refused.status_code == 400 and "Remplissez d’abord {equipe}" in refused.content.decode()
    client.post(url, said | {"field_equipe": "Cartes"})
    answer = OfficialAnswer.objects.get()
    assert "l’équipe Cartes" in answer.body and answer.written_from == version_in_force(template)


def test_desk_keeps_templates_with_their_versions(client):
    client.force_login(a_moderator())
    said = {"name_fr": "Merci", "name_en": "Thanks", "body_fr": "Bonjour {prenom}, merci.", "is_active": "on"}
    answer = client.post(reverse("ideas_desk:template_new"), said)
    template = AnswerTemplate.objects.get()
    assert answer.url == reverse("ideas_desk:template", args=[template.public_id])
    client.post(answer.url, said | {"body_fr": "Bonjour {prenom}, merci encore."})
    page = client.get(answer.url).content.decode()
    assert "Version 2, en vigueur" in page and "merci encore" in page and "Bonjour {prenom}, merci." in page
    refused = client.post(answer.url, said | {"body_fr": "Bonjour {nom}."})
    assert refused.status_code == 400 and "Bonjour {nom}." in refused.content.decode()
    assert "Merci" in client.get(reverse("ideas_desk:templates")).content.decode()
    client.force_login(an_expert())
    assert (
        client.post(reverse("ideas_desk:template_new"), said | {"name_fr": "Autre", "name_en": "Other"}).status_code
        == 403
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_templates_costs_the_same_whatever_the_rows(client, rows, django_assert_num_queries):
    owner = a_product_owner()
    client.force_login(owner)
    for _row in range(rows):
        a_template(by=owner)
    client.get(reverse("ideas_desk:templates"))
    with django_assert_num_queries(9 + 1):
        client.get(reverse("ideas_desk:templates"))
