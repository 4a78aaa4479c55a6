from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from polls.models import Tally
from tests.factories.polls import an_open_poll, votes

pytestmark = pytest.mark.django_db


def told(*args, **options):
    out = StringIO()
    call_command("recount_polls", *args, stdout=out, **options)
    return out.getvalue()


def test_drift_is_nought_after_any_ballots():
    votes(an_open_poll(), 0, customers=4, prospects=3)
    assert told(check=True).strip() == "drift 0"


def test_wrong_count_is_found_named_and_mended():
    poll = an_open_poll()
    votes(poll, 1, customers=2)
    Tally.objects.filter(dimension="all", option=None, question=None, key="").update(count=9)
    with pytest.raises(CommandError):
        told(check=True)
    assert told(poll.public_id).endswith("drift 0\n")
