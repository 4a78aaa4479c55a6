"""What the bank has set of a profile: marked field by field, kept from the member's hand, and alone counted by a circle."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from core.errors import Invalid, NotAllowed
from members.domain.certifying import set_for_bank, take_in_profiles
from members.domain.circling import change_circle, make_circle, refresh_circles
from members.domain.describing import describe_oneself
from members.domain.erasing import erase
from members.models import Circle, Member
from members.permissions import is_in_circle
from tests.factories.members import a_member, a_moderator, a_product_owner, an_administrator

pytestmark = pytest.mark.django_db
PROS = {"segment": ["professional"]}


def again(member):
    return Member.objects.get(pk=member.pk)


def a_circle(**fields):
    return make_circle(name_fr="Les pros", name_en="Pros", entry="rule", rule=PROS, by=a_product_owner(), **fields)


def is_in(member, circle):
    return is_in_circle(again(member), circle.pk)


def test_circle_by_profile_counts_only_what_the_bank_has_set_unless_it_says_otherwise():
    says_so, known = a_member(segment="professional"), a_member()
    set_for_bank(known, segment="professional", by=an_administrator())
    strict, open_handed = a_circle(), a_circle(bank_set_only=False)
    assert (is_in(says_so, strict), is_in(known, strict)) == (False, True)
    assert (is_in(says_so, open_handed), is_in(known, open_handed)) == (True, True)


def test_writing_oneself_into_a_circle_does_not_work():
    circle, member = a_circle(), a_member(segment="private")
    describe_oneself(member, by=member, segment="professional")
    refresh_circles()
    assert again(member).segment == "professional" and not is_in(member, circle)


def test_every_field_of_the_rule_must_be_the_bank_s():
    member = a_member(region="Bretagne")
    set_for_bank(member, segment="professional", by=an_administrator())
    circle = a_circle()
    change_circle(circle, rule=PROS | {"region": ["Bretagne"]}, by=a_product_owner())
    assert not is_in(member, circle)
    set_for_bank(member, region="Bretagne", by=an_administrator())
    assert is_in(member, circle)


def test_changing_whose_word_counts_moves_people_at_once():
    member, circle = a_member(segment="professional"), a_circle(bank_set_only=False)
    assert is_in(member, circle)
    change_circle(circle, bank_set_only=True, by=a_product_owner())
    assert not is_in(member, circle)


def test_what_the_bank_took_back_no_longer_counts():
    member, owner = a_member(), an_administrator()
    set_for_bank(member, segment="professional", by=owner)
    circle = a_circle()
    set_for_bank(member, segment=None, by=owner)
    assert not is_in(member, circle) and not again(member).set_by_bank


def test_member_cannot_change_what_the_bank_has_set_and_can_say_the_rest(client):
    member = a_member(segment="private")
    set_for_bank(member, segment="student", by=an_administrator())
    with pytest.raises(Invalid) as refusal:
        describe_oneself(member, by=member, segment="professional")
    assert (refusal.value.code, refusal.value.field) == ("set_by_bank", "segment")
    client.force_login(again(member))

    def patch(**segments):
        body = json.dumps({"segments": segments})
        return client.patch("/api/v1/me/", body, content_type="application/json")

    assert patch(activity="professional").json()["code"] == "set_by_bank"
    assert patch(activity="student", region="Bretagne").json()["set_by_bank"] == ["activity"]
    assert again(member).region == "Bretagne"


def test_profile_says_for_each_field_who_set_it(client):
    member = a_member()
    set_for_bank(member, region="Bretagne", by=an_administrator())
    client.force_login(again(member))
    page = client.get(reverse("member_profile")).content.decode().replace("\xa0", " ")
    assert page.count("Indiqué par votre banque") == 1 and page.count("Indiqué par vous") == 3
    typed = {"nickname": member.nickname, "kind": "customer", "segment": "student", "region": "Corse", "age_band": "",
             "language": "fr", "bio": ""}  # fmt: skip
    assert client.post(reverse("member_profile"), typed).status_code == 302
    assert (again(member).segment, again(member).region) == ("student", "Bretagne")


@pytest.mark.parametrize("who", [a_member, a_moderator, a_product_owner])
def test_only_administrators_speak_for_the_bank(who):
    with pytest.raises(NotAllowed):
        set_for_bank(a_member(), kind="customer", by=who())
    with pytest.raises(NotAllowed):
        take_in_profiles(b"email\n", by=who())


@pytest.mark.parametrize("facts", [{"segment": "emperor"}, {"nickname": "La banque"}, {"region": "Atlantide"}])
def test_what_is_no_answer_is_refused(facts):
    with pytest.raises(Invalid):
        set_for_bank(a_member(), by=an_administrator(), **facts)


def test_file_of_the_bank_is_tried_first_then_taken_in_and_changes_nothing_twice():
    baker, other, owner = a_member(email="fournil@example.org"), a_member(), an_administrator()
    file = (
        "email;kind;segment;region\n"
        "Fournil@example.org;customer;professional;Bretagne\n"
        f"{other.email};;emperor;\ninconnu@example.org;customer;;\n"
    ).encode("utf-8-sig")
    tried = take_in_profiles(file, by=owner)
    assert (tried.changed, tried.same, [line for line, _why in tried.refused]) == (1, 0, [3, 4])
    assert not again(baker).set_by_bank
    take_in_profiles(file, by=owner, is_dry=False)
    baker = again(baker)
    assert (baker.segment, baker.region, baker.set_by_bank) == (
        "professional", "Bretagne", {"kind", "segment", "region"},
    )  # fmt: skip
    once_more = take_in_profiles(file, by=owner, is_dry=False)
    assert (once_more.changed, once_more.same) == (0, 1)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"nom,prenom\nx,y\n", b""])
def test_what_is_no_such_file_is_refused_in_words(content):
    with pytest.raises(Invalid) as refusal:
        take_in_profiles(content, by=an_administrator())
    assert refusal.value.code == "not_a_csv"


def test_command_reads_the_file_and_writes_only_when_told(tmp_path, capsys):
    owner, member = an_administrator(), a_member()
    path = tmp_path / "profiles.csv"
    path.write_text(f"email,segment\n{member.email},student\n")
    call_command("import_profiles", str(path), by=owner.email)
    assert "Dry run" in capsys.readouterr().out and not again(member).set_by_bank
    call_command("import_profiles", str(path), by=owner.email, write=True)
    assert again(member).set_by_bank == {"segment"}
    with pytest.raises(CommandError):
        call_command("import_profiles", str(path), by=member.email)


def test_desk_asks_whose_word_counts_and_the_bank_s_alone_is_the_default(client):
    client.force_login(a_product_owner())
    typed = {"name_fr": "Les pros", "name_en": "Professionals", "entry": "rule", "segment": "professional"}
    client.post("/desk/circles/new/", typed)
    circle = Circle.objects.get()
    assert circle.bank_set_only
    home = f"/desk/circles/{circle.public_id}/"
    assert "ne les y fait pas entrer" in client.get(f"{home}people/").content.decode()
    assert client.post(home, typed | {"source": "anyone"}).status_code == 302
    assert not Circle.objects.get().bank_set_only
    assert client.post(home, typed | {"source": "x"}).status_code == 400


def test_erased_member_keeps_no_mark_of_the_bank():
    member = a_member()
    set_for_bank(member, region="Bretagne", by=an_administrator())
    member = again(member)
    erase(member, by=member)
    assert not again(member).set_by_bank
