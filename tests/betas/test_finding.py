from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from betas.domain.finding import give_details, report
from betas.domain.reviewing import review
from betas.models import Enrolment, Finding, FindingImage
from betas.states import REVIEW_MOVES, Review
from core.errors import DomainError, ImpossibleMove, NotAllowed, NotFound
from core.models import Event
from core.shield import PrivateData
from tests.factories.betas import a_finding, a_mission, a_programme, a_screenshot, a_tester, an_enrolment
from tests.factories.members import a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
WORDS = {"title": "Le bouton reste gris", "body": "Après un refus du code, il ne répond plus."}
REPLY = "Merci : quel téléphone avez-vous ?"


def test_tester_files_a_finding_with_a_screenshot_that_stays_private():
    tester = a_tester(device="Pixel 9")
    mission = a_mission(tester.programme)
    finding = report(
        tester.programme, by=tester.member, kind="issue", severity="major", mission=mission, app_version="4.0",
        screenshots=[a_screenshot()], **WORDS,
    )  # fmt: skip
    assert (finding.state, finding.severity, finding.device) == ("new", "major", "Pixel 9")
    image = finding.images.get()
    assert image.file.path.startswith(str(settings.PRIVATE_MEDIA_ROOT))
    assert not Path(image.file.path).is_relative_to(settings.MEDIA_ROOT)
    assert image.file.name.endswith(".webp") and "capture" not in image.file.name
    assert Enrolment.objects.get(pk=tester.pk).state == "active"
    assert Event.objects.filter(name="FindingFiled").count() == 1


@pytest.mark.parametrize(
    ("enrolled", "code"), [("applied", "not_a_tester"), ("accepted", "charter_unsigned"), ("removed", "not_a_tester")]
)
def test_only_testers_who_signed_can_file(enrolled, code):
    enrolment = an_enrolment(a_programme(state="running"), state=enrolled)
    with pytest.raises(DomainError) as refusal:
        report(enrolment.programme, by=enrolment.member, **WORDS)
    assert refusal.value.code == code


def test_nothing_is_filed_before_the_start_or_after_the_close():
    for state, code in (("recruiting", "beta_not_started"), ("closed", "beta_over")):
        tester = a_tester(a_programme(state=state))
        with pytest.raises(DomainError) as refusal:
            report(tester.programme, by=tester.member, **WORDS)
        assert refusal.value.code == code


@pytest.mark.parametrize("field", ["title", "body", "device", "app_version"])
def test_card_number_is_refused_in_every_text(field):
    tester = a_tester()
    with pytest.raises(PrivateData) as refusal:
        report(tester.programme, by=tester.member, **WORDS | {field: "carte 4970 1000 0000 0154"})
    assert refusal.value.field == field
    assert not Finding.objects.exists()


def test_card_number_is_refused_in_a_file_name():
    tester = a_tester()
    with pytest.raises(PrivateData):
        report(tester.programme, by=tester.member, screenshots=[a_screenshot("4970100000000154.png")], **WORDS)
    assert not FindingImage.objects.exists()


def test_file_that_is_no_image_is_refused_and_nothing_is_kept():
    tester = a_tester()
    fake = SimpleUploadedFile("capture.png", b"not a picture", content_type="image/png")
    with pytest.raises(DomainError) as refusal:
        report(tester.programme, by=tester.member, screenshots=[fake], **WORDS)
    assert (refusal.value.code, refusal.value.field) == ("not_an_image", "screenshots")
    with pytest.raises(DomainError) as refusal:
        report(tester.programme, by=tester.member, screenshots=[a_screenshot() for _ in range(5)], **WORDS)
    assert refusal.value.code == "too_many_images"
    assert not Finding.objects.exists()


def test_only_faults_have_a_severity():
    tester = a_tester()
    assert report(tester.programme, by=tester.member, kind="praise", severity="major", **WORDS).severity == ""
    assert report(tester.programme, by=tester.member, **WORDS).severity == "minor"


@pytest.mark.parametrize("begin", Review.values)
def test_only_the_legal_reviews_are_possible(begin):
    owner, tester = a_product_owner(), a_tester()
    other = a_finding(tester)
    for end in Review.values:
        finding = a_finding(tester, state=begin)
        if end in REVIEW_MOVES[begin] and end != Review.NEW:
            assert review(finding, end, reply=REPLY, duplicate_of=other, by=owner).state == end
        else:
            with pytest.raises(ImpossibleMove):
                review(finding, end, reply=REPLY, duplicate_of=other, by=owner)


@pytest.mark.parametrize("to", ["needs_info", "wont_do"])
def test_question_and_refusal_need_a_reply(to):
    with pytest.raises(DomainError) as refusal:
        review(a_finding(), to, by=a_product_owner())
    assert refusal.value.field == "reply"


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_only_product_owners_review(who):
    with pytest.raises(NotAllowed):
        review(a_finding(), "confirmed", by=who())


def test_duplicate_names_the_finding_that_stays_and_never_a_chain():
    tester, owner = a_tester(), a_product_owner()
    first, second, third = a_finding(tester), a_finding(tester), a_finding(tester)
    review(second, "duplicate", duplicate_of=first, by=owner)
    second.refresh_from_db()
    assert review(third, "duplicate", duplicate_of=second, by=owner).duplicate_of == first
    for other in (None, a_finding()):
        with pytest.raises(DomainError) as refusal:
            review(first, "duplicate", duplicate_of=other, by=owner)
        assert refusal.value.field == "duplicate_of"


def test_tester_answers_the_question_and_the_finding_is_looked_at_again():
    finding = a_finding()
    review(finding, "needs_info", reply=REPLY, by=a_product_owner())
    author = finding.enrolment.member
    with pytest.raises(NotFound):
        give_details(finding, details="Un Pixel 9", by=a_member())
    given = give_details(finding, details="Un Pixel 9", by=author)
    assert (given.state, given.details) == ("new", "Un Pixel 9")
    with pytest.raises(DomainError) as refusal:
        give_details(given, details="Encore", by=author)
    assert refusal.value.code == "no_question"
