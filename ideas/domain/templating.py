"""Templates of official answers. Fields stand in braces: {prenom}. Some are filled from the idea, the others are asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.errors import Invalid, require
from core.shield import refuse_private
from core.words import day

from ..models import BODY_MAX, REASON_MIN, AnswerTemplate, Category, Idea, TemplateVersion
from ..permissions import can_answer, can_keep_tags

FIELD = re.compile(r"\{([^{}\n]{1,40})\}")
# The names are those that the texts hold in both languages: they are the bank's, as its templates are.
FROM_IDEA = {
    "prenom": _("the author’s name"),
    "idee": _("the idea’s title"),
    "theme": _("the theme"),
    "soutiens": _("how many people support it"),
}
ASKED = {
    "echeance": _("the day by which something is due"),
    "equipe": _("the team in charge"),
    "trimestre": _("the quarter"),
    "lien": _("an address to read on"),
}
KNOWN = FROM_IDEA | ASKED
NAME_MIN, NAME_MAX, VALUE_MAX = 3, 80, 200


@dataclass(frozen=True)
class Letter:
    """A template's text for one idea: what could be filled is, `asked` are the fields still open."""

    text: str
    asked: tuple[str, ...]


def fields_of(text: str) -> tuple[str, ...]:
    """The names in braces, each once, in their order."""
    return tuple(dict.fromkeys(name.strip() for name in FIELD.findall(text)))


def write_template(
    *,
    name_fr: str,
    name_en: str,
    body_fr: str,
    by: Any,
    body_en: str = "",
    category: Category | None = None,
    owner: Any = None,
) -> AnswerTemplate:
    """A new template, in its first version; who writes it owns it unless another is named.

    Raises NotAllowed, Invalid (`unknown_field`, `too_short`, `too_long`, `template_exists`), PrivateData.
    """
    require(can_keep_tags(by))
    template = AnswerTemplate(category=category, owner=owner or by)
    _name(template, name_fr, name_en)
    body_fr, body_en = _check_body(body_fr, "body_fr"), _check_body(body_en, "body_en", may_be_empty=True)
    with transaction.atomic():
        template.save()
        _add_version(template, body_fr, body_en, by)
    return template


def edit_template(
    template: AnswerTemplate, *, name_fr: str, name_en: str, body_fr: str, body_en: str, category: Category | None, owner: Any,
    is_active: bool, by: Any,
) -> AnswerTemplate:  # fmt: skip
    """Rewrite a template. Another text is another version; the one before stays with the answers that came from it."""
    require(can_keep_tags(by))
    body_fr, body_en = _check_body(body_fr, "body_fr"), _check_body(body_en, "body_en", may_be_empty=True)
    with transaction.atomic():
        template = AnswerTemplate.objects.select_for_update().get(pk=template.pk)
        _name(template, name_fr, name_en)
        template.category, template.owner, template.is_active = category, owner, is_active
        template.save(update_fields=["name_fr", "name_en", "category", "owner", "is_active"])
        now = template.versions.first()
        if not now or (now.body_fr, now.body_en) != (body_fr, body_en):
            _add_version(template, body_fr, body_en, by)
    return template


def _add_version(template: AnswerTemplate, body_fr: str, body_en: str, by: Any) -> None:
    template.version += 1
    TemplateVersion.objects.create(template=template, number=template.version, body_fr=body_fr, body_en=body_en, by=by)
    template.save(update_fields=["version"])


def _name(template: AnswerTemplate, name_fr: str, name_en: str) -> None:
    names = {"name_fr": " ".join(name_fr.split()), "name_en": " ".join(name_en.split())}
    refuse_private(**names)
    for field, name in names.items():
        if len(name) < NAME_MIN:
            raise Invalid(_("Name the template in both languages."), code="too_short", field=field)
        if len(name) > NAME_MAX:
            raise Invalid(_("A template’s name holds 80 characters at most."), code="too_long", field=field)
        if AnswerTemplate.objects.exclude(pk=template.pk).filter(**{f"{field}__iexact": name}).exists():
            raise Invalid(_("There is a template of this name already."), code="template_exists", field=field)
    template.name_fr, template.name_en = names.values()


def _check_body(body: str, field: str, *, may_be_empty: bool = False) -> str:
    body = body.strip().replace("\r\n", "\n")
    if not body and may_be_empty:
        return body
    if len(body) < REASON_MIN:
        raise Invalid(_("Write the answer in a sentence at least."), code="too_short", field=field)
    if len(body) > BODY_MAX:
        raise Invalid(_("This text is too long: 5,000 characters at most."), code="too_long", field=field)
    refuse_private(**{field: body})
    for name in fields_of(body):
        if name not in KNOWN:
            known = ", ".join(f"{{{one}}}" for one in KNOWN)
            message = _("We do not know the field {%(name)s}. Those that exist: %(known)s.")
            raise Invalid(message % {"name": name, "known": known}, code="unknown_field", field=field)
    return body


def fill(
    version: TemplateVersion, idea: Idea, *, language: str = "", values: Mapping[str, str] | None = None
) -> Letter:
    """The text for this idea, in its author's language unless another is wanted. Empty values stay open."""
    language = language or idea.author.language
    with override(language if version.body_in(language) != version.body_fr else "fr"):
        known = _own_words(idea)
        known["echeance"] = (
            day(idea.promise_due_at) if idea.promise_due_at and idea.promise_due_at > timezone.now() else ""
        )
    known |= {
        name: " ".join(str(value).split())[:VALUE_MAX] for name, value in (values or {}).items() if str(value).strip()
    }
    # One pass: a title that holds braces is the author's text, not a field.
    text = FIELD.sub(lambda found: known.get(found[1].strip()) or found[0], version.body_in(language))
    asked = tuple(name for name in fields_of(version.body_in(language)) if not known.get(name))
    return Letter(text, asked)


def _own_words(idea: Idea) -> dict[str, str]:
    return {
        "prenom": idea.author.display_name, "idee": idea.title, "theme": idea.category.name, "soutiens": str(idea.vote_score),
    }  # fmt: skip


def fill_text(text: str, idea: Idea) -> str:
    """A text that goes to many, with what is this idea's own."""
    known = _own_words(idea)
    return FIELD.sub(lambda found: known.get(found[1].strip()) or found[0], text)


def put_values(text: str, values: Mapping[str, str]) -> str:
    """The text with the fields that have a value filled."""
    clean = {name: " ".join(str(value).split())[:VALUE_MAX] for name, value in values.items()}
    return FIELD.sub(lambda found: clean.get(found[1].strip()) or found[0], text)


def require_filled(text: str, *, field: str = "body") -> None:
    """Raise Invalid (`field_left`) where a field of ours still stands in braces: nobody is written to as “{prenom}”."""
    left = [name for name in fields_of(text) if name in KNOWN]
    if left:
        message = _("Fill in {%(name)s} first: %(what)s.") % {"name": left[0], "what": KNOWN[left[0]]}
        raise Invalid(message, code="field_left", field=field, extra={"fields": left})


def templates_for(idea: Idea | None, *, by: Any):
    """Those in use, of the idea's theme first."""
    require(can_answer(by, idea))
    templates = list(AnswerTemplate.objects.filter(is_active=True).order_by("name_fr", "id"))
    return sorted(
        templates, key=lambda one: one.category_id is None or idea is None or one.category_id != idea.category_id
    )


def version_in_force(template: AnswerTemplate) -> TemplateVersion:
    return template.versions.get(number=template.version)
