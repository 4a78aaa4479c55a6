"""Named reads of polls. The clock decides what is open, so a late worker opens or closes nothing for readers."""

from datetime import datetime

from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.utils import timezone

from core.roles import AUDITOR, BOARD_CHAIR, BOARD_MEMBER, MODERATOR, PRODUCT_OWNER, has_role
from members.permissions import can_take_part
from members.querysets import open_to

from .states import Apart, Dimension, Key, State, Visibility

READS_ALL = (PRODUCT_OWNER, AUDITOR, BOARD_MEMBER, BOARD_CHAIR)
MODERATES = (MODERATOR, PRODUCT_OWNER)


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

    def with_days_to_count(self, now: datetime, midnight: datetime):
        """Polls in which people took part on a day that is over, or before a close that is behind, and nobody counted them yet."""
        running = is_open(now) & (Q(counted_until__isnull=True, opens_at__lt=midnight) | Q(counted_until__lt=midnight))
        over = is_over(now) & (Q(counted_until__isnull=True) | Q(counted_until__lt=F("closes_at")))
        return self.filter(running | over)

    def for_audience_of(self, member):
        """Polls whose audience has this member in it."""
        if not member.is_authenticated:
            return self.filter(circle__isnull=True, audience_kinds="", audience_segments="", joined_before=None)
        return self.filter(
            open_to(member),
            Q(audience_kinds="") | Q(audience_kinds__contains=f" {member.kind} "),
            Q(audience_segments="") | Q(audience_segments__contains=f" {member.segment} "),
            Q(joined_before__isnull=True) | Q(joined_before__gte=member.date_joined),
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
        return self.with_my_answer(user).awaiting(user)

    def awaiting(self, user):
        """As `unanswered_by`, of polls read `with_my_answer(user)`. None waits for visitors, auditors and the banned."""
        if not can_take_part(user):
            return self.none()
        return self.open().for_audience_of(user).filter(my_answer_at__isnull=True)

    def with_total(self):
        """Adds `total`, how many rows there are in all, however few are read: a list and its count in one query."""
        return self.annotate(total=Window(Count("pk")))

    def with_ballot_count(self):
        """Adds `counted`, the ballots in the published total."""
        return self.annotate(
            turnout=FilteredRelation(
                "tallies",
                condition=Q(
                    tallies__dimension=Dimension.ALL,
                    tallies__key=Key.VOTES,
                    tallies__option__isnull=True,
                    tallies__question__isnull=True,
                ),
            ),
            counted=Coalesce(F("turnout__count"), 0),
        )

    def with_box(self):
        """Adds `box`, all ballots put in, those counted apart too."""
        return self.annotate(box=Count("ballots"))

    def with_questions(self):
        """Questions and options, each in their order: two more queries, however many polls."""
        return self.prefetch_related(Prefetch("questions", questions_in_order()))

    def with_remark_count(self):
        """Adds `remark_count`, what members may read under a consultation."""
        from django.apps import apps

        said = apps.get_model("polls", "Remark").objects.counted().filter(poll=OuterRef("pk")).order_by()
        return self.annotate(remark_count=_how_many(said, "poll"))

    def with_next_for(self, user):
        """Adds `next_poll`, {"id", "title"} of the poll that waits for this user and closes first, this one apart; or None."""
        waiting = self.model.objects.unanswered_by(user).exclude(pk=OuterRef("pk")).soonest_to_close()
        found = waiting.values(found=JSONObject(id="public_id", title="title"))[:1]
        return self.annotate(next_poll=Subquery(found, output_field=models.JSONField()))

    def for_reading(self, user):
        """What a list or a page needs of published polls."""
        return self.for_heading(user).with_questions()

    def for_heading(self, user):
        """The same without questions."""
        return self.readable_by(user).select_related("circle").with_my_answer(user).with_ballot_count()

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

    def templates(self):
        """What the studio keeps to write polls from. They never open, so that nobody else meets them."""
        return self.filter(is_template=True)

    def for_studio(self):
        """The studio's list, the newest first."""
        return self.filter(is_template=False).with_ballot_count().select_related("owner").order_by("-created_at", "-id")


class BallotQuerySet(models.QuerySet):
    def counted(self, counts_in=()):
        """Those of the published total, where these kinds of `Apart` are counted in."""
        return self.filter(apart__in=["", *counts_in])


class ParticipationQuerySet(models.QuerySet):
    def of(self, poll):
        return self.filter(poll=poll)

    def by_day(self) -> dict:
        """{(day, why counted apart): how many}, by the clock of the site; without the bank's own people, who never count."""
        days = self.exclude(apart=Apart.STAFF).order_by().values_list(TruncDate("at"), "apart")
        return {(day, apart): n for day, apart, n in days.annotate(n=Count("pk"))}


class VisualCountQuerySet(models.QuerySet):
    def with_moved(self):
        """With `moved`: how many whose reactions count have moved since the counts that are shown, or ever where none are."""
        since = Q(shown_at__isnull=True) | Q(question__reactions__at__gt=F("shown_at"))
        return self.annotate(moved=Count("question__reactions", filter=since & Q(question__reactions__counted=True)))

    def moved_at(self, question):
        """`moved` alone, of one question, for a subquery."""
        return self.filter(question=question).with_moved().values("moved")


class RemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public remarks, and one's own that are held; those who moderate read all but what was removed."""
        if has_role(user, *MODERATES, AUDITOR):
            return self.exclude(visibility=Visibility.REMOVED)
        return self.filter(Q(visibility=Visibility.PUBLIC) | _of(user, visibility=Visibility.HELD))

    def standing(self, user):
        """What a page shows: what the user may read, and what was taken away, of which it shows a trace without the text."""
        if has_role(user, *MODERATES, AUDITOR):
            return self
        return self.filter(~Q(visibility=Visibility.HELD) | _of(user))

    def counted(self):
        """Those that a poll's number of comments counts."""
        return self.filter(visibility=Visibility.PUBLIC, deleted_at__isnull=True)

    def with_author(self):
        return self.select_related("author").defer("author__password")

    def latest_first(self, *, first: str = ""):
        """The newest first; before all, the one asked for. By keyset: rank, date and key together are unique."""
        asked = When(public_id=first[:12].replace("\x00", ""), then=Value(1))
        rank = Case(*([asked] if first else []), default=Value(0), output_field=models.IntegerField())
        return self.annotate(rank=rank).order_by("-rank", "-created_at", "-id")


def questions_in_order():
    """Questions with their options, each in their order: two queries."""
    from django.apps import apps

    options = Prefetch("options", apps.get_model("polls", "Option").objects.order_by("position", "id"))
    return apps.get_model("polls", "Question").objects.order_by("position", "id").prefetch_related(options)


def _how_many(rows, of: str) -> Coalesce:
    """How many rows there are of each `of`, beside it; 0 for none."""
    counted = rows.values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)


def _of(user, **fields) -> Q:
    """Rows that this user wrote; none of a visitor."""
    return Q(author=user, **fields) if getattr(user, "is_authenticated", False) else Q(pk__in=())
