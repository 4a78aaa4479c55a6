"""What is typed about challenges on the site: entering, accepting, noting. The rules are the verbs'."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import MaskedForm, masked

from .domain.challenges.entering import refusal_to_enter
from .models import NOTE_MAX, Challenge
from .phases import HIGHEST, LOWEST, Criterion


def number_of(text: str) -> int | None:
    """A version's number as it was sent; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


@dataclass(frozen=True)
class Call:
    """The challenge that a new idea is written for, or why it cannot be."""

    challenge: Challenge
    refusal: DomainError | None
    accepted: int | None

    @property
    def arguments(self) -> dict[str, Any]:
        """What `post_idea` needs to enter the idea."""
        return {"challenge": self.challenge, "accepted_rules": self.accepted}


def call_of(request: HttpRequest) -> Call | None:
    """The challenge that the notebook was opened for, by `?challenge=`; None if there is none to be seen."""
    asked = request.POST.get("challenge") or request.GET.get("challenge", "")
    if not asked or "\x00" in asked:
        return None
    challenges = Challenge.objects.visible_to(request.user).with_rules().select_related("circle")
    challenge = challenges.filter(public_id=asked[:20]).first()
    if challenge is None:
        return None
    accepted = number_of(request.POST.get("accepted_rules", ""))
    return Call(challenge, refusal_to_enter(request.user, challenge), accepted)


def _score(criterion: Criterion) -> forms.TypedChoiceField:
    choices = [(score, str(score)) for score in range(LOWEST, HIGHEST + 1)]
    return forms.TypedChoiceField(
        label=criterion.label, choices=choices, coerce=int, required=False, empty_value=None, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Give each criterion a note from 1 to 5.")},
    )  # fmt: skip


class NoteForm(MaskedForm, forms.Form):
    """One juror's note on one entry."""

    usefulness = _score(Criterion.USEFULNESS)
    simplicity = _score(Criterion.SIMPLICITY)
    novelty = _score(Criterion.NOVELTY)
    text = forms.CharField(
        label=_("Why"), required=False, max_length=NOTE_MAX,
        widget=forms.Textarea(attrs={"rows": 3, "class": "textarea-s"}),
        help_text=_("Two sentences are enough. Your colleagues of the jury read them once they have given their own notes."),
    )  # fmt: skip
    recused = forms.BooleanField(label=_("I know the author: I do not note"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)
        for criterion in Criterion:
            self.fields[criterion.value].label = criterion.label

    @property
    def scores(self) -> dict[str, int | None]:
        return {name: self.cleaned_data.get(name) for name in Criterion.values}

    @property
    def criteria(self) -> list:
        return [self[name] for name in Criterion.values]

    def refuse(self, refusal: DomainError) -> None:
        if refusal.code == "private_data":
            self.data = masked(self.data)
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
