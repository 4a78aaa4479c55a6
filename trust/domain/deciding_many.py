"""One verdict over many cases, as a wave of advertising asks for: each is the verb that decides one alone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.grounds import check_ground
from core.public_ids import new_public_id
from ideas.domain.moving import check_statement

from ..models import Case
from ..permissions import can_decide
from ..states import Ground, Matter, Verdict
from .deciding import decide

MOST = 100  # cases at once: a person has looked at each of their titles


@dataclass
class Outcome:
    """What became of each case: decided, or refused and why; `unknown` are ids of no case about content. `batch` takes all of it
    back.
    """

    batch: str
    decided: list[Case] = field(default_factory=list)
    refused: list[tuple[Case, DomainError]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def decide_many(
    public_ids: Iterable[str],
    verdict: str,
    *,
    reason: str,
    by: Any,
    ground: str = Ground.CHARTER,
    rule: str = "",
    with_strike: bool = False,
    seen: dict[str, str] | None = None,
) -> Outcome:
    """Give one verdict on these cases about content, each with its statement and its line in the log. One refusal stops nothing;
    an author of many texts gets one strike.

    `seen` are the versions of the texts as they were chosen. Raises NotAllowed, Invalid (`no_case`, `too_many_cases`), PrivateData.
    """  # fmt: skip
    require(can_decide(by))
    reason, wanted = check_statement(reason), list(dict.fromkeys(public_ids))
    check_ground(ground, rule)
    if verdict not in Verdict.values:
        raise Invalid(_("Choose one of the verdicts."), code="unknown_verdict", field="verdict")
    if not wanted:
        raise Invalid(_("Choose at least one case."), code="no_case", field="verdict")
    if len(wanted) > MOST:
        raise Invalid(_("Choose 100 cases at most."), code="too_many_cases", field="verdict")
    done, struck = Outcome(new_public_id()), set()
    cases = list(Case.objects.filter(public_id__in=wanted, matter=Matter.CONTENT).order_by("pk"))
    done.unknown = [one for one in wanted if one not in {case.public_id for case in cases}]
    for case in cases:
        try:
            with transaction.atomic():
                decide(
                    case, verdict, reason=reason, by=by, ground=ground, rule=rule,
                    with_strike=with_strike and case.author_id not in struck,
                    seen=(seen or {}).get(case.public_id, ""), batch=done.batch,
                )  # fmt: skip
        except DomainError as refusal:
            done.refused.append((case, refusal))
        else:
            done.decided.append(case)
            struck.add(case.author_id)
    return done
