"""The fields of the poll itself, and its saving."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import DomainError
from core.shield import SECRET_KINDS, mask
from members.models import Circle
from members.states import Kind, Segment

from ..domain.writing import write_poll
from ..models import Poll
from ..states import ResultsPolicy
from .questions import QuestionRow

MOMENT = "%Y-%m-%dT%H:%M"
NAMES = [
    ("", _("Confidential: nobody sees who chose what")),
    ("1", _("Open: each name stands beside the answer")),
]
OURS = (
    "title",
    "intro",
    "text",
    "description",
    "image_alt",
    "other_text",
)  # fields with words, at the end of their names


def _moment(label) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "dk-input"}, format=MOMENT)
    return forms.DateTimeField(label=label, required=False, input_formats=[MOMENT], widget=widget)


class PollForm(forms.Form):
    title = forms.CharField(
        label=_("Question or subject"), max_length=160, widget=forms.Textarea(attrs={"rows": 2, "class": "dk-input dk-input--l"}),
        help_text=_("What members read in the list, 160 characters at most. Neutral: no word that leans one way."),
    )  # fmt: skip
    intro = forms.CharField(
        label=_("Introduction"), max_length=1200, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "dk-input"}),
        help_text=_("Why the bank asks, and what it will do with the answer."),
    )  # fmt: skip
    opens_at = _moment(_("Opening"))
    closes_at = _moment(pgettext_lazy("of a poll", "Close"))
    results_policy = forms.ChoiceField(
        label=_("Results visible"), choices=ResultsPolicy.choices, widget=forms.Select(attrs={"class": "dk-input"})
    )
    names = forms.ChoiceField(
        label=pgettext_lazy("poll", "Names"), choices=NAMES, required=False, widget=forms.RadioSelect,
        help_text=_(
            "Before an open poll members read: “Your name will stand beside your answer, for everyone who sees the result.” "
            "Fewer will answer, and less freely."
        ),
    )  # fmt: skip
    consultation = forms.BooleanField(
        label=_("Consultation: visuals to react to, and comments that members read"), required=False
    )
    sealed = forms.BooleanField(
        label=_("Sealed: a ballot is not taken back, and nobody sees the count before the close"), required=False
    )
    kinds = forms.MultipleChoiceField(
        label=_("Customers or not"), choices=Kind.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: both."),
    )  # fmt: skip
    segments = forms.MultipleChoiceField(
        label=_("Profiles"), choices=Segment.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )  # fmt: skip

    min_account_days = forms.IntegerField(
        label=_("Account open for at least (days)"), required=False, min_value=0, max_value=3650,
        widget=forms.NumberInput(attrs={"class": "dk-input"}), help_text=_("Left empty, accounts of any age."),
    )  # fmt: skip
    circle = forms.ModelChoiceField(
        Circle.objects.none(), label=_("Circle"), required=False, to_field_name="public_id",
        empty_label=_("None: everybody"), widget=forms.Select(attrs={"class": "dk-input"}),
        help_text=_("Only the people of the circle see the poll and its result."),
    )  # fmt: skip

    def __init__(self, *args: Any, rows: list[QuestionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.in_use()
        self.rows = rows
        self.refusal: DomainError | None = None

    def save(self, poll: Poll | None, *, by: Any) -> Poll | None:
        """The poll as written, or None with the refusal at its field."""
        if not self.is_valid() or any(row.errors for row in self.rows):
            return None
        values = dict(self.cleaned_data)
        values["confidential"] = not values.pop("names")
        values["min_account_days"] = values["min_account_days"] or 0
        values["is_template"] = bool(poll and poll.is_template)
        try:
            return write_poll(poll, by=by, questions=[row.told() for row in self.rows], **values)
        except DomainError as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: DomainError) -> None:
        """Put the refusal where it belongs: a field of the poll, of a question, of an option; else above them all."""
        self.refusal = refusal
        place = (refusal.field or "").split(".")
        if place[0] in self.fields:
            self.add_error(place[0], str(refusal))
            return
        errors = self._errors_at(place)
        if errors is None:
            self.add_error(None, str(refusal))
        else:
            errors[place[-1]] = str(refusal)

    def _errors_at(self, place: list[str]) -> dict[str, str] | None:
        if place[0] != "questions" or len(place) < 3 or int(place[1]) >= len(self.rows):
            return None
        row = self.rows[int(place[1])]
        if len(place) == 3:
            return row.errors if place[2] in SHOWN else None
        written = row.written
        if int(place[3]) < len(written):
            return written[int(place[3])].errors
        place[-1] = "other_text"
        return row.errors


SHOWN = ("text", "method", "max_choices", "only_if", "image", "image_alt", "options")


def initial_of(poll: Poll) -> dict:
    return {
        "title": poll.title, "intro": poll.intro, "opens_at": poll.opens_at, "closes_at": poll.closes_at,
        "results_policy": poll.results_policy, "sealed": poll.sealed, "kinds": poll.kinds, "segments": poll.segments,
        "names": "" if poll.confidential else "1", "consultation": poll.consultation,
        "min_account_days": poll.min_account_days or None, "circle": poll.circle.public_id if poll.circle else "",
    }  # fmt: skip


def masked(sent: Mapping) -> Any:
    """What was sent with every number that is never kept as dots."""
    kept = sent.copy()
    for name in kept:
        if name.rpartition("-")[2] in OURS:
            kept[name] = mask(kept[name], SECRET_KINDS)
    return kept
