import random
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from members import demo
from members.domain.naming import choose_nickname
from members.models import Consent, Member

pytestmark = pytest.mark.django_db


def loaded(scale=0):
    made = SimpleNamespace(seed=7, random=random.Random(7), now=timezone.now(), scale=scale)
    demo.load(made)
    return made


def test_the_ten_accounts_have_their_roles_and_a_verified_address():
    made = loaded()
    assert list(made.accounts) == [
        "cliente", "prospect", "ambassadeur", "moderation", "expert", "produit", "comite", "presidence", "audit", "admin",
    ]  # fmt: skip
    assert made.accounts["presidence"].role_names == {"board_chair", "board_member"}
    assert made.accounts["admin"].is_superuser and not made.accounts["cliente"].is_staff
    assert all(member.check_password("lab-clients-demo") for member in made.accounts.values())
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 310


def test_the_community_is_mixed_and_the_same_for_the_same_seed():
    made = loaded()
    assert len(made.members) == 300 and Member.objects.count() == 310
    assert {member.kind for member in made.members} == {"customer", "prospect"}
    assert {member.segment for member in made.members} == {"private", "professional", "student"}
    names = [member.nickname for member in made.members]
    EmailAddress.objects.all().delete()
    Consent.objects.all()._raw_delete("default")
    Member.objects.all().delete()
    assert [member.nickname for member in loaded().members] == names


def test_the_demo_keeps_the_rules_of_names_and_dates():
    made = loaded()
    for member in made.members:
        assert choose_nickname(member.nickname, member=member) == member.nickname
        assert member.date_joined < made.now
    first = Consent.objects.select_related("member").first()
    assert first.at == first.member.date_joined


def test_it_grows_in_bulk_without_two_alike(django_assert_max_num_queries):
    made = loaded()
    with django_assert_max_num_queries(250):
        demo.load_scale(made, 4000)
    assert len(made.members) == 4000 == Member.objects.filter(email__startswith="membre").count()
