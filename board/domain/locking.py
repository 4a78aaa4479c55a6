"""Every change of a quarter goes through its row's lock: two moves never interleave, and a frozen one refuses all."""

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

from ..models import Quarter


class QuarterFrozenRefusal(DomainError):
    code, status = "quarter_frozen", 409
    message = _("This quarter is frozen: nothing in it moves any more.")


def lock_quarter(quarter: Quarter) -> Quarter:
    """The quarter as it is now, locked until the transaction ends. Raises `quarter_frozen` (409)."""
    quarter = Quarter.objects.select_for_update().get(pk=quarter.pk)
    if quarter.is_kept:
        raise QuarterFrozenRefusal()
    return quarter
