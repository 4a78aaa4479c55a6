from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ideas.domain.commenting import comment_on
from ideas.domain.merging import merge_idea
from ideas.domain.recounting import recount_all
from ideas.domain.voting import cast_vote
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def test_verbs_leave_no_drift():
    stays, goes, both, owner = an_idea(), an_idea(), a_member(), a_product_owner()
    for idea in (stays, goes):
        cast_vote(idea, by=both)
        cast_vote(idea, by=a_member())
    comment_on(stays, body="Cela me servirait.", by=both)
    comment_on(stays, body="Entre nous, c’est prévu.", by=owner, is_internal=True)
    merge_idea(goes, stays, reason="C’est la même demande que l’autre.", by=owner)
    assert recount_all(write=False) == []


def test_check_names_the_drift_and_changes_nothing_then_recount_puts_it_right():
    idea = an_idea()
    cast_vote(idea, by=a_member())
    Idea.objects.filter(pk=idea.pk).update(vote_score=7, comment_count=2)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("recount", check=True, stdout=out)
    assert "vote_score 7, rows 1" in out.getvalue() and "drift 2" in out.getvalue()
    assert Idea.objects.get(pk=idea.pk).vote_score == 7
    call_command("recount", stdout=out)
    idea.refresh_from_db()
    assert (idea.vote_score, idea.comment_count) == (1, 0)
    call_command("recount", check=True, stdout=out)
