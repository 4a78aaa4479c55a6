"""Circles: who comes in, by rule or by invitation; who goes; and that a change of profile counts at once."""

import pytest

from core.errors import DomainError, Invalid, NotAllowed, NotFound
from core.shield import PrivateData
from members.domain.circling import (
    change_circle,
    circle_to_write_in,
    close_circle,
    invite_to_circle,
    join_circle,
    leave_circle,
    make_circle,
    refresh_circles,
    remove_from_circle,
)
from members.domain.describing import describe_oneself
from members.models import Circle, CircleMember, Member
from members.permissions import is_in_circle
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
PROS = {"segment": ["professional"]}


def again(member):
    return Member.objects.get(pk=member.pk)


def a_circle(**fields):
    fields.setdefault("name_fr", "Les artisans")
    fields.setdefault("name_en", "Craftspeople")
    fields.setdefault("entry", "invitation")
    fields.setdefault("bank_set_only", False)
    return make_circle(by=fields.pop("by", None) or a_product_owner(), **fields)


def test_rule_takes_those_whose_profile_fits_and_nobody_else():
    baker, student = a_member(segment="professional"), a_member(segment="student")
    circle = a_circle(entry="rule", rule=PROS)
    assert is_in_circle(baker, circle.pk)
    assert not is_in_circle(student, circle.pk)
    assert not is_in_circle(a_product_owner(segment="professional"), circle.pk)


def test_rule_of_two_fields_wants_both():
    fits = a_member(segment="professional", region="Bretagne")
    other = a_member(segment="professional", region="Corse")
    circle = a_circle(entry="rule", rule=PROS | {"region": ["Bretagne", "Normandie"]})
    assert (is_in_circle(fits, circle.pk), is_in_circle(other, circle.pk)) == (True, False)


def test_change_of_profile_counts_at_once():
    member = a_member(segment="private")
    circle = a_circle(entry="rule", rule=PROS)
    describe_oneself(member, by=member, segment="professional")
    assert is_in_circle(again(member), circle.pk)
    describe_oneself(member, by=member, segment="private")
    assert not is_in_circle(again(member), circle.pk)


def test_changed_rule_puts_out_who_no_longer_fits():
    member = a_member(segment="professional")
    circle = a_circle(entry="rule", rule=PROS)
    change_circle(circle, by=a_product_owner(), rule={"segment": ["student"]})
    assert not is_in_circle(again(member), circle.pk)


def test_who_left_by_choice_is_not_taken_back_by_the_rule():
    member = a_member(segment="professional")
    circle = a_circle(entry="rule", rule=PROS)
    leave_circle(circle, by=member)
    refresh_circles()
    assert not is_in_circle(again(member), circle.pk)
    join_circle(circle, by=member)
    assert is_in_circle(again(member), circle.pk)


def test_profile_changed_elsewhere_is_caught_up_by_the_job():
    member = a_member(segment="private")
    circle = a_circle(entry="rule", rule=PROS)
    Member.objects.filter(pk=member.pk).update(segment="professional")
    refresh_circles()
    assert is_in_circle(again(member), circle.pk)


@pytest.mark.parametrize("rule", [{}, {"segment": []}, {"job": ["x"]}])
def test_empty_rule_is_refused(rule):
    with pytest.raises(Invalid) as refusal:
        a_circle(entry="rule", rule=rule)
    assert refusal.value.code == "empty_rule"


def test_rule_with_a_value_that_does_not_exist_is_refused():
    with pytest.raises(Invalid) as refusal:
        a_circle(entry="rule", rule={"segment": ["emperor"]})
    assert (refusal.value.code, refusal.value.field) == ("not_a_choice", "segment")


def test_invited_member_is_in_once_they_said_yes():
    owner, member = a_product_owner(), a_member()
    circle = a_circle(by=owner)
    asked, unknown = invite_to_circle(circle, [member.email.upper(), "nobody@example.org", ""], by=owner)
    assert (asked, unknown) == (1, ["nobody@example.org"])
    assert not is_in_circle(again(member), circle.pk)
    assert list(Circle.objects.inviting(member)) == [circle]
    join_circle(circle, by=member)
    join_circle(circle, by=member)
    assert is_in_circle(again(member), circle.pk)
    assert invite_to_circle(circle, [member.email], by=owner) == (0, [])


def test_who_was_not_asked_finds_no_circle():
    circle = a_circle()
    for verb in (join_circle, leave_circle):
        with pytest.raises(NotFound):
            verb(circle, by=a_member())
    with pytest.raises(NotFound):
        circle_to_write_in(circle.public_id, by=a_member())


def test_removed_member_comes_back_by_a_new_invitation_alone():
    owner, member = a_product_owner(), a_member()
    circle = a_circle(by=owner)
    invite_to_circle(circle, [member.email], by=owner)
    join_circle(circle, by=member)
    remove_from_circle(circle, member, by=owner)
    with pytest.raises(NotFound):
        join_circle(circle, by=member)
    assert invite_to_circle(circle, [member.email], by=owner) == (1, [])


def test_closed_circle_takes_nobody_and_nothing_new():
    owner, member = a_product_owner(), a_member()
    circle = a_circle(by=owner)
    invite_to_circle(circle, [member.email], by=owner)
    close_circle(circle, by=owner)
    for act in (lambda: join_circle(circle, by=member), lambda: circle_to_write_in(circle.public_id, by=owner)):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == "circle_closed"


def test_only_product_owners_make_circles():
    for someone in (a_member(), a_moderator()):
        with pytest.raises(NotAllowed):
            a_circle(by=someone)


def test_private_numbers_are_refused_in_a_description():
    with pytest.raises(PrivateData):
        a_circle(description_fr="Le compte FR76 3000 6000 0112 3456 7890 189")


def test_erased_member_leaves_no_membership():
    from members.domain.erasing import erase

    member = a_member(segment="professional")
    a_circle(entry="rule", rule=PROS)
    erase(member, by=member)
    assert not CircleMember.objects.filter(member=member).exists()
