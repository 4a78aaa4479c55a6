"""No model that points to a member is forgotten: each is exported and erased by its app, or left out with a reason."""

from django.apps import apps

from core.privacy import exclusions, holdings
from members.models import Member

PLAIN_LINKS = {"vote.Vote"}  # a plain integer, django-vote's own


def linked_models():
    for model in apps.get_models():
        points = any(
            relation.related_model is Member
            for relation in [*model._meta.local_fields, *model._meta.local_many_to_many]
            if relation.is_relation
        )
        if model is Member or points or model._meta.label in PLAIN_LINKS:
            yield model._meta.label


def test_every_model_linked_to_a_member_is_exported_or_left_out_with_a_reason():
    forgotten = sorted(set(linked_models()) - set(holdings) - set(exclusions))
    assert not forgotten, f"register or exclude in core.privacy, from the app's ready(): {forgotten}"


def test_every_reason_says_something():
    assert all(len(reason) > 20 for reason in exclusions.values())
