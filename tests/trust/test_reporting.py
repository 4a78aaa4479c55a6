"""D1: a notice of content, its receipt and its decision, without signing in."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from core.errors import DomainError
from notifications.models import Notification
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.trust import WHY, a_report
from tests.notifications.working import work
from trust.domain.banning import ban
from trust.domain.deciding import decide
from trust.models import Case, Report
from trust.signing import path_of

pytestmark = pytest.mark.django_db
SAID = {
    "reason": "fraud", "explanation": "Ce « conseiller » demande mes codes par message.", "name": "Odile Martin",
    "email": "odile@example.org", "good_faith": "on",
}  # fmt: skip


def refused(**changes):
    with pytest.raises(DomainError) as refusal:
        a_report(an_idea(), **changes)
    return refusal.value.code


def test_form_says_when_a_name_and_an_e_mail_are_needed(client):
    page = client.get(reverse("trust:report")).content.decode()
    assert page.count("nécessaire, sauf pour l’abus sexuel d’un enfant") == 2 and "(facultatif)" not in page


def test_report_without_an_account_end_to_end(client):
    idea = an_idea()
    page = client.get(reverse("trust:report"), {"idea": idea.public_id})
    assert idea.get_absolute_url() in page.content.decode()
    answer = client.post(reverse("trust:report"), SAID | {"url": f"http://testserver{idea.get_absolute_url()}"})
    assert answer.status_code == 302
    assert "Nous avons reçu votre signalement" in client.get(answer["Location"]).content.decode()
    work()
    receipt = mail.outbox[-1]
    report = Report.objects.get()
    assert receipt.to == ["odile@example.org"] and report.public_id.upper() in receipt.subject
    decide(report.case, "keep", reason=WHY, by=a_moderator())
    work()
    decision = mail.outbox[-1]
    assert WHY in decision.body
    path = re.search(r"https?://[^/]+(/signalement/\S+)", decision.body).group(1)
    assert WHY in client.get(path).content.decode()
    client.post(path, {"text": "Ce compte se fait passer pour la banque, relisez-le."})
    assert Case.objects.waiting().get().matter == "appeal"


def test_member_reports_and_hears_in_the_inbox():
    member = a_member()
    report = a_report(by=member)
    assert (report.name, report.email) == ("", "")
    work()
    decide(report.case, "hide", reason=WHY, by=a_moderator())
    work()
    kinds = list(Notification.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["report_received", "report_decided"]


def test_the_law_asks_for_a_name_but_for_the_abuse_of_children():
    assert refused(name="") == "name_missing"
    assert refused(email="") == "email_missing"
    report = a_report(reason="child", name="", email="")
    assert report.case.__class__.objects.get(pk=report.case_id).is_urgent


@pytest.mark.parametrize(("reason", "urgent"), [("fraud", True), ("illegal", True), ("insult", False), ("spam", False)])
def test_fraud_and_illegal_content_go_first(reason, urgent):
    report = a_report(reason=reason)
    assert Case.objects.get(pk=report.case_id).is_urgent is urgent


def test_what_is_hidden_and_what_is_not_there_are_refused_alike():
    codes = set()
    for idea in (an_idea(visibility="hidden"), an_idea(visibility="held")):
        with pytest.raises(DomainError) as refusal:
            a_report(idea)
        codes.add((refusal.value.code, str(refusal.value)))
    gone = an_idea()
    url = gone.get_absolute_url().replace(gone.public_id, "zzzzzzzzzzzz")
    gone.get_absolute_url = lambda: url
    with pytest.raises(DomainError) as refusal:
        a_report(gone)
    codes.add((refusal.value.code, str(refusal.value)))
    assert {code for code, _words in codes} == {"unknown_content"} and len(codes) == 1


def test_card_number_in_a_report_is_refused():
    from trust.domain.reporting import report_content

    with pytest.raises(DomainError) as refusal:
        report_content(
            url=an_idea().get_absolute_url(), reason="fraud",
            explanation="Il a volé ma carte 4111 1111 1111 1111 hier soir.", good_faith=True, by=a_member(),
        )  # fmt: skip
    assert refusal.value.code == "private_data"
    assert not Report.objects.exists()


def test_reports_of_one_subject_share_a_case_and_a_member_s_second_one_is_the_first():
    comment, member = a_comment(), a_member()
    first, again = a_report(comment, by=member), a_report(comment, by=member)
    assert first == again
    other = a_report(comment, email="autre@example.org")
    assert other.case == first.case
    assert Case.objects.get().report_count == 2


@pytest.mark.parametrize("face", ["page", "api"])
def test_an_e_mail_typed_without_an_account_shows_nothing_of_what_its_owner_reported(client, face):
    idea = an_idea()
    first = a_report(idea, reason="insult", email="odile@example.org")
    said = SAID | {"url": idea.get_absolute_url(), "email": "Odile@example.org", "name": "Someone else"}
    if face == "api":
        answer = client.post(reverse("api_reports"), said | {"good_faith": True}, content_type="application/json")
        assert answer.status_code == 201 and answer.json()["reason"] == "fraud"
        shown = answer.content.decode()
    else:
        answer = client.post(reverse("trust:report"), said)
        assert answer.status_code == 302
        shown = answer["Location"] + client.get(answer["Location"]).content.decode()
    assert first.public_id not in shown.lower() and first.public_id.upper() not in shown
    assert (
        Report.objects.count() == 2 and Case.objects.get().report_count == 1
    )  # the same address counts once for staff
    work()
    assert {sent.to[0] for sent in mail.outbox} == {"odile@example.org"}


def test_nobody_uses_up_another_s_day_by_typing_their_e_mail(settings):
    settings.LAB = settings.LAB | {"REPORTS_A_DAY_UNKNOWN": 2}
    reports = [a_report() for _ in range(4)]
    assert len({report.pk for report in reports}) == 4
    work()
    assert len(mail.outbox) == 2  # and no mailbox is filled with receipts


def test_no_mailbox_is_filled_with_decisions_about_reports_that_others_filed_in_its_name(client, settings):
    settings.LAB = settings.LAB | {"REPORTS_A_DAY_UNKNOWN": 2}
    thing, moderator = a_comment(), a_moderator()
    told = ("odile@example.org", "odile+1@example.org", "odile+a+b@example.org", "odile@example.org")
    reports = [a_report(thing, email=email) for email in told] + [a_report(email="odile@example.org")]
    other = a_report(thing, email="odilette@example.org")
    for report in (reports[0], reports[-1]):
        decide(report.case, "keep", reason=WHY, by=moderator)
    work()
    heard = [sent.to[0] for sent in mail.outbox]
    assert sum("odilette" not in one for one in heard) == 4  # two receipts, two decisions
    assert heard.count(other.email) == 2
    for report, is_mailed in ((reports[1], True), (reports[2], False), (reports[-1], False)):
        page = client.get(path_of(report) + "?new=1").content.decode()
        assert ("L’accusé de réception part" in page, "seul chemin" in page) == (is_mailed, not is_mailed)
        assert WHY in page


def test_no_mail_carries_a_stranger_s_words_to_the_address_they_typed():
    report = a_report(name="Votre compte est bloqué, appelez https://pirate.example", email="odile@example.org")
    work()
    decide(report.case, "keep", reason=WHY, by=a_moderator())
    work()
    assert len(mail.outbox) == 2
    for sent in mail.outbox:
        said = sent.subject + sent.body + str(sent.alternatives)
        assert "pirate" not in said and "bloqué" not in said and "insulte une conseillère" not in said


def test_who_reported_is_not_named_to_the_author_who_reads_the_desk(client):
    author, reader = a_product_owner(), a_moderator()
    comment, known = a_comment(author=author), a_member(nickname="Maëlle Kerambrun")
    case = a_report(comment, by=known).case
    a_report(comment, name="Odile Martin", email="odile@example.org")
    for who, is_named in ((author, False), (reader, True)):
        client.force_login(who)
        page = client.get(reverse("trust_desk:index"), {"case": case.public_id}).content.decode()
        read = client.get(reverse("api_desk_case", args=[case.public_id])).content.decode()
        for word in ("Kerambrun", "Odile Martin", "odile@example.org"):
            assert (word in page, word in read) == (is_named, is_named), (word, who)
        assert known.public_id in read or not is_named


def test_too_many_reports_in_a_day_are_refused(settings):
    settings.LAB = settings.LAB | {"REPORTS_A_DAY": 2}
    member = a_member()
    a_report(by=member), a_report(by=member)
    with pytest.raises(DomainError) as refusal:
        a_report(by=member)
    assert (refusal.value.code, refusal.value.status) == ("too_many_reports", 429)


def test_suspended_member_may_still_report_but_less(settings):
    settings.LAB = settings.LAB | {"REPORTS_A_DAY_UNKNOWN": 1}
    member = a_member()
    ban(member, days=3, reason=WHY, by=a_moderator())
    member.refresh_from_db()
    a_report(by=member)
    with pytest.raises(DomainError) as refusal:
        a_report(by=member)
    assert refusal.value.status == 429


def test_one_address_cannot_report_without_end(client, settings):
    settings.LAB = settings.LAB | {"REPORTS_AN_HOUR": 1}
    for expected in (302, 429):
        said = SAID | {"url": an_idea().get_absolute_url()}
        assert client.post(reverse("trust:report"), said).status_code == expected


def test_another_s_report_is_not_found(client):
    report = a_report()
    assert client.get(reverse("trust:followed", args=[report.public_id, "x" * 43])).status_code == 404


def test_wrong_input_keeps_what_was_typed(client):
    answer = client.post(
        reverse("trust:report"), {"url": "https://ailleurs.test/", "explanation": "Un texte que je garde."}
    )
    assert answer.status_code == 400
    html = answer.content.decode()
    assert "Un texte que je garde." in html and "Choisissez un motif." in html


@pytest.mark.parametrize("kind", ["idea", "comment", "picture", "member"])
def test_each_kind_of_content_can_be_reported(client, kind):
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image

    from ideas.models import IdeaImage

    pixels = BytesIO()
    Image.new("RGB", (8, 8)).save(pixels, "WEBP")
    idea = an_idea()
    thing = {
        "idea": lambda: idea, "comment": lambda: a_comment(idea), "member": a_member,
        "picture": lambda: IdeaImage.objects.create(idea=idea, file=ContentFile(pixels.getvalue(), "x.webp")),
    }[kind]()  # fmt: skip
    page = client.get(reverse("trust:report"), {kind: thing.public_id})
    url = page.context["form"].initial["url"]
    client.post(reverse("trust:report"), SAID | {"url": url})
    case = Case.objects.get()
    assert (case.kind, case.subject_id) == (kind, thing.pk)


def test_api_takes_a_report_without_an_account(client):
    said = SAID | {"url": an_idea().get_absolute_url(), "good_faith": True}
    answer = client.post(reverse("api_reports"), said, content_type="application/json")
    assert answer.status_code == 201, answer.content
    assert answer.json()["follow_url"].startswith("/signalement/")
    assert (
        client.post(reverse("api_reports"), said | {"reason": "?"}, content_type="application/json").status_code == 400
    )
    said["good_faith"] = False
    assert (
        client.post(reverse("api_reports"), said, content_type="application/json").json()["code"]
        == "good_faith_missing"
    )


@pytest.mark.parametrize("field", ["url", "email"])
def test_no_card_number_is_kept_whatever_field_it_comes_in(client, field):
    idea, card = an_idea(), "4111111111111111"
    sent = {
        "url": idea.get_absolute_url(), "reason": "fraud", "explanation": "Ce message demande un virement à des inconnus.",
        "name": "Odile Martin", "email": "odile@example.org", "good_faith": True,
    }  # fmt: skip
    sent[field] = f"{sent['url']}?c={card}" if field == "url" else f"{card}@example.org"
    answer = client.post("/api/v1/reports/", sent, content_type="application/json")
    assert answer.status_code == {"url": 201, "email": 400}[field], answer.content
    assert not any(card in f"{report.url} {report.email}" for report in Report.objects.all())
    if field == "url":
        assert Report.objects.get().url == idea.get_absolute_url()
