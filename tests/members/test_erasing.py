import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from core.errors import DomainError, NotAllowed
from core.models import Event
from members.domain.consenting import record_consent
from members.domain.erasing import erase
from members.models import Consent, Member
from tests.factories.members import PASSWORD, a_member, a_moderator, a_staff_member
from tests.members.test_app_sign_in import ME, token_of
from tests.members.test_doors import SIGN_IN, a_verified_member

pytestmark = pytest.mark.django_db


def test_the_person_goes_and_the_row_stays():
    member = a_verified_member(email="soazig@exemple.fr", nickname="Soazig", bio="À Brest", region="Bretagne")
    erased = erase(member, by=member)
    assert Member.objects.count() == 1 and not erased.is_active and erased.erased_at
    row = str(Member.objects.values().get())
    assert "soazig" not in row.lower() and "Brest" not in row and "Bretagne" not in row
    assert str(erased) == "Ancien membre" and not EmailAddress.objects.exists()


def test_no_event_holds_the_name_or_the_address():
    member = a_verified_member(email="soazig@exemple.fr", nickname="Soazig")
    erase(member, by=member)
    assert "soazig" not in str(list(Event.objects.values())).lower()


def test_sessions_tokens_and_factors_die_at_once(client):
    member = a_verified_member()
    client.post(SIGN_IN, {"login": member.email, "password": PASSWORD})
    app = type(client)()
    token = {"X-Session-Token": token_of(app, member)}
    Authenticator.objects.create(user=member, type="totp", data={})
    assert client.get("/compte/profil/").status_code == 200 and app.get(ME, headers=token).status_code == 200
    erase(member, by=member)
    assert client.get("/compte/profil/").status_code == 302 and app.get(ME, headers=token).status_code == 401
    assert not Authenticator.objects.exists() and not UserSession.objects.exists()


def test_the_log_of_consents_stays_as_proof():
    member = a_member()
    record_consent(member, "charter", given=True, by=member)
    erase(member, by=member)
    assert Consent.objects.count() == 1


def test_erasing_twice_changes_nothing_more():
    member = a_member()
    first = erase(member, by=member).erased_at
    assert erase(member, by=member).erased_at == first


def test_only_the_person_or_an_administrator_erases():
    with pytest.raises(NotAllowed):
        erase(a_member(), by=a_moderator())
    assert erase(a_member(), by=a_staff_member("administrator", is_superuser=True)).erased_at


def test_the_last_administrator_is_not_erased():
    admin = a_staff_member("administrator", is_superuser=True)
    with pytest.raises(DomainError) as refused:
        erase(admin, by=admin)
    assert refused.value.code == "last_administrator"


def test_the_address_can_join_again():
    member = a_verified_member(email="soazig@exemple.fr", nickname="Soazig")
    erase(member, by=member)
    assert a_member(email="soazig@exemple.fr", nickname="Soazig").pk
