import pytest

from core.errors import DomainError, NotAllowed
from members.domain.consenting import consents_to, current_consents, has_accepted_charter, record_consent
from members.models import Consent
from tests.factories.members import a_member, a_moderator

pytestmark = pytest.mark.django_db


def test_giving_then_withdrawing_leaves_two_lines_and_no_consent():
    member = a_member()
    record_consent(member, "newsletter", given=True, by=member)
    assert consents_to(member, "newsletter")
    record_consent(member, "newsletter", given=False, by=member)
    assert not consents_to(member, "newsletter")
    assert list(member.consents.values_list("given", flat=True)) == [False, True]


def test_saying_the_same_again_adds_nothing():
    member = a_member()
    assert record_consent(member, "newsletter", given=False, by=member) is None
    record_consent(member, "newsletter", given=True, by=member)
    assert record_consent(member, "newsletter", given=True, by=member) is None
    assert Consent.objects.count() == 1


def test_a_new_text_can_be_agreed_to_again(settings):
    member = a_member()
    record_consent(member, "charter", given=True, by=member)
    assert has_accepted_charter(member)
    settings.LAB = settings.LAB | {"CONSENT_VERSIONS": {"charter": 4}}
    assert not has_accepted_charter(member)
    assert record_consent(member, "charter", given=True, by=member).text_version == 4
    assert has_accepted_charter(member)


def test_nobody_consents_for_another_staff_neither():
    with pytest.raises(NotAllowed):
        record_consent(a_member(), "newsletter", given=True, by=a_moderator())


def test_the_charter_is_not_withdrawn_while_the_account_stays():
    member = a_member()
    with pytest.raises(DomainError) as refused:
        record_consent(member, "charter", given=False, by=member)
    assert refused.value.code == "charter_goes_with_account"


def test_a_line_of_the_log_is_neither_changed_nor_deleted():
    member = a_member()
    line = record_consent(member, "profiling", given=True, by=member)
    line.given = False
    with pytest.raises(TypeError):
        line.save()
    with pytest.raises(TypeError):
        line.delete()


def test_the_last_word_is_read_for_all_purposes_in_one_query(django_assert_num_queries):
    member = a_member()
    for purpose in ("charter", "newsletter", "profiling"):
        record_consent(member, purpose, given=True, by=member)
    record_consent(member, "profiling", given=False, by=member)
    with django_assert_num_queries(1):
        last = current_consents(member)
    assert {purpose: line.given for purpose, line in last.items()} == {
        "charter": True, "newsletter": True, "profiling": False,
    }  # fmt: skip
