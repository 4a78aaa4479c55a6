"""The laptop's mailbox: there while developing, absent in production."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage, get_connection
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from lab.views_mailbox import read_mails


def test_mails_are_read_newest_first(tmp_path):
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(tmp_path))
    for number in (1, 2):
        EmailMessage(
            f"Sujet é {number}", f"Le code\n\n12345{number}\n", "lab@x.fr", ["a@exemple.fr"], connection=connection
        ).send()
    mails = read_mails(tmp_path)
    assert [mail.subject for mail in mails] == ["Sujet é 2", "Sujet é 1"]
    assert all(abs(timezone.now() - mail.at) < timedelta(minutes=10) for mail in mails), "its hour is that of a place"
    assert "123452" in mails[0].body and mails[0].to == "a@exemple.fr"


def test_a_folder_that_is_not_there_holds_no_mail(tmp_path):
    assert read_mails(tmp_path / "nowhere") == []


@pytest.mark.django_db
def test_where_mail_is_really_sent_the_address_does_not_exist(client):
    with pytest.raises(NoReverseMatch):
        reverse("dev_mailbox")
    assert client.get("/courrier/").status_code == 404


def test_production_asks_staff_for_a_second_factor_and_has_no_mailbox(tmp_path):
    asked = "from django.conf import settings as s; print(s.STAFF_MFA_REQUIRED, s.DEV_MAILBOX, s.ACCOUNT_EMAIL_NOTIFICATIONS)"
    env = {
        "DJANGO_SETTINGS_MODULE": "lab.settings.production", "SECRET_KEY": "x1y2z3w4" * 8, "ALLOWED_HOSTS": "lab.example",
        "DATABASE_URL": "postgres://u:p@127.0.0.1/x", "LAB_VAR": str(tmp_path), "PATH": "",
    }  # fmt: skip
    told = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "False", "True"]
