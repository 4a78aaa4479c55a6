"""What a poll asks: questions, each with a method, and the options to answer with."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.images import MeasuredImageField
from core.public_ids import PublicIdField

from ..states import Drawing, Method
from .poll import Poll


class Question(models.Model):
    """What is asked. A poll of one question leaves `text` empty: its title is the question.

    `only_if` holds public ids of options of earlier questions: the question is put to those who chose one of them.
    """

    public_id = PublicIdField()
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("question"), max_length=160, blank=True)
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.SINGLE)
    max_choices = models.PositiveSmallIntegerField(
        _("at most"), null=True, blank=True, validators=[MinValueValidator(2)],
        help_text=_("For several choices. Left empty, there is no limit."),
    )  # fmt: skip

    required = models.BooleanField(_("an answer is needed"), default=True)
    shuffled = models.BooleanField(_("options in an order of each member’s own"), default=True)
    ties = models.BooleanField(_("ties allowed"), default=False, help_text=_("For a ranking."))
    blanks = models.BooleanField(_("options may be left out"), default=False, help_text=_("For a ranking or a score."))
    comments = models.BooleanField(_("with a free comment"), default=False)
    only_if = models.CharField(max_length=200, blank=True, editable=False)
    image = MeasuredImageField(
        _("visual"), upload_to="polls/", blank=True, width_field="image_width", height_field="image_height"
    )
    image_width = models.PositiveIntegerField(null=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, editable=False)
    image_alt = models.CharField(_("what the visual shows"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("question")
        ordering = ["position", "id"]

    def __str__(self):
        return self.text or self.poll.title

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(self.only_if.split())

    @property
    def most(self) -> int | None:
        """How many options a ballot may choose; None for no limit, or where nothing is chosen."""
        return 1 if self.method == Method.SINGLE else self.max_choices

    @property
    def weighs_criteria(self) -> bool:
        """Whether its options are sides of one thing that is judged, not candidates among which one is chosen: what a consultation
        has scored, or shared points between. Of those the best is no winner."""
        return self.poll.consultation and self.method in (Method.SCORE, Method.POINTS)

    def applies_to(self, chosen: frozenset[str] | set[str]) -> bool:
        """Whether the question is put to someone who chose these options in the questions before."""
        return not self.only_if or any(option in chosen for option in self.conditions)


class Option(models.Model):
    public_id = PublicIdField()
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("option"), max_length=120)
    description = models.CharField(_("description"), max_length=240, blank=True)
    image = MeasuredImageField(
        _("picture"), upload_to="polls/", blank=True, width_field="image_width", height_field="image_height"
    )
    image_width = models.PositiveIntegerField(null=True, editable=False)
    image_height = models.PositiveIntegerField(null=True, editable=False)
    drawing = models.CharField(_("drawing"), max_length=12, choices=Drawing, blank=True)
    is_other = models.BooleanField(_("“other”, in one’s own words"), default=False)

    class Meta:
        verbose_name = _("option")
        ordering = ["position", "id"]

    def __str__(self):
        return self.text
