"""Votes on behalf recorded on many ideas at once: the same record on each, by the verb that makes it alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from core.shield import PrivateData
from core.worker import Worker
from ideas.domain import bulk
from ideas.domain.putting_back import put_back
from ideas.domain.recounting import recount_all
from ideas.domain.triaging import version_of
from ideas.domain.voting_for_others import take_back_votes
from ideas.models import BulkRun, Deed, Idea, VoteOnBehalf
from tests.bulk import made
from tests.factories.ideas import an_idea
from tests.factories.members import a_moderator, an_expert

pytestmark = pytest.mark.django_db
SAID = {"source": "call_centre", "people": "3", "reference": "Appels de la semaine 47"}


def counts():
    return list(Idea.objects.order_by("pk").values_list("votes_on_behalf_count", flat=True))


def test_each_idea_gets_a_record_of_its_own_in_its_count_and_its_history(moderator):
    ideas = [an_idea(), an_idea(), an_idea(state="delivered")]
    run = made("for-others", ideas, moderator, SAID)
    assert list(run.lines.order_by("pk").values_list("result", flat=True)) == ["done", "done", "refused"]
    assert counts() == [3, 3, 0] and recount_all(write=False) == []
    assert set(VoteOnBehalf.objects.values_list("source", "people", "reference")) == {
        ("call_centre", 3, "Appels de la semaine 47")
    }
    assert set(Deed.objects.values_list("kind", "by", "reason")) == {("on_behalf", moderator.pk, SAID["reference"])}


def test_the_whole_is_taken_back_within_ten_seconds(moderator):
    run = made("for-others", [an_idea(), an_idea()], moderator, SAID)
    assert bulk.can_undo(run) and bulk.undo_bulk(run, by=moderator) == 2
    assert counts() == [0, 0]


def test_later_it_is_put_back_with_a_reason_but_for_what_a_colleague_took_back_since(moderator):
    first, second = an_idea(), an_idea()
    run = made("for-others", [first, second], moderator, SAID)
    BulkRun.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=5))
    run.refresh_from_db()
    take_back_votes(VoteOnBehalf.objects.get(idea=second), by=a_moderator())
    back = put_back(run, reason="Comptés deux fois, par erreur.", by=moderator)
    Worker(batch=True).run()
    assert list(back.lines.order_by("pk").values_list("result", flat=True)) == ["done", "refused"]
    assert counts() == [0, 0] and recount_all(write=False) == []
    assert Deed.objects.filter(idea=first, kind="taken_back", reason="Comptés deux fois, par erreur.").exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [({"source": "fax"}, None), ({"source": ""}, "unknown_source"),
     ({"people": ""}, "bad_number"), ({"reference": "x"}, "too_short"),
     ({"reference": "Mme Le Goff, 06 12 34 56 78"}, "personal_data")],
)  # fmt: skip
def test_what_a_record_may_not_say_is_refused_before_the_run_begins(moderator, change, code):
    with pytest.raises(DomainError) as refusal:
        made("for-others", [an_idea()], moderator, SAID | change)
    assert code in (None, refusal.value.code) and refusal.value.status == 400
    with pytest.raises(PrivateData):
        made("for-others", [an_idea()], moderator, SAID | {"reference": "Carte 4539 1488 0343 6467"})
    assert not BulkRun.objects.exists()


def test_who_records_no_votes_starts_no_run():
    with pytest.raises(NotAllowed):
        made("for-others", [an_idea()], an_expert(), SAID)


def test_page_asks_for_the_number_of_people_of_each_idea_and_shows_how_far_it_is(client, moderator):
    ideas = [an_idea(), an_idea()]
    picks = [f"{idea.public_id}~{version_of(idea)}" for idea in ideas]
    page = client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "for-others"})
    assert "Nombre de personnes, pour chaque idée" in page.content.decode()
    assert client.post(page.context["action"], {"move": "for-others", **SAID}).status_code == 302
    assert "0 sur 2 faites" in client.get(reverse("ideas_desk:index")).content.decode()
    Worker(batch=True).run()
    run = BulkRun.objects.get()
    assert "2 sur 2 faites" in client.get(reverse("ideas_desk:run", args=[run.public_id])).content.decode()
    assert counts() == [3, 3]


def test_api_records_them_over_many_ideas(client, moderator):
    ideas = [{"id": an_idea().public_id}, {"id": an_idea().public_id}]
    said = {"move": "for-others", "ideas": ideas, "values": SAID | {"people": 3}}
    run = client.post(reverse("api_desk_bulk"), said, "application/json").json()["id"]
    Worker(batch=True).run()
    assert client.get(reverse("api_desk_bulk_run", args=[run])).json()["done"] == 2
    assert counts() == [3, 3]
