"""Coming in: sign-up by code, sign-in, the addresses, the other doors, throttling."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from members.models import Consent, Member
from tests.factories.members import PASSWORD, a_member, a_moderator

pytestmark = pytest.mark.django_db
ANSWERS = {
    "email": "soazig@exemple.fr", "nickname": "Soazig", "kind": "prospect", "is_adult": "on", "accepts_charter": "on",
}  # fmt: skip
SIGN_UP, SIGN_IN = "/compte/inscription/", "/compte/connexion/"


def the_code() -> str:
    return re.search(r"^\s*(\d{6})\s*$", mail.outbox[-1].body, re.M).group(1)


def a_verified_member(**fields):
    member = a_member(password=PASSWORD, **fields)
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member


def test_a_newcomer_comes_in_by_the_code_of_the_mail(client):
    answer = client.post(SIGN_UP, ANSWERS | {"consent_newsletter": "on"})
    assert answer.status_code == 302 and answer.url == "/compte/e-mail/code/"
    assert "Le Lab du Phare" in mail.outbox[0].body and "dix minutes" in mail.outbox[0].body
    answer = client.post(answer.url, {"code": the_code()})
    assert answer.status_code == 302
    member = Member.objects.get()
    assert int(client.session["_auth_user_id"]) == member.pk
    assert EmailAddress.objects.get().verified and not member.has_usable_password()
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"charter", "newsletter"}


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("is_adult", "réservé aux adultes"),
        ("accepts_charter", "charte"),
        ("kind", "client"),
        ("nickname", ""),
        ("email", ""),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(client, missing, sentence):
    answer = client.post(SIGN_UP, {key: value for key, value in ANSWERS.items() if key != missing})
    page = answer.content.decode()
    assert answer.status_code in (200, 400) and not Member.objects.exists()
    assert list(answer.context["form"].errors) == [missing]
    assert sentence in page
    kept = "soazig@exemple.fr" if missing != "email" else "Soazig"
    assert f'value="{kept}"' in page


def test_nothing_is_ticked_in_advance(client):
    assert "checked" not in re.sub(r"<script.*?</script>", "", client.get(SIGN_UP).content.decode(), flags=re.S)


def test_a_second_sign_up_with_the_same_address_reveals_nothing(client):
    a_verified_member(email="soazig@exemple.fr", nickname="Une autre")
    answer = client.post(SIGN_UP, ANSWERS)
    assert answer.status_code == 302 and answer.url == "/compte/e-mail/code/"
    assert Member.objects.count() == 1 and "en a déjà un" in mail.outbox[0].body


def test_a_password_may_be_chosen_and_keeps_its_rules(client):
    answer = client.post(SIGN_UP, ANSWERS | {"password1": "motdepasse"})
    assert list(answer.context["form"].errors) == ["password1"] and not Member.objects.exists()
    client.post(SIGN_UP, ANSWERS | {"password1": "un phare mange trois livrets"})
    assert Member.objects.get().check_password("un phare mange trois livrets")


def test_sign_in_with_e_mail_and_password(client):
    member = a_verified_member()
    answer = client.post(SIGN_IN, {"login": member.email, "password": PASSWORD})
    assert answer.status_code == 302 and answer.url == reverse("my_lab")


def test_sign_in_with_a_code(client):
    member = a_verified_member()
    answer = client.post("/compte/connexion/code/", {"email": member.email})
    assert answer.url == "/compte/connexion/code/verification/"
    page = client.get(answer.url).content.decode()
    assert member.email in page and 'name="code"' in page
    assert 'aria-invalid="true"' in client.post(answer.url, {"code": "000000"}).content.decode()
    client.post(answer.url, {"code": the_code()})
    assert int(client.session["_auth_user_id"]) == member.pk


def shown_after(address, page, **typed):
    """The page that follows, as a new browser reads it, without what differs each time."""
    client = Client()
    answer = client.post(page, typed, follow=True)
    text = answer.content.decode().replace(address, "ADDRESS")
    return answer.status_code, re.sub(r"\b[0-9A-Za-z]{64}\b", "TOKEN", text)


@pytest.mark.parametrize("page", ["/compte/inscription/", "/compte/connexion/code/", "/compte/mot-de-passe/oublie/"])
def test_no_page_tells_whether_an_address_has_an_account(page):
    known, unknown = a_verified_member().email, "personne.encore@example.org"
    more = {"nickname": "Un nom libre", "kind": "customer", "is_adult": "on", "accepts_charter": "on"}
    seen = [shown_after(email, page, email=email, **more) for email in (known, unknown)]
    assert seen[0] == seen[1]
    assert seen[0][0] == 200 and 'name="code"' in seen[0][1]


def test_a_password_is_set_again_by_code(client):
    member = a_verified_member()
    answer = client.post("/compte/mot-de-passe/oublie/", {"email": member.email})
    page = client.get(answer.url).content.decode()
    assert member.email in page and 'name="code"' in page
    assert 'aria-invalid="true"' in client.post(answer.url, {"code": "000000"}).content.decode()
    answer = client.post(answer.url, {"code": the_code()})
    new = "un phare mange trois livrets"
    client.post(answer.url, {"password1": new, "password2": new})
    member.refresh_from_db()
    assert member.check_password(new)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("/accounts/login/", SIGN_IN), ("/accounts/login/?next=/desk/", SIGN_IN + "?next=/desk/"), ("/accounts/signup/", SIGN_UP),
     ("/accounts/2fa/", "/compte/second-facteur/"), ("/en/accounts/login/", "/en/account/sign-in/"),
     ("/desk/login/?next=/desk/", SIGN_IN + "?next=/desk/"), ("/_util/login/", SIGN_IN),
     ("/en/_util/login/", "/en/account/sign-in/")],
)  # fmt: skip
def test_every_other_door_leads_to_ours(client, asked, given):
    for answer in (client.get(asked), client.post(asked, {"login": "a@b.fr", "username": "a@b.fr", "password": "x"})):
        assert (answer.status_code, answer.url) == (302, given)


def test_an_unknown_old_address_is_not_found(client):
    assert client.get("/accounts/nowhere/").status_code == 404


def test_addresses_speak_both_languages():
    assert reverse("account_login") == SIGN_IN
    with override("en"):
        assert reverse("account_login") == "/en/account/sign-in/"
        assert reverse("member_data") == "/en/account/my-data/"


@pytest.mark.parametrize("where", ["site", "app", "desk", "wagtail", "old"])
def test_a_hundred_bad_sign_ins_are_throttled_at_every_door(client, settings, where):
    settings.ACCOUNT_RATE_LIMITS = {}
    member = a_verified_member()
    url, given = {
        "site": (SIGN_IN, {"login": member.email, "password": "faux"}),
        "app": ("/_allauth/app/v1/auth/login", {"email": member.email, "password": "faux"}),
        "desk": ("/desk/login/", {"username": member.email, "password": PASSWORD}),
        "wagtail": ("/_util/login/", {"username": member.email, "password": PASSWORD}),
        "old": ("/accounts/login/", {"login": member.email, "password": PASSWORD}),
    }[where]
    kind = {"content_type": "application/json"} if where == "app" else {}
    for _attempt in range(100):
        answer = client.post(url, given, **kind)
    assert "_auth_user_id" not in client.session
    # The right password no longer opens, for a while: from the page ...
    answer = client.post(SIGN_IN, {"login": member.email, "password": PASSWORD})
    if where in ("site", "app"):
        assert answer.status_code == 429 and "_auth_user_id" not in client.session
    else:
        assert "_auth_user_id" in client.session  # those doors check no password, so they need no throttle


@pytest.mark.parametrize(
    ("page", "app", "given", "times"),
    [
        (SIGN_IN, "login", {"login": "a@b.fr", "email": "a@b.fr", "password": "faux"}, 6),
        ("/compte/connexion/code/", "code/request", {"email": "a@b.fr"}, 4),
        (SIGN_IN, "login", {"login": "{n}@b.fr", "email": "{n}@b.fr", "password": "faux"}, 32),
    ],
)
def test_who_is_too_fast_is_told_so_with_429_and_when_to_come_back(settings, page, app, given, times):
    """Too many for one account, too many codes, too many from one place: by the page and by the app."""
    settings.ACCOUNT_RATE_LIMITS = {}
    for url, kind in ((page, {}), (f"/_allauth/app/v1/auth/{app}", {"content_type": "application/json"})):
        cache.clear()
        for n in range(times):
            answer = Client().post(url, {key: value.format(n=n) for key, value in given.items()}, **kind)
        assert answer.status_code == 429, url
        assert int(answer.headers["Retry-After"]) >= 60
        words = answer.json()["detail"] if kind else answer.content.decode()
        assert "Trop de demandes" in words or "Trop d’essais" in words or "Trop de tentatives" in words, words[:200]


def test_a_form_without_its_token_gets_a_page_that_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post(SIGN_IN, {"login": "a@b.fr", "password": "x"})
    assert answer.status_code == 403
    assert "Rechargez la page" in answer.content.decode()


def test_the_desk_tells_a_member_that_it_is_for_staff(client):
    client.force_login(a_member())
    answer = client.get("/desk/")
    assert answer.status_code == 403 and "personnel de la banque" in answer.content.decode()


def test_the_desk_asks_a_visitor_to_sign_in(client):
    assert client.get("/desk/").url == f"{SIGN_IN}?next=/desk/"


def test_staff_without_a_second_factor_set_one_up_first_where_the_bank_asks(client, settings):
    client.force_login(a_moderator())
    assert client.get("/desk/").status_code == 200
    settings.STAFF_MFA_REQUIRED = True
    answer = client.get("/desk/")
    assert (answer.status_code, answer.url) == (302, "/compte/second-facteur/")


def test_the_desk_s_api_asks_for_the_second_factor_too(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(a_moderator())
    for path in ("ideas/", "complaints/", "polls/", "moderation/cases/", "exports/ideas.csv", "views/"):
        answer = client.get(f"/api/v1/desk/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_needed"), path
    assert client.get("/api/v1/ideas/").status_code == 200
    by_role_alone = a_moderator()
    Member.objects.filter(pk=by_role_alone.pk).update(is_staff=False)
    client.force_login(by_role_alone)
    assert client.get("/api/v1/desk/ideas/").json()["code"] == "second_factor_needed"
    client.force_login(a_member())
    assert client.get("/api/v1/desk/ideas/").json()["code"] == "not_allowed"


def test_signing_out_ends_the_session(client):
    client.force_login(a_member())
    client.post("/compte/deconnexion/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("method", ["get", "put", "post", "delete"])
def test_there_is_no_telephone_number_to_manage(client, method):
    assert getattr(client, method)("/_allauth/app/v1/account/phone").status_code == 404
