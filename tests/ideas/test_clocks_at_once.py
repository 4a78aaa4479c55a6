"""Promises of ideas that are merged and parted by several colleagues at the same moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.models import Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner
from tests.racing import at_once

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WHY = "C’est la même demande, réunie en une seule."


def test_clocks_come_back_however_ideas_are_merged_and_parted_at_once():
    owner, now = a_product_owner(), timezone.now()
    stays = an_idea(promise_due_at=now + timedelta(days=20), promise_started_at=now)
    others = [an_idea(promise_due_at=now + timedelta(days=day), promise_started_at=now) for day in range(1, 7)]
    before = {idea.pk: idea.promise_due_at for idea in (stays, *others)}

    def to_and_fro(idea):
        for verb in (
            lambda one: merge_idea(one, stays, reason=WHY, by=owner),
            lambda one: unmerge_idea(one, reason=WHY, by=owner),
        ):
            verb(Idea.objects.get(pk=idea.pk))

    assert set(at_once([lambda idea=idea: to_and_fro(idea) for idea in others * 2])) <= {
        "ok",
        "impossible_move",
        "merge_chain",
    }
    for idea in Idea.objects.filter(merged_into=stays):
        unmerge_idea(idea, reason=WHY, by=owner)
    assert dict(Idea.objects.filter(pk__in=before).values_list("pk", "promise_due_at")) == before
