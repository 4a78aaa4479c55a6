"""The desk of ideas in French and in English: no page speaks both."""

import re
from html import unescape

import pytest
from django.utils.translation import override
from django.utils.translation.trans_real import catalog
from wagtail.users.models import UserProfile

from tests.factories.desk_pages import a_furnished_desk
from tests.factories.members import a_product_owner

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LONG = 12  # a shorter text may be the same word in both
SAME = {"Customer Lab", "Administrator"}


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
    owner = a_product_owner(nickname="Qzv Wkp")
    pages, texts = a_furnished_desk(owner), _texts()
    UserProfile.objects.update_or_create(user=owner, defaults={"preferred_language": language})
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
