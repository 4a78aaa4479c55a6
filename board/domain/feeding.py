"""The subjects that an idea speaks for, told to its evidence page."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from ideas.feeding import Feed, feeds

from ..models import Evidence, Placement
from ..states import Column


@feeds
def subjects_of(idea: Any) -> list[Feed]:
    """One query: each subject, and the column it stands in now."""
    latest = Placement.objects.filter(item=OuterRef("item")).order_by("-quarter__code")
    proofs = Evidence.objects.filter(idea=idea).select_related("item").annotate(
        column=Subquery(latest.values("column")[:1]), quarter=Subquery(latest.values("quarter__code")[:1])
    )  # fmt: skip
    return [
        Feed(
            _("Subject of the board"), proof.item.title,
            f"{Column(proof.column).label} ({proof.quarter})" if proof.column else _("It waits for the next quarter."),
            proof.item.get_absolute_url(),
        )
        for proof in proofs
    ]  # fmt: skip
