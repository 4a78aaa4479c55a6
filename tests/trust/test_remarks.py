"""A comment under a poll is reported, held, judged, given back and forgotten as any other text is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from polls.domain.remarking import delete_remark
from polls.models import Remark
from tests.factories.members import a_member, a_moderator
from tests.factories.polls import a_consultation, a_remark
from tests.factories.trust import a_case, a_report
from trust.domain.deciding import decide
from trust.domain.keeping import forget_quotes
from trust.domain.undoing import undo_verdicts
from trust.models import Case, HoldRule, Statement
from trust.subjects import load

pytestmark = pytest.mark.django_db
WHY = "Ce texte vise une personne : la charte ne le permet pas."


def test_a_comment_under_a_poll_is_reported_by_its_address_and_hidden_with_reasons_for_its_author(client):
    remark = a_remark()
    moderator = a_moderator()
    form = client.get(reverse("trust:report") + f"?remark={remark.public_id}")
    assert f"#remark-{remark.public_id}" in form.content.decode()
    case = a_case(remark)
    assert (case.kind, case.subject_id) == ("remark", remark.pk)
    statement = decide(case, "hide", reason=WHY, by=moderator)
    remark.refresh_from_db()
    assert remark.visibility == "hidden"
    assert (statement.member_id, statement.kind, statement.owner_id) == (
        remark.author_id, "remark", remark.poll.owner_id,
    )  # fmt: skip
    assert not Case.objects.filter(closed_at=None).exists()
    undo_verdicts(statement.decision.batch, by=moderator)
    remark.refresh_from_db()
    assert remark.visibility == "public"


def test_the_desk_shows_the_poll_under_which_it_stands(client):
    remark = a_remark()
    case = a_case(remark)
    client.force_login(a_moderator())
    answer = client.get(reverse("api_desk_case", args=[case.public_id])).json()
    assert answer["subject"]["poll"] == remark.poll.public_id
    assert answer["subject"]["idea"] is None


def test_a_rule_holds_a_comment_and_only_its_author_reads_it_till_then(client):
    HoldRule.objects.all().delete()
    HoldRule.objects.create(kind="words", name_fr="Mots", name_en="Words", words_fr="arnaque", is_active=True)
    poll = a_consultation()
    remark = a_remark(poll, body="Cette offre est une arnaque.")
    assert remark.visibility == "held"
    page = poll.get_absolute_url()
    assert "arnaque" not in client.get(page).content.decode()
    client.force_login(remark.author)
    assert "arnaque" in client.get(page).content.decode()
    decide(Case.objects.get(), "keep", reason=WHY, by=a_moderator())
    client.force_login(a_member())
    assert "arnaque" in client.get(page).content.decode()


def test_a_deleted_comment_is_still_judged_on_what_it_said_and_forgotten_at_its_hour():
    remark = a_remark()
    a_report(remark)
    delete_remark(remark, by=remark.author)
    assert "L’affiche est belle" in load("remark", remark.pk).text
    case = Case.objects.get()
    decide(case, "remove", reason=WHY, by=a_moderator())
    Remark.objects.update(deleted_at=timezone.now() - timedelta(days=40))
    forget_quotes()
    assert Statement.objects.exclude(title="").exists()
    Case.objects.update(closed_at=timezone.now() - timedelta(days=400))
    forget_quotes()
    assert not Statement.objects.exclude(title="").exists()
