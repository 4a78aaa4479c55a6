"""Named reads of challenges and of their entries."""

import hashlib
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.roles import has_role
from members.querysets import open_to

from .phases import IN_PROGRESS, OVER, Phase, in_phase, in_phases
from .querysets import READS_ALL, counting, votes_of_ideas
from .states import State

PRIME = 1_000_003  # the shuffle's field: a prime above the number of entries of any challenge


class ChallengeQuerySet(models.QuerySet):
    def visible_to(self, user: Any, now: datetime | None = None):
        """What was announced, of the reader's circles too; drafts and all circles for staff who work with ideas."""
        if has_role(user, *READS_ALL):
            return self
        return self.exclude(in_phase(Phase.DRAFT, now or timezone.now())).filter(open_to(user))

    def open_to(self, user: Any):
        """Of no circle, or of one of the reader's."""
        return self.filter(open_to(user))

    def in_phase(self, *phases: str, now: datetime | None = None):
        return self.filter(in_phases(phases, now or timezone.now()))

    def in_progress(self, now: datetime | None = None):
        """From the announcement to the results."""
        return self.in_phase(*IN_PROGRESS, now=now)

    def over(self, now: datetime | None = None):
        return self.in_phase(*OVER, now=now)

    def with_rules(self):
        """The version of the rules in force, in the same query."""
        return self.select_related("rules")

    def with_entry_count(self):
        """Adds `entry_count`. A challenge of a circle is read by its people alone, so that its count is theirs."""
        entries = (
            apps.get_model("ideas", "ChallengeEntry").objects.standing().filter(challenge=OuterRef("pk")).order_by()
        )
        number = entries.values("challenge").annotate(number=Count("pk")).values("number")
        return self.annotate(entry_count=Coalesce(Subquery(number, output_field=IntegerField()), 0))

    def with_jury_count(self):
        """Adds `juror_count`, and `handed_in_count` of those who have given their notes."""
        seats = apps.get_model("ideas", "Juror").objects.filter(challenge=OuterRef("pk"), accepted_at__isnull=False)
        number = seats.order_by().values("challenge").annotate(number=Count("pk"), given=Count("handed_in_at"))
        return self.annotate(
            juror_count=Coalesce(Subquery(number.values("number"), output_field=IntegerField()), 0),
            handed_in_count=Coalesce(Subquery(number.values("given"), output_field=IntegerField()), 0),
        )

    def with_my_part(self, user: Any):
        """Adds `my_entries`, how many ideas the user has in it, and `accepts_rules`, of the version in force."""
        if not getattr(user, "is_authenticated", False):
            return self.annotate(my_entries=Value(0), accepts_rules=Value(False))
        mine = apps.get_model("ideas", "ChallengeEntry").objects.filter(challenge=OuterRef("pk")).written_by(user)
        said = apps.get_model("ideas", "RulesAcceptance").objects.filter(rules=OuterRef("rules"), member=user)
        number = mine.order_by().values("challenge").annotate(number=Count("pk")).values("number")
        return self.annotate(
            my_entries=Coalesce(Subquery(number, output_field=IntegerField()), 0), accepts_rules=Exists(said)
        )

    def soonest_first(self):
        """For the list: what opened last comes first. By keyset: the pair is unique."""
        return self.order_by("-opens_at", "-id")


class EntryQuerySet(models.QuerySet):
    def seen(self, user: Any = None):
        """Entries whose idea lists show this reader."""
        return self.filter(idea__in=apps.get_model("ideas", "Idea").objects.listed(user))

    def standing(self):
        """Entries whose idea is neither hidden nor merged into another, in circles too: for counting and judging."""
        ideas = apps.get_model("ideas", "Idea").objects.in_public()
        return self.filter(idea__in=ideas.exclude(state=State.MERGED))

    def of(self, challenge: Any):
        return self.filter(challenge=challenge)

    def written_by(self, member: Any):
        return self.filter(idea__author=member)

    def shortlisted(self):
        return self.exclude(shortlisted="")

    def with_idea(self):
        return self.select_related("idea__category", "idea__author").defer("idea__author__password")

    def in_turn_for(self, user: Any, challenge: Any):
        """In an order of the reader's own (`turn_of`)."""
        return self.annotate(place=turn_of("id", user, challenge)).order_by("place", "id")

    def with_acceptance(self):
        """Adds `accepts_rules`: whether the author has accepted the version in force."""
        said = apps.get_model("ideas", "RulesAcceptance").objects.filter(
            rules=OuterRef("challenge__rules"), member=OuterRef("idea__author")
        )
        return self.annotate(accepts_rules=Exists(said))


def turn_of(key: str, user: Any, challenge: Any) -> models.ExpressionWrapper:
    """Where an entry stands for this reader, in an order that stays theirs: no entry is first for all.

    A polynomial of the key mod a prime, its four coefficients drawn from reader and challenge (Wegman and Carter, 1981):
    any four entries stand independently of each other, so each is first as often. (A line, a·key + b, would put the
    middle one of three neighbouring keys first one time in four.) Visitors share an order that changes every day.
    """
    reader = getattr(user, "public_id", "") or f"visitor {timezone.localdate()}"
    seed = hashlib.sha256(f"{challenge.public_id}:{reader}".encode()).digest()
    first, *others = (int.from_bytes(seed[n : n + 8]) for n in range(0, 32, 8))
    place: Any = Value(1 + first % (PRIME - 1))
    for drawn in others:
        place = (F(key) * place + drawn % PRIME) % PRIME
    return models.ExpressionWrapper(place, output_field=models.BigIntegerField())


def entered_ideas(challenge: Any, user: Any):
    """The ideas of a challenge as the reader may see them: in their own turn while others may be swayed, then the most
    supported first. Ready for a page by cursor."""
    ideas = apps.get_model("ideas", "Idea").objects.listed(user).filter(entry__challenge=challenge)
    ideas = ideas.with_card().with_my_vote(user).annotate(votes_counted=F("entry__votes_counted"))
    if challenge.is_shuffled:
        return ideas.annotate(place=turn_of("entry__id", user, challenge)).order_by("place", "id")
    return ideas.annotate(support=Coalesce(F("entry__votes_counted"), F("vote_score"))).order_by("-support", "-id")


def counting_votes(challenge: Any):
    """The votes that count in a challenge: given from its opening to the end of its vote, by members who are not of the
    bank. What an idea had gathered before it entered does not count: all start level."""
    entries = apps.get_model("ideas", "ChallengeEntry").objects.filter(challenge=challenge)
    bank = apps.get_model("members", "Member").objects.filter(is_staff=True)
    votes = counting(votes_of_ideas()).filter(
        object_id__in=entries.values("idea"), create_at__gte=challenge.opens_at, create_at__lt=challenge.voting_ends_at
    )
    return votes.exclude(user_id__in=bank.values("pk"))


def visible_notes(challenge: Any, user: Any):
    """Jury notes the user may read: one's own; the others' once one has given one's own.

    Who runs the challenge, and auditors, read them once every juror has given theirs, unless they sit in the jury
    themselves: then the juror's rule holds.
    """
    notes = apps.get_model("ideas", "JuryNote").objects.filter(juror__challenge=challenge)
    jurors = apps.get_model("ideas", "Juror").objects.filter(challenge=challenge, accepted_at__isnull=False)
    if not getattr(user, "is_authenticated", False):
        return notes.none()
    seats = list(jurors.values_list("member_id", "handed_in_at"))
    mine = next((given for member_id, given in seats if member_id == user.pk), "no seat")
    others = Q(juror__handed_in_at__isnull=False)
    if mine == "no seat":
        may = has_role(user, *READS_ALL) and seats and all(given for _member, given in seats)
        return notes.filter(others) if may else notes.none()
    return notes.filter(others | Q(juror__member=user)) if mine else notes.filter(juror__member=user)
