"""The jury: its seats, and its notes. Each juror alone first; then all see all."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.roles import reads_only
from core.shield import for_public, refuse_private
from members.models import Member
from members.permissions import is_in_circle, refuse_who_only_reads

from ...events import EntryCalledUp, EntryNoted, JurorInvited, JurorRemoved, JurorSeated, NotesHandedIn
from ...models import NOTE_MAX, Challenge, ChallengeEntry, Idea, Juror, JuryNote
from ...permissions import can_run_challenges, is_signed_in
from ...phases import HIGHEST, LOWEST, OVER, Criterion, Phase, Shortlisted
from .counting import count_votes
from .writing import locked

TEXT_MIN, TITLE_MAX = 10, 80


class HandedIn(DomainError):
    code, status = "notes_handed_in", 409
    message = _("The notes are given: they no longer change.")


class NotTheJurysTime(DomainError):
    code, status = "not_the_jurys_time", 409
    message = _("The jury notes once the vote has ended, until the results are published.")


@transaction.atomic
def invite_juror(challenge: Challenge, *, member: Member, title: str = "", by: Any) -> Juror:
    """Give a seat. Who is of the bank sits at once; a member is asked, and shown once they accept. Raises `already_juror`."""
    require(can_run_challenges(by))
    title = " ".join((title or "").split())
    if len(title) > TITLE_MAX:
        raise Invalid(_("80 characters at most."), code="too_long", field="title")
    refuse_private(title=title)
    challenge = locked(challenge)
    require(challenge.phase_at(timezone.now()) not in OVER, HandedIn(_("The results are published.")))
    if not member.is_active or member.erased_at:
        raise Invalid(_("This person has left the Lab."), code="unknown_member", field="member")
    if reads_only(member):
        raise Invalid(
            _("Auditors read everything and take no part: choose somebody else."), code="reads_only", field="member"
        )
    if not is_in_circle(member, challenge.circle_id):
        raise Invalid(_("This person is not in the challenge’s circle."), code="not_in_circle", field="member")
    if Juror.objects.filter(challenge=challenge, member=member).exists():
        raise DomainError(_("This person sits in the jury already."), code="already_juror", status=409, field="member")
    now = timezone.now()
    juror = Juror.objects.create(
        challenge=challenge, member=member, title=for_public(title), accepted_at=now if member.is_staff else None
    )
    publish(JurorInvited(challenge_id=challenge.pk, member_id=member.pk), by=by)
    return juror


def find_seat(challenge: Challenge, member: Any) -> Juror:
    """The member's own seat, accepted or not; NotFound for who has none: the jury is nobody else's business."""
    require(is_signed_in(member), NotSignedIn())
    seat = Juror.objects.filter(challenge=challenge, member=member).first()
    require(seat is not None, NotFound())
    return seat


@transaction.atomic
def answer_invitation(challenge: Challenge, *, accepts: bool, by: Any) -> Juror | None:
    """Take the seat, or leave it free. Saying yes twice changes nothing; who has given notes no longer leaves."""
    challenge, seat = locked(challenge), find_seat(challenge, by)
    if accepts:
        refuse_who_only_reads(by)
        if not seat.accepted_at:
            seat.accepted_at = timezone.now()
            seat.save(update_fields=["accepted_at"])
            publish(JurorSeated(challenge_id=challenge.pk, member_id=by.pk), by=by)
        return seat
    require(not seat.handed_in_at, HandedIn())
    seat.delete()
    publish(JurorRemoved(challenge_id=challenge.pk, member_id=by.pk), by=by)
    return None


@transaction.atomic
def remove_juror(juror: Juror, *, by: Any) -> None:
    """Free a seat whose notes are not given yet, so that the others need not wait for ever."""
    require(can_run_challenges(by))
    locked(juror.challenge)
    juror = Juror.objects.get(pk=juror.pk)
    require(not juror.handed_in_at, HandedIn())
    publish(JurorRemoved(challenge_id=juror.challenge_id, member_id=juror.member_id), by=by)
    juror.delete()


@transaction.atomic
def note_entry(
    challenge: Challenge, idea: Idea, *, scores: Mapping[str, Any], text: str = "", recused: bool = False, by: Any
) -> JuryNote:
    """Note an entry of the shortlist, or say that one knows its author. It can be changed until one's notes are given.

    `scores` maps each criterion to a whole number from 1 to 5. Raises NotFound, NotAllowed (`own_entry`), `not_the_jurys_time`,
    `notes_handed_in` (409), Invalid (`bad_score`, `too_short`, `too_long`), PrivateData.
    """
    seat = find_seat(challenge, by)
    refuse_who_only_reads(by)
    text = (text or "").strip()
    refuse_private(text=text)
    challenge = _sitting(challenge)
    seat = _open_seat(seat)
    entry = (
        ChallengeEntry.objects.of(challenge).standing().shortlisted().filter(idea=idea).select_related("idea").first()
    )
    require(entry is not None, NotFound())
    if entry.idea.author_id == by.pk:
        raise NotAllowed(_("A juror does not note their own idea."), code="own_entry")
    values = dict.fromkeys(Criterion.values) if recused else _scores(scores)
    if len(text) < TEXT_MIN and not recused:
        raise Invalid(_("Say why, in 10 characters at least."), code="too_short", field="text")
    if len(text) > NOTE_MAX:
        raise Invalid(_("2,000 characters at most."), code="too_long", field="text")
    values |= {"text": for_public(text), "is_recused": recused, "at": timezone.now()}
    note, _is_new = JuryNote.objects.update_or_create(juror=seat, entry=entry, defaults=values)
    publish(EntryNoted(challenge_id=challenge.pk, idea_id=idea.pk), by=by)
    return note


def _sitting(challenge: Challenge) -> Challenge:
    challenge = count_votes(challenge)
    require(challenge.phase_at(timezone.now()) == Phase.JURY, NotTheJurysTime())
    return challenge


def _open_seat(seat: Juror) -> Juror:
    seat = Juror.objects.select_for_update().get(pk=seat.pk)
    if not seat.accepted_at:
        raise NotAllowed(_("Accept your seat in the jury first."), code="seat_not_accepted")
    require(not seat.handed_in_at, HandedIn())
    return seat


def _scores(scores: Mapping[str, Any]) -> dict[str, int]:
    found = {}
    for criterion in Criterion:
        score = scores.get(criterion.value)
        if isinstance(score, bool) or not isinstance(score, int) or not LOWEST <= score <= HIGHEST:
            raise Invalid(_("Give each criterion a note from 1 to 5."), code="bad_score", field=criterion.value)
        found[criterion.value] = score
    return found


def missing_notes(seat: Juror):
    """Entries of the shortlist that this juror still has to note: all but their own."""
    noted = JuryNote.objects.filter(juror=seat).values("entry")
    entries = ChallengeEntry.objects.of(seat.challenge).standing().shortlisted()
    return entries.exclude(pk__in=noted).exclude(idea__author=seat.member_id)


@transaction.atomic
def hand_in(challenge: Challenge, *, by: Any) -> Juror:
    """Give one's notes: they are final, and one then reads those that others have given. Raises `notes_missing` (409)."""
    seat = find_seat(challenge, by)
    refuse_who_only_reads(by)
    challenge = _sitting(challenge)
    if seat.handed_in_at:
        return seat
    seat = _open_seat(seat)
    if missing := missing_notes(seat).count():
        message = ngettext(
            "One entry is still without your note.", "%(n)s entries are still without your note.", missing
        )
        raise DomainError(message % {"n": missing}, code="notes_missing", status=409)
    seat.handed_in_at = timezone.now()
    seat.save(update_fields=["handed_in_at"])
    publish(NotesHandedIn(challenge_id=challenge.pk, member_id=by.pk), by=by)
    return seat


@transaction.atomic
def call_up(challenge: Challenge, idea: Idea, *, by: Any) -> ChallengeEntry:
    """A juror puts an entry on the shortlist that the votes left out, while no juror has given notes yet."""
    seat = find_seat(challenge, by)
    refuse_who_only_reads(by)
    challenge = _sitting(challenge)
    _open_seat(seat)
    if Juror.objects.filter(challenge=challenge, handed_in_at__isnull=False).exists():
        raise HandedIn(_("A juror has given their notes: the shortlist no longer grows."))
    entry = ChallengeEntry.objects.of(challenge).standing().filter(idea=idea).select_related("idea").first()
    require(entry is not None, NotFound())
    if entry.idea.author_id == by.pk:
        raise NotAllowed(_("A juror does not call up their own idea."), code="own_entry")
    if not entry.shortlisted:
        entry.shortlisted = Shortlisted.JURY
        entry.save(update_fields=["shortlisted"])
        publish(EntryCalledUp(challenge_id=challenge.pk, idea_id=idea.pk), by=by)
    return entry
