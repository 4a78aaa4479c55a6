"""The demo's queue: two named views that can be read, and a finished bulk run whose figures are those of its lines."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from ideas.demo.load import public_id
from ideas.demo.queue import load_queue
from ideas.models import BulkRun, SavedView
from ideas.queueing.asked import tidy
from tests.factories.desk import a_tag
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_product_owner


@pytest.mark.django_db
def test_product_owner_finds_two_views_and_a_finished_run(client):
    owner, now = a_product_owner(), timezone.now()
    a_tag("À chiffrer", slug="a-chiffrer")
    theme = a_category(slug="cartes")
    demo = SimpleNamespace(
        accounts={"produit": owner},
        random=random.Random(7),
        seed=7,
        now=now,
        ago=lambda **past: now - timedelta(**past),
    )
    load_queue(demo, [an_idea(state="candidate", category=theme) for _row in range(5)], public_id)
    assert all(tidy(view.choice) == {"category": "", "state": "", "author": "", "voters": "", "staff": "", "q": ""}
               | view.choice for view in SavedView.objects.filter(owner=owner))  # fmt: skip
    run = BulkRun.objects.get(by=owner)
    results = list(run.lines.values_list("result", flat=True))
    assert (
        (run.done, run.changed, run.total)
        == (results.count("done"), results.count("changed"), len(results))
        == (4, 1, 5)
    )
    client.force_login(owner)
    page = client.get(reverse("ideas_desk:run", args=[run.public_id]), {"back": "1"})
    assert page.status_code == 200
    assert len(client.get(reverse("ideas_desk:index")).context["tabs"]) >= 12
