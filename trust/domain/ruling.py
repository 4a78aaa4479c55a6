"""Keeping the hold rules: who may, and what a rule must say."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import Invalid, require
from core.events import publish
from core.public_ids import new_public_id
from core.shield import refuse_private

from ..events import HoldRuleKept
from ..models import HoldRule
from ..permissions import can_set_rules

TEXTS = ("name_fr", "name_en", "words_fr", "words_en")


@transaction.atomic
def keep_rule(rule: HoldRule | None = None, *, by: Any, **fields: Any) -> HoldRule:
    """Make a rule, or change one; what is not named stays. It judges the texts posted from now on.

    Raises NotAllowed, PrivateData, Invalid naming the first field that is wrong.
    """
    require(can_set_rules(by))
    refuse_private(**{name: fields[name] for name in TEXTS if name in fields})
    rule = HoldRule.objects.select_for_update().get(pk=rule.pk) if rule else HoldRule()
    for name, value in fields.items():
        setattr(rule, name, value)
    try:
        rule.full_clean()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=field) from error
    rule.public_id = rule.public_id or new_public_id()
    rule.save()
    publish(HoldRuleKept(rule.pk, rule.is_active), by=by)
    return rule
