"""The desk in French and in English: no page speaks both, and each reader finds their own."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.trans_real import catalog
from wagtail.users.models import UserProfile

from members.models import Member
from tests.factories.desk_pages import a_furnished_desk
from tests.factories.members import PASSWORD, a_member, a_product_owner, an_expert

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG = 12  # a shorter text may be the same word in both
SAME = {"Customer Lab", "Administrator"}


@pytest.fixture(autouse=True)
def language_of_the_tests():
    """A request leaves its language behind; other tests do not inherit it."""
    with override("fr"):
        yield


def _texts() -> dict[str, set[str]]:
    """What the catalog says in each language and not in the other; texts with places to fill are left out."""
    with override("fr"):
        pairs = {
            (key if isinstance(key, str) else key[0]).split("\x04")[-1]: text
            for key, text in catalog()._catalog.items()
            if isinstance(text, str)
        }
    plain = {one: other for one, other in pairs.items() if len(one) >= LONG and len(other) >= LONG and "%" not in one}
    english, french = set(plain) - SAME, set(plain.values())
    return {"en": english - french, "fr": french - english}


def _words(html: str) -> str:
    """The texts of our part of the page, one to a line, attributes that are read aloud too."""
    ours = html[html.index('class="dk-top"') :]
    ours = re.sub(r"<script.*?</script>|<style.*?</style>|<svg.*?</svg>", " ", ours, flags=re.S)
    ours = re.sub(r'<(\w+)[^>]*lang="[^"]*"[^>]*>.*?</\1>', " ", ours, flags=re.S)
    aloud = re.findall(r'(?:aria-label|placeholder|title|alt)="([^"]*)"', ours)
    lines = re.split(r"<[^>]+>", ours) + aloud
    return "\n".join(" ".join(unescape(line).split(" ")).strip() for line in lines if line.strip())


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_no_page_of_the_desk_speaks_two_languages(client, language, other):
    owner = a_product_owner(nickname="Qzv Wkp", language=language)
    pages, texts = a_furnished_desk(owner), _texts()
    client.force_login(owner)
    found = {}
    for name, address in pages.items():
        answer = client.get(address)
        assert answer.status_code == 200, name
        lines = set(_words(answer.content.decode()).split("\n"))
        assert lines & texts[language], name
        if mixed := lines & texts[other]:
            found[name] = sorted(mixed)
    assert found == {}


def _speaks(client, address: str = "/desk/triage/") -> str:
    """The language that the page says it is in, and is in."""
    answer = client.get(address)
    assert answer.status_code in (200, 403)
    said = re.search(r'<html[^>]* lang="(\w+)"', answer.content.decode()).group(1)
    assert answer.headers["Content-Language"] == said
    return said


@pytest.mark.parametrize("address", ["/desk/", "/desk/triage/", "/desk/account/"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_desk_speaks_the_language_of_the_members_profile(client, language, address):
    client.force_login(a_product_owner(language=language))
    assert _speaks(client, address) == language


@pytest.mark.parametrize(("theirs", "there"), [("fr", "en"), ("en", "fr"), ("en", "")])
def test_what_the_account_of_the_desk_says_counts_before_the_profile(client, theirs, there):
    owner = a_product_owner(language=theirs)
    UserProfile.objects.create(user=owner, preferred_language=there)
    client.force_login(owner)
    assert _speaks(client) == (there or theirs)


def test_the_language_added_to_the_address_of_the_desk_holds_until_another_is_named(client):
    expert = an_expert(language="fr")
    client.force_login(expert)
    assert client.get("/en/desk/triage/").url == "/desk/triage/"
    assert _speaks(client) == _speaks(client, "/desk/account/") == "en"
    client.get("/fr/desk/")
    assert _speaks(client) == "fr"
    Member.objects.filter(pk=expert.pk).update(language="en")
    assert _speaks(client) == "en"


def test_who_comes_to_an_english_desk_signs_in_in_english_and_finds_it(client):
    expert = an_expert(language="fr", password=PASSWORD)
    EmailAddress.objects.create(user=expert, email=expert.email, verified=True, primary=True)
    door = client.get("/en/desk/triage/?view=mine").url
    assert door == "/en/account/sign-in/?next=/en/desk/triage/%3Fview%3Dmine"
    inside = client.post(door, {"login": expert.email, "password": PASSWORD}, follow=True)
    assert inside.redirect_chain[-1][0] == "/desk/triage/?view=mine"
    assert _speaks(client) == "en"


def test_a_member_without_a_role_is_refused_at_the_desk_in_their_language(client):
    client.force_login(a_member(language="en"))
    assert _speaks(client, "/desk/") == "en"


def test_a_file_of_the_desk_is_in_the_readers_language(client):
    client.force_login(a_product_owner(language="en"))
    answer = client.get(reverse("ideas_exchange:export", args=["csv"]))
    assert "Title" in b"".join(answer.streaming_content).decode().partition("\n")[0]


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "Cette page n’est plus sur la carte"), ("en", "This page is no longer")]
)
@pytest.mark.parametrize("path", ["/desk/nope/", "/desk/ideas/nope/nope/", "/desk/pages/999999/"])
def test_an_unknown_address_of_the_desk_is_our_page_in_the_readers_language(client, language, words, path):
    client.force_login(a_product_owner(language=language))
    answer = client.get(path)
    page = unescape(answer.content.decode())
    assert answer.status_code == 404 and words in page
    assert "Wagtail" not in page and f'<html lang="{language}"' in page and 'href="/desk/"' in page
