"""What the desk's forms hold. Lengths, secrets and rights are the verbs' to check: a form only carries text to them."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import roles
from members.models import Member

from ..models import BODY_MAX, COMMENT_MAX, REASON_MAX

ANSWERING = (roles.PRODUCT_OWNER, roles.EXPERT, roles.MODERATOR)


def colleagues():
    """Who may be given an idea: active staff who may answer."""
    may = Q(groups__name__in=(*ANSWERING, roles.ADMINISTRATOR)) | Q(is_superuser=True)
    return Member.objects.living().staff().filter(may).distinct().order_by("nickname").defer("password")


class DeskForm(forms.Form):
    """Fields in the desk's dress; `main` is the text that a refusal gives back."""

    main = "reason"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field.widget, (forms.CheckboxInput, forms.HiddenInput)):
                field.widget.attrs |= {"class": "dk-input", "id": f"desk-{name}"}

    def refuse(self, field: str | None, message: str) -> None:
        """Put a refusal where it belongs; the field says so to a screen reader."""
        name = field if field in self.fields else (self.main if self.main in self.fields else None)
        self.add_error(name, message)
        if name:
            self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"desk-{name}-error"}


def _text(label, *, rows: int, longest: int):
    return forms.CharField(
        label=label, required=False, strip=True, widget=forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    )


class ReasonForm(DeskForm):
    reason = _text(_("Reason, public"), rows=4, longest=REASON_MAX)


class TellingForm(ReasonForm):
    silent = forms.BooleanField(label=_("Stay silent"), required=False)


class AuthorForm(DeskForm):
    reason = _text(_("Reason, read by the author"), rows=4, longest=REASON_MAX)


class AnswerForm(DeskForm):
    main = "body"
    body = _text(_("Official answer, public and signed with your name"), rows=6, longest=BODY_MAX)
    silent = forms.BooleanField(label=_("Stay silent"), required=False)


class NoteForm(DeskForm):
    main = "body"
    body = _text(_("Internal note, read by staff alone"), rows=4, longest=COMMENT_MAX)


class MergeForm(TellingForm):
    into = forms.CharField(
        label=_("Idea that stays: its address or number"), required=False, max_length=300, strip=True
    )

    field_order = ("into", "reason", "silent")


class AssignForm(DeskForm):
    main = "assignee"
    assignee = forms.ModelChoiceField(
        label=_("In charge"),
        queryset=Member.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("Nobody"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues()
