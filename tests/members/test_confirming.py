"""Who has not confirmed the address is no member yet: counted nowhere, told nothing, asked nowhere."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.management import call_command

from lab.figures import figures
from members.domain.circling import refresh_circle
from members.domain.inviting import invite
from members.models import CircleMember, Member
from members.states import CircleEntry
from notifications.domain.telling import News, tell
from notifications.models import Notification
from polls.domain.opening import audience_of
from tests.factories.circles import a_circle
from tests.factories.members import a_member, an_administrator
from tests.factories.polls import an_open_poll

from .test_doors import ANSWERS, SIGN_UP, the_code

pytestmark = pytest.mark.django_db


def an_unconfirmed_member(**fields) -> Member:
    member = a_member(**fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=False, primary=True)
    return member


def a_rule_for_prospects():
    return a_circle(entry=CircleEntry.RULE, rule={"kind": ["prospect"]}, bank_set_only=False)


def test_who_never_confirmed_the_address_is_no_member_yet():
    known, waiting = a_member(), an_unconfirmed_member()
    assert list(Member.objects.living()) == [known]
    EmailAddress.objects.filter(user=waiting).update(verified=True)
    assert set(Member.objects.living()) == {known, waiting}


def test_a_new_address_that_waits_takes_nobody_out():
    member = a_member()
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    EmailAddress.objects.create(user=member, email="nouvelle@exemple.fr", verified=False)
    assert list(Member.objects.living()) == [member]


def test_whom_the_bank_brought_in_is_there_without_a_mail():
    boss = an_administrator()
    colleague = invite(email="collegue@exemple.fr", nickname="Une collègue", roles=["expert"], by=boss)
    EmailAddress.objects.create(user=boss, email=boss.email, verified=False, primary=True)  # their first try to sign in
    assert set(Member.objects.living()) == {boss, colleague}


def test_unconfirmed_accounts_are_in_no_figure_nor_audience():
    a_member(kind="prospect")
    poll = an_open_poll()
    cache.clear()
    before = figures(), audience_of(poll).count()
    an_unconfirmed_member(kind="prospect")
    cache.clear()
    assert (figures(), audience_of(poll).count()) == before


def test_unconfirmed_accounts_are_told_nothing_whatever_the_audience_says():
    member, _waiting = a_member(), an_unconfirmed_member()
    tell(Member.objects.all(), News(kind="poll_opened", topic="polls", key="une-fois"))
    assert list(Notification.objects.values_list("member", flat=True)) == [member.pk]


def test_unconfirmed_member_has_no_public_page(client):
    assert client.get(an_unconfirmed_member().get_absolute_url()).status_code == 404


def test_the_circle_that_fits_takes_a_newcomer_at_the_confirmation_and_not_before(client):
    circle = a_rule_for_prospects()
    answer = client.post(SIGN_UP, ANSWERS)
    refresh_circle(circle)
    assert not Member.objects.living().exists() and not CircleMember.objects.exists()
    client.post(answer.url, {"code": the_code()})
    newcomer = Member.objects.living().get()
    assert CircleMember.objects.get(circle=circle).member == newcomer


def test_a_code_to_sign_in_confirms_the_address_too(client):
    circle = a_rule_for_prospects()
    newcomer = an_unconfirmed_member(kind="prospect")
    answer = client.post("/compte/connexion/code/", {"email": newcomer.email})
    client.post(answer.url, {"code": the_code()})
    assert Member.objects.living().get() == newcomer
    assert CircleMember.objects.get(circle=circle).member == newcomer


def test_who_is_there_costs_no_query_more(django_assert_num_queries):
    for _ in range(3):
        an_unconfirmed_member()
    with django_assert_num_queries(1):
        assert Member.objects.living().count() == 0


def test_a_superuser_made_by_command_counts_at_once():
    call_command("createsuperuser", email="chef@exemple.fr", nickname="Chef", interactive=False)
    assert Member.objects.living().get().is_superuser
