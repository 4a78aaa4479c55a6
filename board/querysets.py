"""Named reads of the board. Each serves the desk, the site and the API."""

from django.apps import apps
from django.db import models
from django.db.models import Count, Prefetch

from .states import LIVE, QuarterState


class QuarterQuerySet(models.QuerySet):
    def published(self):
        """What anyone may read, newest first."""
        return self.filter(state=QuarterState.PUBLISHED).order_by("-code")

    def in_progress(self):
        """Not yet published, the oldest first: that is the one on the wall."""
        return self.exclude(state=QuarterState.PUBLISHED).order_by("code")

    def live(self):
        return self.filter(state__in=LIVE)

    def with_factors(self):
        return self.prefetch_related("factors")

    def without_snapshot(self):
        """Lists don't read the snapshot, which is large."""
        return self.defer("snapshot")


class PlacementQuerySet(models.QuerySet):
    def on_wall(self):
        """What a card needs, without a query per card."""
        return self.select_related("item", "item__owner").defer("item__owner__password").order_by("rank", "id")

    def with_evidence(self):
        """Adds the evidence of each item, with its ideas."""
        return self.prefetch_related(
            Prefetch(
                "item__evidence", apps.get_model("board", "Evidence").objects.select_related("idea", "poll"), to_attr="proofs"
            )
        )  # fmt: skip

    def with_evidence_count(self):
        return self.annotate(evidence_count=Count("item__evidence"))

    def in_column(self, column):
        return self.filter(column=column)

    def of_quarters(self, quarters):
        """Newest quarter first, then as on the wall."""
        return self.filter(quarter__in=quarters).order_by("-quarter__code", "rank", "id")


class ItemQuerySet(models.QuerySet):
    def with_evidence(self):
        return self.prefetch_related(
            Prefetch(
                "evidence", apps.get_model("board", "Evidence").objects.select_related("idea", "poll"), to_attr="proofs"
            )
        )


class EvidenceQuerySet(models.QuerySet):
    def of_ideas(self, idea_ids):
        return self.filter(idea__in=idea_ids)


class ScoreQuerySet(models.QuerySet):
    def given_by(self, member):
        return self.filter(member=member)

    def progress(self, asked):
        """Per member id: on how many items they answered all of the `asked` factors."""
        rows = self.filter(factor__in=asked).values("member_id", "item_id")
        done = rows.annotate(answers=Count("id")).filter(answers=len(asked))
        tally: dict[int, int] = {}
        for row in done:
            tally[row["member_id"]] = tally.get(row["member_id"], 0) + 1
        return tally
