"""Remarks under a consultation: who speaks, what is refused, how long one can change it, who hears of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core import privacy
from core.errors import DomainError, Invalid, NotAllowed, NotFound
from core.shield import PrivateData
from members.domain.erasing import erase
from members.permissions import Banned, ReadsOnly
from notifications.models import Notification
from polls.domain.closing import close
from polls.domain.moderating import hide_remark
from polls.domain.pacing import TooMany
from polls.domain.remarking import (
    RemarksClosed,
    delete_remark,
    edit_remark,
    forget_deleted_remarks,
    remark_on,
)
from polls.models import Poll, Remark, RemarkVersion
from polls.permissions import NotInAudience
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_consultation, a_remark, an_open_poll
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
CARD = "4970 1012 3456 7893"


def page(client, poll) -> str:
    return client.get(poll.get_absolute_url()).content.decode()


def test_a_member_comments_and_everyone_who_reads_the_poll_reads_it(client):
    poll = a_consultation()
    remark = a_remark(poll, body="Le phare **me parle**.")
    assert "<strong>me parle</strong>" in page(client, poll)
    assert not remark.is_official
    assert f'id="remark-{remark.public_id}"' in page(client, poll)


def test_the_bank_s_badge_comes_from_the_server(client):
    poll = a_consultation()
    assert a_remark(poll, by=a_product_owner()).is_official
    assert a_remark(poll, by=a_moderator()).is_official
    client.force_login(a_member())
    client.post(reverse("polls:remarks", args=[poll.public_id]), {"body": "Bonjour à tous", "is_official": "1"})
    assert not Remark.objects.latest("id").is_official


def test_only_a_consultation_takes_comments():
    with pytest.raises(NotFound):
        remark_on(an_open_poll(), body="Bonjour à tous", by=a_member())


def test_who_the_poll_does_not_invite_reads_and_does_not_speak():
    poll = a_consultation(kinds=["customer"])
    with pytest.raises(NotInAudience):
        a_remark(poll, by=a_member(kind="prospect"))
    with pytest.raises(Banned):
        a_remark(poll, by=a_member(banned_until=timezone.now() + timedelta(days=3)))
    with pytest.raises(ReadsOnly):
        a_remark(poll, by=an_auditor())


def test_the_talk_ends_with_the_poll_but_the_bank_may_still_answer():
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    close(poll, by=owner)
    poll = Poll.objects.get(pk=poll.pk)
    with pytest.raises(RemarksClosed):
        a_remark(poll)
    assert a_remark(poll, by=owner).is_official


def test_a_circle_s_talk_is_for_its_people(client):
    poll = a_consultation()
    remark = a_remark(poll)
    Poll.objects.filter(pk=poll.pk).update(circle=a_circle())
    poll = Poll.objects.get(pk=poll.pk)
    with pytest.raises(NotFound):
        a_remark(poll, by=a_member())
    client.force_login(a_member())
    assert client.get(poll.get_absolute_url()).status_code == 404
    for name, arguments in (("api_poll_remarks", [poll.public_id]),
                            ("api_poll_remark", [poll.public_id, remark.public_id])):  # fmt: skip
        assert client.get(reverse(name, args=arguments)).status_code == 404


def test_a_card_number_is_refused_and_comes_back_masked(client):
    poll = a_consultation()
    with pytest.raises(PrivateData):
        a_remark(poll, body=f"Ma carte est {CARD}")
    client.force_login(a_member())
    answer = client.post(reverse("polls:remarks", args=[poll.public_id]), {"body": f"Ma carte est {CARD}"})
    assert answer.status_code == 400
    assert CARD not in answer.content.decode() and "Ma carte est" in answer.content.decode()
    assert not Remark.objects.exists()


def test_a_text_too_short_comes_back_with_what_was_typed(client):
    poll = a_consultation()
    client.force_login(a_member())
    answer = client.post(reverse("polls:remarks", args=[poll.public_id]), {"body": "x"})
    assert answer.status_code == 400 and ">x</textarea>" in answer.content.decode().replace("\n", "")
    with pytest.raises(Invalid):
        a_remark(poll, body="x" * 2001)


def test_six_comments_a_minute_are_enough(settings):
    settings.LAB = settings.LAB | {"COMMENTS_PER_MINUTE": 1}
    poll, member = a_consultation(), a_member()
    a_remark(poll, by=member)
    with pytest.raises(TooMany):
        a_remark(poll, by=member)


def test_one_s_own_comment_changes_for_a_quarter_of_an_hour_and_keeps_what_it_said():
    remark = a_remark()
    edit_remark(remark, body="Le taux est lisible en fait.", by=remark.author)
    assert RemarkVersion.objects.get().body.startswith("L’affiche est belle")
    with pytest.raises(NotAllowed):
        edit_remark(remark, body="Tout autre chose", by=a_member())
    Remark.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    with pytest.raises(DomainError) as refused:
        edit_remark(Remark.objects.get(), body="Trop tard pour changer", by=remark.author)
    assert refused.value.code == "too_late_to_edit"


def test_a_deleted_comment_leaves_a_trace_and_no_text(client):
    remark = a_remark()
    for _again in range(2):
        delete_remark(remark, by=remark.author)
    text = page(client, remark.poll)
    assert "L’affiche est belle" not in text and f'id="remark-{remark.public_id}"' in text
    answer = client.get(reverse("api_poll_remark", args=[remark.poll.public_id, remark.public_id])).json()
    assert (answer["trace"], answer["author"], answer["body"]) == ("author", None, "")


def test_a_deleted_text_goes_for_good_after_a_month():
    remark = a_remark()
    delete_remark(remark, by=remark.author)
    forget_deleted_remarks()
    assert RemarkVersion.objects.count() == 1
    Remark.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    forget_deleted_remarks()
    assert not RemarkVersion.objects.exists()


def test_a_hidden_comment_shows_that_it_was_there(client):
    remark = a_remark()
    hide_remark(remark, reason="Ce texte vise une personne.", by=a_moderator())
    text = page(client, remark.poll)
    assert "L’affiche est belle" not in text and "modération" in text
    why = f'<a href="{reverse("trust:statements")}">'
    assert why not in text
    client.force_login(remark.author)
    assert why in page(client, remark.poll)


def test_who_runs_the_poll_hears_of_each_comment_once_and_not_of_their_own():
    owner = a_product_owner()
    poll = a_consultation(by=owner)
    remark = a_remark(poll)
    a_remark(poll, by=owner)
    work()
    from notifications.handlers.remarks import tell_remark

    tell_remark(remark.pk, str(uuid4()))
    told = Notification.objects.filter(kind="remark_posted")
    assert [(note.member_id, note.subject_id) for note in told] == [(owner.pk, remark.pk)]


def test_pages_and_the_app_list_comments_by_cursor_the_newest_first(client):
    poll = a_consultation()
    for number in range(23):
        a_remark(poll, body=f"Remarque numéro {number}.")
    text = page(client, poll)
    assert "numéro 22" in text and "numéro 2." not in text and "cursor=" in text
    first = client.get(reverse("api_poll_remarks", args=[poll.public_id])).json()
    assert len(first["results"]) == 20
    rest = client.get(first["next"]).json()["results"]
    assert [row["body"] for row in rest] == [f"Remarque numéro {number}." for number in (2, 1, 0)]
    assert client.get(reverse("api_poll_remarks", args=[poll.public_id]) + "?cursor=zz").status_code == 400


def test_the_address_of_a_comment_shows_it_first_however_old(client):
    poll = a_consultation()
    old = a_remark(poll, body="La toute première remarque.")
    for number in range(21):
        a_remark(poll, body=f"Remarque numéro {number}.")
    assert "toute première" not in page(client, poll)
    assert "toute première" in client.get(old.get_absolute_url().partition("#")[0]).content.decode()


def test_editing_and_deleting_have_pages_that_work_without_javascript(client):
    remark = a_remark()
    names = [remark.poll.public_id, remark.public_id]
    client.force_login(remark.author)
    assert client.get(reverse("polls:remark_edit", args=names)).status_code == 200
    client.post(reverse("polls:remark_edit", args=names), {"body": "Autrement dit : bravo."})
    assert Remark.objects.get().body == "Autrement dit : bravo."
    assert client.get(reverse("polls:remark_delete", args=names)).status_code == 200
    client.post(reverse("polls:remark_delete", args=names))
    assert Remark.objects.get().is_deleted


def test_the_app_comments_changes_and_takes_back(client):
    poll = a_consultation()
    client.force_login(a_member())
    said = client.post(
        reverse("api_poll_remarks", args=[poll.public_id]), {"body": "Bien vu."}, content_type="application/json"
    )
    assert said.status_code == 201
    one = reverse("api_poll_remark", args=[poll.public_id, said.json()["id"]])
    changed = client.patch(one, {"body": "Très bien vu."}, content_type="application/json")
    assert changed.json()["body"] == "Très bien vu." and changed.json()["editable_until"]
    assert client.delete(one).status_code == 204
    client.force_login(a_member())
    assert client.patch(one, {"body": "Pas à moi"}, content_type="application/json").status_code == 403


def test_export_has_my_comments_and_erasure_takes_my_name():
    remark = a_remark()
    edit_remark(remark, body="Le taux est lisible en fait.", by=remark.author)
    holding = privacy.holdings["polls.Remark"]
    assert holding.export(remark.author)[0]["earlier"] == ["L’affiche est belle, mais on ne lit pas le taux."]
    name = remark.author.nickname
    erase(remark.author, by=remark.author)
    remark = Remark.objects.get()
    assert name not in str(remark.author) and remark.body
    assert not RemarkVersion.objects.exists()
