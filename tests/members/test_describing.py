import pytest

from core.errors import DomainError, NotAllowed
from core.shield import PrivateData
from members.domain.describing import describe_oneself
from tests.factories.members import a_member, a_staff_member

pytestmark = pytest.mark.django_db


def test_a_member_says_who_they_are_and_may_take_it_back():
    member = describe_oneself(member := a_member(), by=member, region="Bretagne", age_band="60+", bio="À Brest.")
    assert (member.region, member.age_band, member.bio) == ("Bretagne", "60+", "À Brest.")
    member = describe_oneself(member, by=member, region="", age_band="")
    assert (member.region, member.age_band) == ("", "")


def test_nobody_says_it_for_them():
    with pytest.raises(NotAllowed):
        describe_oneself(a_member(), by=a_staff_member("administrator"), bio="Escroc")


def test_what_is_not_theirs_to_say_cannot_be_said():
    member = a_member()
    with pytest.raises(KeyError):
        describe_oneself(member, by=member, is_staff=True)


@pytest.mark.parametrize(
    ("field", "value"), [("region", "Atlantide"), ("age_band", "0-17"), ("kind", "banker"), ("language", "de")]
)
def test_an_answer_that_is_not_offered_is_refused_at_its_field(field, value):
    member = a_member()
    with pytest.raises(DomainError) as refused:
        describe_oneself(member, by=member, **{field: value})
    assert refused.value.field == field


def test_a_card_number_is_not_kept_in_the_bio_and_a_phone_is_masked():
    member = a_member()
    with pytest.raises(PrivateData):
        describe_oneself(member, by=member, bio="Ma carte 4111 1111 1111 1111")
    assert "06 12" not in describe_oneself(member, by=member, bio="Au 06 12 34 56 78").bio


def test_a_bio_has_280_characters_at_most():
    member = a_member()
    assert len(describe_oneself(member, by=member, bio="a" * 280).bio) == 280
    with pytest.raises(DomainError):
        describe_oneself(member, by=member, bio="a" * 281)
