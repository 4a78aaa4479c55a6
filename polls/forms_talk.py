"""The form of a remark. What the shield refuses is masked before anything is shown again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.commenting import COMMENT_MAX, COMMENT_MIN
from core.forms import ShieldedForm


class RemarkForm(ShieldedForm):
    shielded = ("body",)
    body = forms.CharField(
        label=_("Your comment"), min_length=COMMENT_MIN, max_length=COMMENT_MAX, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What convinces you, what is missing, what we should not do. Everyone can read it."),
        error_messages={"required": _("Write a few words first."), "min_length": _("Write a few words first.")},
    )  # fmt: skip
