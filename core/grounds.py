"""On what a decision about somebody's text rests: asked for and checked in one place, whichever desk or API takes it away.

The author reads both in the statement of reasons: the ground, and the article of the charter or of the law.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .errors import Invalid
from .shield import refuse_private

RULE_MAX = 200


class Ground(models.TextChoices):
    """On what a decision rests (DSA, article 17.3.d and e)."""

    CHARTER = "charter", _("The participation charter")
    LAW = "law", _("The law")


def check_ground(ground: Any = "", rule: Any = "") -> dict[str, str]:
    """Both as the statement keeps them; without a ground it is the charter.

    Raises Invalid (`unknown_ground`, `too_long`), PrivateData.
    """
    ground, rule = str(ground or Ground.CHARTER), " ".join(str(rule or "").split())
    if ground not in Ground.values:
        raise Invalid(_("Say on what ground: the charter or the law."), code="unknown_ground", field="ground")
    if len(rule) > RULE_MAX:
        raise Invalid(_("The article holds 200 characters at most."), code="too_long", field="rule")
    refuse_private(rule=rule)
    return {"ground": ground, "rule": rule}
