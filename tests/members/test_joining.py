import pytest

from core.errors import DomainError
from core.models import Event
from members.domain.joining import join
from members.models import Consent, Member

pytestmark = pytest.mark.django_db
ANSWERS = {
    "nickname": "Soazig", "kind": "prospect", "is_adult": True, "accepts_charter": True, "consents": {},
}  # fmt: skip


def a_newcomer():
    return Member(email="soazig@exemple.fr")


def test_an_adult_who_accepts_the_charter_joins():
    member = join(a_newcomer(), **ANSWERS)
    assert member.pk and member.adult_confirmed_at and member.nickname == "Soazig"
    assert Event.objects.get(name="MemberJoined").payload == {"member_id": member.pk}


@pytest.mark.parametrize("answer", [False, None, "", 0, "true", 1, "17", 17])
def test_only_a_plain_yes_makes_an_adult(answer):
    with pytest.raises(DomainError) as refused:
        join(a_newcomer(), **ANSWERS | {"is_adult": answer})
    assert (refused.value.code, refused.value.field) == ("adults_only", "is_adult")
    assert not Member.objects.exists()


def test_without_the_charter_nobody_joins():
    with pytest.raises(DomainError) as refused:
        join(a_newcomer(), **ANSWERS | {"accepts_charter": False})
    assert refused.value.field == "accepts_charter"


def test_the_charter_is_logged_with_its_version_and_nothing_that_was_not_ticked(settings):
    member = join(a_newcomer(), **ANSWERS)
    line = Consent.objects.get()
    assert (line.member, line.purpose, line.given, line.channel) == (member, "charter", True, "signup")
    assert line.text_version == settings.LAB["CONSENT_VERSIONS"]["charter"]


def test_each_optional_consent_is_a_line_of_its_own():
    join(a_newcomer(), **ANSWERS | {"consents": {"newsletter": True, "profiling": False}})
    assert sorted(Consent.objects.values_list("purpose", "given")) == [("charter", True), ("newsletter", True)]


def test_a_refusal_leaves_neither_member_nor_consent_nor_event():
    with pytest.raises(DomainError):
        join(a_newcomer(), **ANSWERS | {"kind": "robot"})
    assert not Member.objects.exists() and not Consent.objects.exists() and not Event.objects.exists()
