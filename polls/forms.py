"""The studio's form: parses what a product owner writes. The rules are the verbs'."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import DomainError
from core.shield import SECRET_KINDS, mask
from members.models import Circle
from members.states import Kind, Segment

from .domain.writing import MOST_OPTIONS, write_poll
from .models import Poll
from .states import Drawing, Method, ResultsPolicy

MOMENT = "%Y-%m-%dT%H:%M"
BLANK_ROWS = 3


def _moment(label) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "dk-input"}, format=MOMENT)
    return forms.DateTimeField(label=label, required=False, input_formats=[MOMENT], widget=widget)


class PollForm(forms.Form):
    title = forms.CharField(
        label=_("Question"), max_length=160, widget=forms.Textarea(attrs={"rows": 2, "class": "dk-input dk-input--l"}),
        help_text=_("What members read in the list, 160 characters at most. Neutral: no word that leans one way."),
    )  # fmt: skip
    intro = forms.CharField(
        label=_("Introduction"), max_length=1200, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "dk-input"}),
        help_text=_("Why the bank asks, and what it will do with the answer."),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("Method"), choices=Method.choices, widget=forms.Select(attrs={"class": "dk-input"})
    )
    max_choices = forms.IntegerField(
        label=_("At most, for several choices"), required=False, min_value=2, max_value=MOST_OPTIONS,
        widget=forms.NumberInput(attrs={"class": "dk-input"}), help_text=_("Left empty, there is no limit."),
    )  # fmt: skip
    opens_at = _moment(_("Opening"))
    closes_at = _moment(pgettext_lazy("of a poll", "Close"))
    results_policy = forms.ChoiceField(
        label=_("Results visible"), choices=ResultsPolicy.choices, widget=forms.Select(attrs={"class": "dk-input"})
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

    circle = forms.ModelChoiceField(
        Circle.objects.none(), label=_("Circle"), required=False, to_field_name="public_id",
        empty_label=_("None: everybody"), widget=forms.Select(attrs={"class": "dk-input"}),
        help_text=_("Only the people of the circle see the poll and its result."),
    )  # fmt: skip

    def __init__(self, *args: Any, rows: list[dict] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.in_use()
        self.rows = rows or []
        self.refusal: DomainError | None = None

    def save(self, poll: Poll | None, *, by: Any) -> Poll | None:
        """The poll as written, or None with the refusal at its field."""
        if not self.is_valid():
            return None
        values = {name: value for name, value in self.cleaned_data.items() if value is not None}
        values.setdefault("max_choices", None)
        values.setdefault("circle", None)
        try:
            return write_poll(poll, by=by, options=self.rows, **values)
        except DomainError as refusal:
            self.refuse(refusal)
            return None

    def refuse(self, refusal: DomainError) -> None:
        self.refusal = refusal
        place = (refusal.field or "").split(".")
        if place[0] == "options" and len(place) == 3:
            written = [row for row in self.rows if row["text"].strip()]
            written[int(place[1])]["error"] = refusal.message
        elif place[0] in self.fields:
            self.add_error(place[0], str(refusal))
        else:
            self.add_error(None, str(refusal))


def initial_of(poll: Poll) -> dict:
    question = poll.questions.first()
    return {
        "title": poll.title, "intro": poll.intro, "method": question.method if question else Method.SINGLE,
        "max_choices": question.max_choices if question else None, "opens_at": poll.opens_at, "closes_at": poll.closes_at,
        "results_policy": poll.results_policy, "sealed": poll.sealed, "kinds": poll.kinds, "segments": poll.segments,
        "circle": poll.circle.public_id if poll.circle else "",
    }  # fmt: skip


def rows_of(poll: Poll | None, blank: int) -> list[dict]:
    """The options as rows of the form, and blank ones after them."""
    question = poll.questions.first() if poll else None
    rows = [
        {
            "id": option.public_id, "text": option.text, "description": option.description, "drawing": option.drawing,
            "image_url": option.image.url if option.image else "",
        }
        for option in (question.options.order_by("position", "id") if question else [])
    ]  # fmt: skip
    blanks = min(max(blank, 0), MOST_OPTIONS - len(rows))
    return rows + [{"id": "", "text": "", "description": "", "drawing": "", "image_url": ""} for _ in range(blanks)]


def rows_sent(sent: Mapping, files: Mapping) -> list[dict]:
    """The options as they were sent, in the order of the buttons « up » and « down »."""
    count = sent.get("rows", "0")
    count = min(int(count), MOST_OPTIONS + 1) if count.isascii() and count.isdigit() else 0
    rows = []
    for number in range(count):
        get = lambda name, number=number: sent.get(f"option-{number}-{name}", "").strip()  # noqa: E731
        drawing = get("drawing") if get("drawing") in Drawing.values else ""
        rows.append({
            "id": get("id"), "text": get("text"), "description": get("description"), "drawing": drawing,
            "image": files.get(f"option-{number}-image"), "drop_image": bool(get("drop")), "image_url": get("url"),
        })  # fmt: skip
    verb, _dash, place = sent.get("do", "").partition("-")
    if verb in ("up", "down", "drop") and place.isdigit() and int(place) < len(rows):
        row = rows.pop(int(place))
        if verb != "drop":
            rows.insert(max(0, int(place) + (-1 if verb == "up" else 1)), row)
    return rows


def masked(sent: Mapping) -> dict:
    """What was sent with every number that is never kept as dots."""
    kept = sent.copy()
    for name in kept:
        if name in ("title", "intro") or name.startswith("option-"):
            kept[name] = mask(kept[name], SECRET_KINDS)
    return kept
