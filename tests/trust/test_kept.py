"""Content that was reported and kept: who reported reads why, and its author hears of nothing, for nothing was taken from them."""

import pytest
from django.core import mail

from core.privacy import holdings
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator
from tests.factories.trust import WHY, a_case, a_report
from tests.notifications.working import told, work
from trust.domain.deciding import decide
from trust.domain.deciding_many import decide_many
from trust.models import Case, Statement, Strike

pytestmark = pytest.mark.django_db


def decided_alone(case):
    decide(case, "keep", reason=WHY, by=a_moderator())


def decided_with_others(case):
    decide_many(
        [case.public_id, a_case(a_comment(), email="b@example.org").public_id], "keep", reason=WHY, by=a_moderator()
    )


@pytest.mark.parametrize("decided", [decided_alone, decided_with_others])
@pytest.mark.parametrize("make", [a_comment, an_idea])
def test_author_of_what_is_kept_is_told_nothing_by_any_way(client, make, decided):
    author, reporter = a_member(), a_member()
    thing = make(author=author)
    report = a_report(thing, by=reporter)
    decided(Case.objects.get(pk=report.case_id))
    work()
    work()
    thing.refresh_from_db()
    assert thing.visibility == "public"
    assert told(author) == [] and author.email not in {to for letter in mail.outbox for to in letter.to}
    assert not Statement.objects.told_to(author).exists() and not Strike.objects.filter(member=author).exists()
    client.force_login(author)
    assert client.get("/api/v1/statements/").json()["results"] == []
    assert holdings["trust.Statement"].export(author) == [], "nor by the export of their data"
    assert client.get("/api/v1/notifications/").json()["results"] == []
    assert [note.kind for note in told(reporter)] == ["report_received", "report_decided"]


def test_who_reported_without_an_account_gets_one_receipt_and_one_answer():
    case = a_case(a_comment())
    work()
    decide(case, "keep", reason=WHY, by=a_moderator())
    work()
    work()
    assert [letter.to for letter in mail.outbox] == [["odile@example.org"]] * 2
    assert len({letter.subject for letter in mail.outbox}) == 2
