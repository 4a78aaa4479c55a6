"""The way back of who reported without an account: a signed address, in their mails alone."""

from django.core import signing
from django.urls import reverse

SALT = "trust.report"


def key_of(report) -> str:
    return signing.Signer(salt=SALT).signature(report.public_id)


def is_key_of(report, key: str) -> bool:
    from django.utils.crypto import constant_time_compare

    return constant_time_compare(key, key_of(report))


def path_of(report) -> str:
    return reverse("trust:followed", args=[report.public_id, key_of(report)])


def api_path_of(report) -> str:
    return reverse("api_report", args=[report.public_id, key_of(report)])
