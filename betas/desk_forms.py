"""The forms of the beta studio."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ideas.models import Idea
from ideas.states import State as IdeaState
from members.models import Circle
from members.states import AgeBand, Segment
from members.states import Kind as MemberKind

from .forms import HouseForm
from .models import CHANGED_MAX, REPLY_MAX, SEATS_MAX, Programme
from .states import Outcome

capital = lazy(capfirst, str)


def _of(name: str, kind: type[forms.Field] = forms.CharField, **kwargs: Any) -> forms.Field:
    """A field with the label, help and limits of the model's."""
    field = Programme._meta.get_field(name)
    kwargs.setdefault("label", capital(field.verbose_name))
    kwargs.setdefault("help_text", field.help_text)
    kwargs.setdefault("required", False)
    if kind is forms.CharField:
        kwargs.setdefault("max_length", field.max_length)
    return kind(**kwargs)


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _day(name: str) -> forms.Field:
    return _of(name, forms.DateField, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def _several(name: str, choices: Any) -> forms.Field:
    return _of(name, forms.MultipleChoiceField, choices=choices, widget=forms.CheckboxSelectMultiple)


class DeskForm(HouseForm):
    """A form in the desk's dress."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            boxes = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect)
            if not isinstance(field.widget, boxes):
                field.widget.attrs["class"] = "dk-input"


class ProgrammeForm(DeskForm):
    title = _of("title", required=True)
    summary = _of("summary", required=True)
    intro = _of("intro", required=True, widget=_text(6))
    audience = _of("audience", widget=_text(4))
    platforms = _of("platforms", help_text=_("For example: iPhone and Android."))
    seats = _of("seats", forms.IntegerField, required=True, min_value=1, max_value=SEATS_MAX, initial=50)
    has_waiting_list = _of("has_waiting_list", forms.BooleanField, initial=True)
    accepts_at_once = _of("accepts_at_once", forms.BooleanField)
    circle = forms.ModelChoiceField(
        Circle.objects.none(), label=_("Circle"), required=False, to_field_name="public_id",
        empty_label=_("None: everybody"), help_text=_("Only the people of the circle see the test."),
    )  # fmt: skip
    eligible_kinds = _several("eligible_kinds", MemberKind.choices)
    eligible_segments = _several("eligible_segments", Segment.choices)
    eligible_ages = _several("eligible_ages", AgeBand.choices)
    applications_until = _day("applications_until")
    starts_on = _day("starts_on")
    ends_on = _day("ends_on")
    decision_on = _day("decision_on")
    feature_flag = _of("feature_flag", forms.SlugField, max_length=60)
    focus_title = _of("focus_title")
    focus = _of("focus")
    charter = _of(
        "charter", widget=_text(8), help_text=_("Empty: the house's charter. A new text is a new version to sign.")
    )
    board_item_ref = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    ideas = forms.MultipleChoiceField(
        label=_("Ideas it comes from"),
        help_text=_("They stay planned until the test starts, then become “in beta”."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, linked: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.in_use()
        ready = Idea.objects.filter(state__in=(IdeaState.PLANNED, IdeaState.IN_BETA)).order_by("-vote_score", "-id")[
            :60
        ]
        self.known = {idea.public_id: idea for idea in [*linked, *ready]}
        self.fields["ideas"].choices = [
            (key, f"{idea.title} · {idea.get_state_display()} · {idea.vote_score}") for key, idea in self.known.items()
        ]

    def clean_ideas(self) -> list[Idea]:
        return [self.known[key] for key in self.cleaned_data["ideas"]]

    @classmethod
    def values_of(cls, programme: Programme) -> dict[str, Any]:
        values = {name: getattr(programme, name) for name in cls.base_fields if name not in ("ideas", "circle")}
        values["circle"] = programme.circle.public_id if programme.circle else ""
        return values | {"ideas": [link.idea.public_id for link in programme.idea_links.all()]}


class MissionForm(DeskForm):
    title = forms.CharField(label=_("Title"), max_length=90)
    brief = forms.CharField(label=_("What to test"), max_length=1_000, widget=_text(3))
    steps = forms.CharField(label=_("Steps"), help_text=_("One step a line."), max_length=2_000, widget=_text(5))
    duration = forms.CharField(label=_("How long it takes"), required=False, max_length=40)


class NoteForm(DeskForm):
    note = forms.CharField(label=_("A word to the person"), required=False, max_length=REPLY_MAX, widget=_text(2))


class ReviewForm(DeskForm):
    reply = forms.CharField(
        label=_("Reply to the tester"),
        help_text=_("Needed for a question and for a refusal. Signed with your name."),
        required=False,
        max_length=REPLY_MAX,
        widget=_text(4),
    )
    duplicate_of = forms.ChoiceField(label=_("Repeats this report"), required=False)

    def __init__(self, *args: Any, others: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {other.public_id: other for other in others}
        self.fields["duplicate_of"].choices = [("", _("Choose")), *((o.public_id, o.title) for o in others)]

    def clean_duplicate_of(self) -> Any:
        return self.others.get(self.cleaned_data["duplicate_of"])


class CloseForm(DeskForm):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome.choices, widget=forms.RadioSelect)
    what_changed = forms.CharField(
        label=_("What testers changed"),
        help_text=_("Public. It is also the reason that the followers of the ideas read."),
        max_length=CHANGED_MAX,
        widget=_text(6),
    )
