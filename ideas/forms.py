"""The forms of ideas. What the shield refuses is masked before anything is shown again: no number comes back on a page."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import ShieldedForm
from core.grounds import RULE_MAX, Ground
from core.shield import PrivateData

from .domain.moving import STATED
from .models import (
    BODY_MAX,
    BODY_MIN,
    COMMENT_MAX,
    COMMENT_MIN,
    IMAGES_MAX,
    REASON_MAX,
    REASON_MIN,
    TITLE_MAX,
    TITLE_MIN,
    Category,
)

ALT_MAX = 200


# What the title asks for while it is typed; the answer says that the comparison was made (see views/posting.py).
SIMILAR = {
    "hx-get": reverse_lazy("ideas:similar"), "hx-trigger": "input changed delay:400ms, load delay:600ms",
    "hx-target": "#similar", "hx-swap": "outerHTML", "hx-sync": "this:replace",
}  # fmt: skip


class IdeaForm(ShieldedForm):
    """A new idea, or a change to one's own. The template gives each picture a file and its description."""

    shielded = ("title", "body", *(f"alt_{place}" for place in range(IMAGES_MAX)))
    title = forms.CharField(
        label=_("Your idea in one sentence"), min_length=TITLE_MIN, max_length=TITLE_MAX,
        help_text=_("From 10 to 120 characters. Example: “Choose the day my loan is taken from my account”."),
        error_messages={"min_length": _("The title needs 10 characters at least."), "required": _("Give your idea a title.")},
    )  # fmt: skip
    body = forms.CharField(
        label=_("Tell us"), min_length=BODY_MIN, max_length=BODY_MAX, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("When does it happen to you? What do you do today? What would be better?"),
        error_messages={
            "min_length": _("Tell us more: 30 characters at least."),
            "required": _("Tell us what happens to you, and what you would like instead."),
        },
    )  # fmt: skip
    category = forms.ModelChoiceField(
        Category.objects.none(), to_field_name="slug", label=_("Theme"), empty_label=_("Choose a theme"),
        error_messages={"required": _("Choose a theme."), "invalid_choice": _("Choose a theme of the list.")},
    )  # fmt: skip

    def __init__(self, *args, compares: bool = False, **kwargs):
        self.compares = compares
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)
        self.fields["category"].label_from_instance = lambda theme: theme.name
        self.fields["title"].widget.attrs |= {"autocomplete": "off"} | (SIMILAR if self.compares else {})
        for place in range(IMAGES_MAX):
            self.fields[f"alt_{place}"] = forms.CharField(required=False, max_length=ALT_MAX, strip=True)

    def take(self, refusal: DomainError) -> None:
        """A picture's refusal stands above the form's pictures: `picture_error`."""
        if refusal.field == "images":
            self.picture_error = self.picture_error or str(refusal)
            self.private = refusal if isinstance(refusal, PrivateData) else self.private
            self.add_error(None, str(refusal))
        else:
            super().take(refusal)

    picture_error = ""
    slots: list = []  # the places for pictures: views/notebook.py


class CommentForm(ShieldedForm):
    shielded = ("body",)
    parent = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Your comment"), min_length=COMMENT_MIN, max_length=COMMENT_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea-s"}),
        help_text=_("Never a card or account number here: we refuse them."),
        error_messages={"min_length": _("Write a few words first."), "required": _("Write a few words first.")},
    )  # fmt: skip


class SightForm(ShieldedForm):
    """Why an earlier text is shown again."""

    shielded = ("reason", "rule")
    reason = forms.CharField(
        label=_("Why"), min_length=REASON_MIN, max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Its author reads it, and can contest it."),
        error_messages={"min_length": STATED, "required": STATED},
    )  # fmt: skip


class HideForm(SightForm):
    """Why it is hidden, and on what ground: core/grounds.py checks it."""

    ground = forms.ChoiceField(
        label=_("On what ground"), choices=Ground.choices, required=False, initial=Ground.CHARTER
    )
    rule = forms.CharField(label=_("Article of the charter, or of the law"), required=False, max_length=RULE_MAX)
    field_order = ("ground", "rule", "reason")


class WithdrawalForm(ShieldedForm):
    shielded = ("reason",)
    reason = forms.CharField(
        label=_("Why, if you wish to say"), required=False, max_length=300, widget=forms.TextInput(),
        help_text=_("Those who supported it read it."),
    )  # fmt: skip
