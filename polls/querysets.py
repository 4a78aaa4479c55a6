"""Named reads of polls. The clock decides what is open, so a late worker opens or closes nothing for readers."""

from datetime import datetime

from django.db import models
from django.db.models import BooleanField, Case, F, FilteredRelation, Prefetch, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.roles import AUDITOR, BOARD_CHAIR, BOARD_MEMBER, PRODUCT_OWNER, has_role
from members.querysets import open_to

from .states import Dimension, State

READS_ALL = (PRODUCT_OWNER, AUDITOR, BOARD_MEMBER, BOARD_CHAIR)


def is_open(now: datetime) -> Q:
    """Answers are taken at `now`: from the opening on, up to and without the instant of the close."""
    return Q(state__in=[State.SCHEDULED, State.OPEN], opens_at__lte=now, closes_at__gt=now)


def is_over(now: datetime) -> Q:
    return Q(state__in=[State.CLOSED, State.DECIDED]) | Q(
        state__in=[State.SCHEDULED, State.OPEN], opens_at__lte=now, closes_at__lte=now
    )


class PollQuerySet(models.QuerySet):
    def published(self, now: datetime | None = None):
        """What anyone may read: open, closed or decided. Drafts and polls to come are the studio's alone."""
        now = now or timezone.now()
        return self.filter(is_open(now) | is_over(now))

    def readable_by(self, user, now: datetime | None = None):
        """Published polls of no circle, and of the reader's circles; staff with a part in polls read all."""
        polls = self.published(now)
        return polls if getattr(user, "is_staff", False) and has_role(user, *READS_ALL) else polls.filter(open_to(user))

    def of_circle(self, circle):
        return self.filter(circle=circle)

    def open(self, now: datetime | None = None):
        return self.filter(is_open(now or timezone.now()))

    def over(self, now: datetime | None = None):
        return self.filter(is_over(now or timezone.now()))

    def due_to_open(self, now: datetime):
        return self.filter(state=State.SCHEDULED, opens_at__lte=now)

    def due_to_close(self, now: datetime):
        return self.filter(state=State.OPEN, closes_at__lte=now)

    def for_audience_of(self, member):
        """Polls whose audience has this member in it."""
        if not member.is_authenticated:
            return self.filter(circle__isnull=True, audience_kinds="", audience_segments="")
        return self.filter(
            open_to(member),
            Q(audience_kinds="") | Q(audience_kinds__contains=f" {member.kind} "),
            Q(audience_segments="") | Q(audience_segments__contains=f" {member.segment} "),
        )

    def with_my_answer(self, user):
        """Adds `my_answer_at`, when this user took part (None if not), and whose answer that is."""
        if not user.is_authenticated:
            return self.annotate(
                my_answer_at=Value(None, output_field=models.DateTimeField()),
                my_answer_of=Value(0, output_field=models.BigIntegerField()),
            )
        return self.annotate(
            mine=FilteredRelation("participations", condition=Q(participations__member=user.pk)),
            my_answer_at=F("mine__at"),
            my_answer_of=Value(user.pk, output_field=models.BigIntegerField()),
        )

    def unanswered_by(self, user):
        """Open polls this member may answer and has not."""
        return self.open().for_audience_of(user).with_my_answer(user).filter(my_answer_at__isnull=True)

    def with_ballot_count(self):
        """Adds `counted`, the ballots in the published total."""
        return self.annotate(
            turnout=FilteredRelation(
                "tallies", condition=Q(tallies__dimension=Dimension.ALL, tallies__option__isnull=True)
            ),
            counted=Coalesce(F("turnout__count"), 0),
        )

    def with_questions(self):
        """Questions and options, each in their order: two more queries, however many polls."""
        from django.apps import apps

        options = Prefetch("options", apps.get_model("polls", "Option").objects.order_by("position", "id"))
        questions = apps.get_model("polls", "Question").objects.order_by("position", "id").prefetch_related(options)
        return self.prefetch_related(Prefetch("questions", questions))

    def for_reading(self, user):
        """What a list or a page needs of published polls."""
        return self.readable_by(user).select_related("circle").with_my_answer(user).with_ballot_count().with_questions()

    def soonest_to_close(self):
        return self.order_by("closes_at", "id")

    def latest_first(self):
        """Open ones first, as they close last; then from the last closed on. By keyset: the pair is unique."""
        return self.order_by("-closes_at", "-id")

    def of_the_moment(self, user):
        """The one poll to show at home: open, for this reader, unanswered first, and the soonest to close. Or None."""
        polls = self.open().for_audience_of(user).with_my_answer(user).with_ballot_count().with_questions()
        answered = Case(When(my_answer_at__isnull=False, then=Value(True)), default=False, output_field=BooleanField())
        return polls.annotate(answered=answered).order_by("answered", "closes_at", "id").first()

    def for_studio(self):
        """The studio's list, the newest first."""
        return self.with_ballot_count().select_related("owner").order_by("-created_at", "-id")


class ParticipationQuerySet(models.QuerySet):
    def of(self, poll):
        return self.filter(poll=poll)
