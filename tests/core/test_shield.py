"""The shield's corpus: numbers as people write and paste them, and what only looks like one."""

import logging
import time

import pytest

from core.logs import JsonFormatter
from core.shield import PrivateData, mask, refuse_private

CARD, IBAN, NIR = "4970101234567893", "FR7630006000011234567890189", "184127645108946"
GROUPS = ("4970", "1012", "3456", "7893")


def kind_of(text: str) -> str:
    try:
        refuse_private(body=text)
    except PrivateData as refused:
        assert not any(word in str(refused.extra["masked"]) for word in GROUPS)
        return refused.extra["kind"]
    return ""


def digits(zero: str, text: str = CARD) -> str:
    return "".join(chr(ord(zero) + int(char)) if char.isdigit() else char for char in text)


@pytest.mark.parametrize("between", [
    "", " ", "  ", "   ", "\n", "\t", "\u00a0", "\u202f", "\u2009", "\u3000", "-", " - ", "\u2011", "\u2013", " \u2014 ", ".", "/",
    "_", "\u00b7", "*", "`", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "&nbsp;", "&#160;",
])  # fmt: skip
def test_a_card_number_is_found_however_its_groups_are_parted(between):
    assert kind_of("Ma carte " + between.join(GROUPS) + " est perdue") == "card"


@pytest.mark.parametrize("zero", ["٠", "۰", "०", "０", "𝟎", "𝟶"])
def test_digits_of_any_script_count(zero):
    assert kind_of(digits(zero)) == "card"
    assert kind_of(digits(zero, IBAN)) == "iban"


def test_digits_written_as_entities_count():
    assert kind_of("".join(f"&#{ord(char)};" for char in CARD)) == "card"


@pytest.mark.parametrize("more", [" 12/27", " 12/27 123", " 123", " (12/27)", "\n12 27", " exp 12/27"])
@pytest.mark.parametrize("card", [CARD, " ".join(GROUPS), "378282246310005", "5555 5555 5555 4444"])
def test_its_date_and_its_code_do_not_hide_a_card(card, more):
    assert kind_of(f"Carte {card}{more}") == "card"
    assert kind_of(f"Carte 2 : {card}{more}") == "card"


@pytest.mark.parametrize("text", [
    IBAN, IBAN.lower(), "FR76 3000 6000 0112 3456 7890 189", "FR76\u00a03000\u202f6000\u00a00112 3456 7890 189 merci bien",
    "IBAN" + IBAN, "IBAN:" + IBAN, "".join(chr(ord(char) + 0xFEE0) for char in IBAN), "\u2060".join(IBAN),
    "FR76 - 3000 - 6000 - 0112 - 3456 - 7890 - 189", "DE89 3704 0044 0532 0130 00",
])  # fmt: skip
def test_an_iban_is_found(text):
    assert kind_of(text) == "iban"


@pytest.mark.parametrize("text", [
    NIR, "1 84 12 76 451 089 46", "1 84 12 76 451 089 / 46", "1 84 12 76 451 089 (clé 46)", "1841276451089 clef : 46",
    "1\u00a084\u00a012\u00a076\u00a0451\u00a0089\u00a046", "n° " + NIR + " 12",
])  # fmt: skip
def test_a_national_number_is_found(text):
    assert kind_of(text) == "nir"


@pytest.mark.parametrize("text", [
    "Appelez le 06 38 12 45 78 ou le 01 23 45 67 89.", "De 2024 à 2027, 12 % puis 15 %.", "Le 12/12/2026 à 18 h 30, 1 500 €.",
    "4970 1012 3456 7894", "0000 0000 0000 0000", "FR76 3000 6000 0112 3456 7890 188", "Ticket 1234567890123",
    "Le plafond passe de 1 000 à 2 500 &amp; plus.", "iban, rib, carte bleue",
])  # fmt: skip
def test_what_only_looks_like_one_passes(text):
    assert kind_of(text) == ""


def test_the_rest_of_the_text_stays():
    assert mask("Ma carte 4970 1012 3456 7893 12/27, merci.") == "Ma carte •••• 12/27, merci."


@pytest.mark.parametrize("text", ["FR76 " * 1000, "4 " * 2500, "٤   " * 1250, "&nbsp;4" * 700, "12/12/2026 " * 450])
def test_the_longest_text_is_read_at_once(text):
    start = time.process_time()
    mask(text)
    assert time.process_time() - start < 2


def test_an_address_that_was_not_found_is_logged_without_its_number():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", (f"/idees/{CARD}/",), None)
    assert "Not Found: /idees/••••/" in JsonFormatter().format(record)
