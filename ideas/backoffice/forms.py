"""What the desk's forms hold. Lengths, secrets and rights are the verbs' to check: a form only carries text to them."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import roles
from core.grounds import RULE_MAX, Ground
from members.models import Member

from ..domain.templating import ASKED, KNOWN, VALUE_MAX, fields_of, put_values
from ..models import BODY_MAX, COMMENT_MAX, ON_BEHALF_MAX, QUESTION_MAX, REASON_MAX, REFERENCE_MAX, Category, Tag
from ..states import Source

ANSWERING = (roles.PRODUCT_OWNER, roles.EXPERT, roles.MODERATOR)


def colleagues():
    """Who may be given an idea: active staff who may answer."""
    may = Q(groups__name__in=(*ANSWERING, roles.ADMINISTRATOR)) | Q(is_superuser=True)
    return Member.objects.living().staff().filter(may).distinct().order_by("nickname").defer("password")


class DeskForm(forms.Form):
    """Fields in the desk's dress; `main` is the text that a refusal gives back."""

    main = "reason"
    recount = ""  # the field on which it depends how many will hear: where it is changed, they are counted again

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field.widget, (forms.CheckboxInput, forms.HiddenInput, forms.CheckboxSelectMultiple)):
                field.widget.attrs |= {"class": "dk-input", "id": f"desk-{name}"}

    @property
    def text(self) -> str:
        """What another move can take: the main text, or the first one where a choice is the main thing; "" where there is none."""
        texts = [name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea)]
        return self.main if self.main in texts else next(iter(texts), "")

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


class GroundFields(forms.Form):
    """On what a decision rests that takes a text away: core/grounds.py checks it, and the author reads it."""

    ground = forms.ChoiceField(
        label=_("On what ground"), choices=Ground.choices, required=False, initial=Ground.CHARTER
    )
    rule = forms.CharField(
        label=_("Article of the charter, or of the law"), required=False, max_length=RULE_MAX, strip=True,
        widget=forms.TextInput(),
    )  # fmt: skip


class TakingAwayForm(GroundFields, AuthorForm):
    """The reason comes first: the key that opens the form leaves one in its first field, ready to write."""

    field_order = ("reason", "ground", "rule")


class AnswerForm(DeskForm):
    """The text, and a field for each {name} in it that is still to be filled. `template` says which version it came from."""

    main = "body"
    known = KNOWN
    template = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    body = _text(_("Official answer, public and signed with your name"), rows=8, longest=BODY_MAX)
    silent = forms.BooleanField(label=_("Stay silent"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        text = self.data.get("body", "") if self.is_bound else self.initial.get("body", "")
        self.open_fields = [name for name in fields_of(text) if name in self.known]
        for name in self.open_fields:
            field = forms.CharField(label=f"{{{name}}}", help_text=KNOWN[name], required=False, max_length=VALUE_MAX)
            field.widget.attrs |= {"class": "dk-input", "id": f"desk-field-{name}"}
            self.fields[f"field_{name}"] = field
        self.order_fields(["template", *(f"field_{name}" for name in self.open_fields), "body", "silent"])

    def clean(self):
        said = super().clean()
        values = {name: said.get(f"field_{name}", "") for name in self.open_fields}
        said["body"] = put_values(said.get("body", ""), values)
        return said


class BulkAnswerForm(AnswerForm):
    """The same text to many ideas: fields that each idea fills for itself stay as they are, the others are asked once."""

    known = ASKED


class NoteForm(DeskForm):
    main = "body"
    body = _text(_("Internal note, read by staff alone"), rows=4, longest=COMMENT_MAX)


class MergeForm(TellingForm):
    into = forms.CharField(
        label=_("Idea that stays: words of its title, or its address"), required=False, max_length=300, strip=True
    )

    field_order = ("into", "reason", "silent")


class BulkMergeForm(MergeForm):
    """`stays` is one of the chosen ideas; `into` is another, by its address."""

    stays = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    into = forms.CharField(
        label=_("Idea that stays: its address or number"), required=False, max_length=300, strip=True
    )

    def clean(self):
        said = super().clean()
        return said | {"into": said.get("into") or said.get("stays", "")}


def _colleague(label, **more):
    return forms.ModelChoiceField(
        label=label, queryset=Member.objects.none(), to_field_name="public_id", required=False, **more
    )


class AssignForm(DeskForm):
    main = "assignee"
    assignee = _colleague(_("In charge"), empty_label=_("Nobody"))
    reason = _text(_("Reason, for colleagues (may stay empty)"), rows=2, longest=REASON_MAX)
    silent = forms.BooleanField(label=_("Stay silent"), required=False)
    recount = "assignee"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = colleagues()


class RouteForm(DeskForm):
    main, recount = "question", "expert"
    expert = _colleague(_("Expert"), empty_label=_("Choose a colleague"))
    question = _text(_("Your question"), rows=4, longest=QUESTION_MAX)
    due_on = forms.DateField(
        label=_("Answer expected by"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = colleagues()


class AdviceForm(DeskForm):
    main = "body"
    body = _text(_("Your answer to the question"), rows=6, longest=COMMENT_MAX)
    official = forms.BooleanField(label=_("Publish it as the official answer"), required=False)
    silent = forms.BooleanField(label=_("Stay silent"), required=False)


class FileForm(DeskForm):
    main = recount = "category"
    category = forms.ModelChoiceField(
        label=_("Theme"), queryset=Category.objects.none(), to_field_name="slug", required=False, empty_label=None
    )
    reason = _text(_("Reason, read by the author (may stay empty)"), rows=2, longest=REASON_MAX)
    silent = forms.BooleanField(label=_("Stay silent"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)


class TagForm(DeskForm):
    """`shown` are the tags that the form showed as set: only what was ticked or unticked since is changed."""

    main = "tags"
    shown = forms.CharField(required=False, widget=forms.HiddenInput, max_length=600)
    tags = forms.ModelMultipleChoiceField(
        label=_("Tags"), queryset=Tag.objects.none(), to_field_name="slug", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    reason = _text(_("Reason, for colleagues (may stay empty)"), rows=2, longest=REASON_MAX)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tags"].queryset = Tag.objects.filter(is_active=True)
        self.fields["tags"].label_from_instance = tag_label


def tag_label(tag: Tag) -> str:
    return tag.name if tag.is_public else gettext("%(tag)s (private)") % {"tag": tag.name}


class OthersForm(DeskForm):
    main = "reference"
    source = forms.ChoiceField(label=_("Where they said it"), choices=Source.choices, required=False)
    people = forms.IntegerField(
        label=_("How many people"), required=False, min_value=1, max_value=ON_BEHALF_MAX, initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    reference = forms.CharField(
        label=_("Reference, which names nobody"), required=False, max_length=REFERENCE_MAX, strip=True
    )


class BulkOthersForm(OthersForm):
    """The same record on each of many ideas: so many people asked for each of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].label = _("How many people, for each idea")


class TemplateForm(DeskForm):
    main = "body_fr"
    name_fr = forms.CharField(label=_("Name in French"), required=False, max_length=80)
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=80)
    body_fr = _text(_("Text in French"), rows=10, longest=BODY_MAX)
    body_en = _text(_("Text in English (may stay empty)"), rows=10, longest=BODY_MAX)
    category = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=Category.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Any theme"),
    )
    owner = _colleague(_("Owner, who keeps it up to date"), empty_label=_("Nobody"))
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.all()
        self.fields["owner"].queryset = colleagues()
