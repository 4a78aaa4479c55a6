import pytest

from core.errors import DomainError
from core.shield import PrivateData
from members.domain.naming import choose_nickname, save_named, skeleton
from members.models import Member
from tests.factories.members import a_member, a_moderator

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name", ["Soazig", "Maëlle R.", "Papy Dédé", "Zoé 29", "Nguyễn", "Ольга", "王小明", "Modeste", "Li"]
)
def test_a_person_may_be_called_what_they_are(name):
    assert choose_nickname(name) == name


@pytest.mark.parametrize(
    "name",
    ["Conseiller", "conseillère Anne", "C0nsei11er", "Соnsеillеr", "Ｃｏｎｓｅｉｌｌｅｒ", "C.o.n.s.e.i.l.l.e.r", "moderation",
     "Modératrice", "M0dérat10n", "Administrateur", "admin", "Service client", "Banque du Phare", "La Вanque du Phare",
     "banque", "Customer Lab", "Comité", "admin2", "Support 24", "Support24"],
)  # fmt: skip
def test_a_name_that_passes_for_the_bank_is_refused(name):
    with pytest.raises(DomainError) as refused:
        choose_nickname(name)
    assert (refused.value.code, refused.value.field) == ("nickname_reserved", "nickname")


@pytest.mark.parametrize("name", ["Claire Le Goff", "claire legoff", "CIaire Le G0ff", "Сlаirе Lе Gоff"])
def test_a_name_that_looks_like_an_employees_is_refused(name):
    a_moderator(nickname="Claire Le Goff")
    with pytest.raises(DomainError) as refused:
        choose_nickname(name)
    assert refused.value.code in ("nickname_reserved", "nickname_taken")


def test_an_employee_may_be_called_adviser_and_keeps_their_name():
    claire = a_moderator(nickname="Claire Le Goff")
    assert choose_nickname("Claire, conseillère", member=claire) == "Claire, conseillère"
    assert choose_nickname("Claire Le Goff", member=claire) == "Claire Le Goff"


def test_a_name_is_taken_once_whatever_its_case():
    a_member(nickname="Soazig")
    with pytest.raises(DomainError) as refused:
        choose_nickname("SOAZIG")
    assert refused.value.code == "nickname_taken"


def test_a_card_number_is_no_name_and_is_not_said_again():
    with pytest.raises(PrivateData) as refused:
        choose_nickname("4111 1111 1111 1111")
    assert "4111" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "nickname_length"), ("a", "nickname_length"), ("a" * 31, "nickname_length"), ("\u200b\u200b", "nickname_length"),
     ("2026", "nickname_letters"), ("jo@exemple.fr", "nickname_contact"), ("06 12 34 56 78 jo", "nickname_contact")],
)  # fmt: skip
def test_a_name_is_short_readable_and_no_contact(name, code):
    with pytest.raises(DomainError) as refused:
        choose_nickname(name)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["Jo", "a" * 30])
def test_the_shortest_and_the_longest_name_are_taken(name):
    assert choose_nickname(name) == name


def test_invisible_characters_and_double_spaces_do_not_make_another_name():
    assert choose_nickname(" Soa\u200bzig  M. ") == "Soazig M."


def test_look_alikes_have_one_skeleton():
    assert skeleton("Cоnsei11er") == skeleton("CONSEILLER") == skeleton("çönsęíllér")


def test_of_two_who_take_a_name_at_once_one_is_told():
    a_member(nickname="Soazig")
    with pytest.raises(DomainError) as refused:
        save_named(Member(email="autre@exemple.fr", nickname="soazig"))
    assert (refused.value.code, refused.value.field) == ("nickname_taken", "nickname")
    assert Member.objects.count() == 1
