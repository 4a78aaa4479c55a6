"""What takes a text away says on what ground, whichever desk or API does it; its author reads it, and contests it."""

import json

import pytest
from django.urls import reverse

from core.errors import Invalid
from core.shield import PrivateData
from ideas.backoffice.forms import TakingAwayForm
from ideas.domain import bulk
from ideas.domain.moderating import hide_idea
from ideas.domain.triaging import version_of
from ideas.models import Idea
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_moderator, a_product_owner
from tests.factories.trust import a_case
from tests.notifications.working import work
from trust.backoffice.forms import VerdictForm
from trust.domain.deciding import decide
from trust.models import Statement

pytestmark = pytest.mark.django_db
WHY = "Ce texte vise une personne : la charte ne le permet pas."
RULE = "Loi du 29 juillet 1881, article 29"


def stated():
    return list(Statement.objects.order_by("pk").values_list("measure", "ground", "rule"))


@pytest.mark.parametrize(("move", "measure"), [("hide", "hidden"), ("remove", "removed")])
def test_page_asks_for_it_and_the_author_reads_and_contests_it(client, move, measure):
    idea = an_idea()
    client.force_login(a_product_owner())
    asked = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id, "move": move}).content.decode()
    assert 'name="ground"' in asked and 'name="rule"' in asked and "Sur quel fondement" in asked
    said = {"reason": WHY, "ground": "law", "rule": RULE, "seen": version_of(idea)}
    client.post(reverse("ideas_desk:act", args=[idea.public_id, move]), said)
    assert stated() == [(measure, "law", RULE)]
    work()
    client.force_login(idea.author)
    page = client.get(Statement.objects.get().get_absolute_url()).content.decode()
    assert f"La loi, {RULE}" in page and WHY in page and 'name="text"' in page


def test_moderation_and_triage_ask_in_the_same_words():
    ours, theirs = TakingAwayForm(), VerdictForm()
    for name in ("ground", "rule"):
        assert ours.fields[name].label == theirs.fields[name].label
    assert ours.fields["ground"].choices == theirs.fields["ground"].choices


@pytest.mark.parametrize("to", ["hidden", "removed"])
def test_api_takes_it_for_ideas_and_comments_and_refuses_another(client, to):
    idea, comment = an_idea(), a_comment()
    client.force_login(a_moderator())

    def put(path, **said):
        body = json.dumps({"to": to, "reason": WHY} | said)
        return client.generic("PUT", f"/api/v1/desk/{path}/visibility/", body, content_type="application/json")

    for path in (f"ideas/{idea.public_id}", f"comments/{comment.public_id}"):
        refused = put(path, ground="humeur")
        assert (refused.status_code, Statement.objects.filter(ground="humeur").exists()) == (400, False)
        assert put(path, ground="law", rule=RULE).status_code == 200
    assert stated() == [(to, "law", RULE)] * 2


def test_bulk_checks_it_once_before_it_begins_and_states_it_to_each_author():
    owner, ideas = a_product_owner(), [an_idea(), an_idea()]
    rows = Idea.objects.filter(pk__in=[idea.pk for idea in ideas])
    with pytest.raises(Invalid) as refusal:
        bulk.start_bulk("hide", rows, {"reason": WHY, "ground": "humeur"}, by=owner)
    assert refusal.value.field == "ground"
    bulk.start_bulk("hide", rows, {"reason": WHY, "ground": "law", "rule": RULE}, by=owner)
    work()
    assert stated() == [("hidden", "law", RULE)] * 2


def test_without_a_word_it_is_the_charter_and_one_rule_refuses_what_is_wrong_everywhere():
    owner, moderator = a_product_owner(), a_moderator()
    hide_idea(an_idea(), reason=WHY, by=owner)
    assert stated() == [("hidden", "charter", "")]
    wrong = ({"ground": "humeur"}, "unknown_ground"), ({"rule": "x" * 201}, "too_long")
    for said, code in wrong:
        for attempt in (
            lambda said=said: hide_idea(an_idea(), reason=WHY, by=owner, **said),
            lambda said=said: decide(a_case(), "hide", reason=WHY, by=moderator, **said),
        ):
            with pytest.raises(Invalid) as refusal:
                attempt()
            assert refusal.value.code == code
    with pytest.raises(PrivateData):
        hide_idea(an_idea(), reason=WHY, by=owner, rule="Carte 4111 1111 1111 1111")
