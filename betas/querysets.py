"""Named reads of programmes, enrolments and findings. They chain: `Programme.objects.visible_to(user).with_seats()`."""

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from core import roles
from core.roles import has_role
from members.querysets import open_to

from .states import HOLDS_A_SEAT, IMPACT, PUBLIC_STATES, TOOK_PART, WAITING, Enrolled, Review, Severity, State

READS_ALL = (roles.PRODUCT_OWNER, roles.AUDITOR, roles.BOARD_MEMBER, roles.BOARD_CHAIR)


def _count(model: str, **conditions) -> Coalesce:
    """How many rows of a model the programme has, as a subquery: a join would multiply the rows of the others."""
    rows = apps.get_model("betas", model).objects.filter(programme=OuterRef("pk"), **conditions)
    total = rows.order_by().values("programme").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was opened, archived ones too, those of one's circles with them; drafts for staff who work with betas."""
        if has_role(user, *READS_ALL):
            return self
        return self.filter(open_to(user)).exclude(state=State.DRAFT)

    def listed(self, user=None):
        """What lists show this reader, a stranger if None."""
        return self.filter(open_to(user), state__in=PUBLIC_STATES)

    def of_circle(self, circle):
        return self.filter(circle=circle)

    def in_state(self, *states):
        return self.filter(state__in=states)

    def with_seats(self):
        """Adds `seats_taken`, never over `seats`."""
        return self.annotate(seats_taken=_count("Enrolment", state__in=HOLDS_A_SEAT))

    def with_card(self):
        """What a card needs, without a query per card: seats taken, people interested, missions."""
        return (
            self.select_related("circle")
            .with_seats()
            .annotate(interested_count=_count("InterestRegistration"), mission_count=_count("Mission"))
        )

    def with_results(self):
        """What a closed programme tells: how many took part, what they filed, what it changed."""
        return self.annotate(
            tester_count=_count("Enrolment", state__in=TOOK_PART),
            finding_count=_count("Finding"),
            impact_count=_count("Finding", state__in=IMPACT),
        )

    def with_desk_row(self):
        """What the desk's list shows."""
        return (
            self.with_card()
            .select_related("owner")
            .annotate(
                waiting_count=_count("Enrolment", state__in=WAITING),
                new_finding_count=_count("Finding", state=Review.NEW),
            )
        )

    def with_ideas(self):
        """The ideas the programme comes from, which the public may see, as `source_ideas`."""
        links = apps.get_model("betas", "ProgrammeIdea").objects.select_related("idea").order_by("id")
        return self.prefetch_related(Prefetch("idea_links", links))

    def with_my_state(self, user):
        """Adds `my_state`: where the user's enrolment stands, or nothing."""
        if not getattr(user, "is_authenticated", False):
            return self.annotate(my_state=Value("", output_field=models.CharField()))
        mine = apps.get_model("betas", "Enrolment").objects.filter(programme=OuterRef("pk"), member=user)
        return self.annotate(my_state=Coalesce(Subquery(mine.values("state")[:1]), Value("")))

    def of_idea(self, idea):
        return self.filter(idea_links__idea=idea)

    def tested_by(self, member):
        return self.filter(enrolments__member=member)


class EnrolmentQuerySet(models.QuerySet):
    def holding_seats(self):
        return self.filter(state__in=HOLDS_A_SEAT)

    def of_member(self, member):
        return self.filter(member=member)

    def met_by(self, member):
        """Their own, but for betas of circles that they have left."""
        return self.of_member(member).filter(open_to(member, "programme__circle"))

    def waiting(self):
        """The waiting list, in order."""
        return self.filter(state=Enrolled.WAITLISTED).order_by("applied_at", "id")

    def took_part(self):
        return self.filter(state__in=TOOK_PART)

    def with_member(self):
        return self.select_related("member").defer("member__password")

    def applicants_first(self):
        """For the desk: who waits for a word comes first, the oldest on top."""
        rank = Case(
            When(state=Enrolled.APPLIED, then=0),
            When(state=Enrolled.WAITLISTED, then=1),
            default=2,
            output_field=IntegerField(),
        )
        return self.annotate(rank=rank).order_by("rank", "applied_at", "id")

    def funnel(self):
        """How many enrolments reached each state, by state."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


class FindingQuerySet(models.QuerySet):
    def filed_by(self, member):
        return self.filter(enrolment__member=member)

    def with_details(self):
        """Images, mission and the finding it repeats, without a query per row."""
        return self.select_related("mission", "duplicate_of", "programme").prefetch_related("images")

    def with_author(self):
        return self.select_related("enrolment__member").defer("enrolment__member__password")

    def worst_first(self):
        """For the desk: open ones first, then by severity, the oldest on top."""
        closed = Q(state__in=(Review.FIXED, Review.DUPLICATE, Review.WONT_DO))
        weights = {Severity.BLOCKER: 0, Severity.MAJOR: 1, Severity.MINOR: 2}
        return self.annotate(
            rank=Case(When(closed, then=1), default=0, output_field=IntegerField()),
            weight=Case(
                *(When(severity=severity, then=Value(weight)) for severity, weight in weights.items()),
                default=3,
                output_field=IntegerField(),
            ),
        ).order_by("rank", "weight", "id")

    def by_severity(self):
        """(severity, state, how many) for the desk's bars; findings that are no fault have an empty severity."""
        return self.order_by().values_list("severity", "state").annotate(total=Count("pk"))
