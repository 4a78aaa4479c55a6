"""Who may answer, who may run polls, and who sees a result. Every face asks here and nowhere else."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError, NotAllowed, NotSignedIn
from core.roles import AUDITOR, BOARD_CHAIR, BOARD_MEMBER, EXPERT, MODERATOR, PRODUCT_OWNER, has_role, reads_only
from members.models import Circle
from members.permissions import Banned, ReadsOnly, is_banned, is_in_circle
from members.states import Kind, Segment

from .models import Poll
from .querysets import MODERATES
from .states import ResultsPolicy, State, Visibility


def can_see(user, poll: Poll) -> bool:
    """What belongs to a circle is there for its people, and for staff with a part in polls."""
    return is_in_circle(user, poll.circle_id) or can_read_studio(user)


def can_run_polls(user) -> bool:
    """Write, open, close and decide: product owners and administrators."""
    return bool(getattr(user, "is_staff", False)) and has_role(user, PRODUCT_OWNER)


def can_read_studio(user) -> bool:
    """Auditors and the board read what product owners do; experts and moderators have no business here."""
    return bool(getattr(user, "is_staff", False)) and has_role(user, PRODUCT_OWNER, AUDITOR, BOARD_MEMBER, BOARD_CHAIR)


def can_moderate(user) -> bool:
    """Hide, remove and show again what members write under a poll."""
    return bool(getattr(user, "is_staff", False)) and has_role(user, *MODERATES)


def speaks_for_the_bank(user) -> bool:
    """Whose remarks carry the bank's badge: staff with a part in what is asked or in the talk about it."""
    return bool(getattr(user, "is_staff", False)) and has_role(user, PRODUCT_OWNER, MODERATOR, EXPERT)


def can_see_remark(user, remark) -> bool:
    """As the list of remarks has it: public, or one's own while it is held; those who moderate, all but what was removed."""
    if not can_see(user, remark.poll) or remark.visibility == Visibility.REMOVED:
        return False
    if has_role(user, *MODERATES, AUDITOR):
        return True
    mine = user.is_authenticated and remark.author_id == user.pk and remark.visibility == Visibility.HELD
    return mine or remark.visibility == Visibility.PUBLIC


class NotOpen(DomainError):
    code, status = "poll_not_open", 409
    message = _("This poll is not open yet.")


class Closed(DomainError):
    code, status = "poll_closed", 409
    message = _("This poll is closed.")


class NotInAudience(NotAllowed):
    code, status = "not_in_audience", 403
    message = _("This poll is meant for other members. You can still read it.")


class Sealed(DomainError):
    code, status = "ballot_sealed", 409
    message = _("Your ballot is sealed: it cannot be changed.")


def refusal_to_vote(user, poll: Poll, now: datetime | None = None) -> DomainError | None:
    """Why this user cannot put a ballot in at `now`, or None. A ballot already sealed is `Sealed`."""
    state = poll.state_at(now or timezone.now())
    if state in (State.CLOSED, State.DECIDED):
        return Closed()
    if state != State.OPEN:
        return NotOpen()
    if not user.is_authenticated:
        return NotSignedIn(_("Sign in to answer: one member, one ballot."))
    if is_banned(user):
        return Banned(user.banned_until)
    if reads_only(user):
        return ReadsOnly()
    if poll.kinds and user.kind not in poll.kinds:
        return NotInAudience(_("This poll is meant for: %(who)s.") % {"who": audience_in_words(poll)})
    if poll.segments and user.segment not in poll.segments:
        return NotInAudience(_("This poll is meant for: %(who)s.") % {"who": audience_in_words(poll)})
    if poll.joined_before and user.date_joined > poll.joined_before:
        message = ngettext(
            "This poll is meant for accounts opened at least %(n)d day before it.",
            "This poll is meant for accounts opened at least %(n)d days before it.",
            poll.min_account_days,
        )
        return NotInAudience(message % {"n": poll.min_account_days}, code="account_too_young")
    return None


def audience_in_words(poll: Poll) -> str:
    """Every condition, as they hold together: customers *who are* students. All kinds, or all segments, are none.

    A circle is named: only its people, and staff with a part in polls, read anything of the poll.
    """
    who = _people(frozenset(poll.kinds), [code for code in Segment if code in poll.segments], poll.circle)
    if not poll.min_account_days:
        return who
    said = ngettext(
        "%(who)s, signed up at least %(n)d day before the opening",
        "%(who)s, signed up at least %(n)d days before the opening",
        poll.min_account_days,
    )
    return said % {"who": who, "n": poll.min_account_days}


def _people(kinds: frozenset[str], segments: list[Segment], circle: Circle | None) -> str:
    is_everyone = len(kinds) != 1 and len(segments) in (0, len(Segment))
    if circle is None:
        return _of_all(kinds, segments)
    if is_everyone:
        return _("the members of the circle “%(circle)s”") % {"circle": circle}
    return _("%(who)s, within the circle “%(circle)s”") % {"who": _of_all(kinds, segments), "circle": circle}


def _of_all(kinds: frozenset[str], segments: list[Segment]) -> str:
    nouns = {
        Segment.PRIVATE: _("private individuals"),
        Segment.PROFESSIONAL: _("professionals"),
        Segment.STUDENT: _("students"),
    }
    some = [str(nouns[code]) for code in segments] if len(segments) < len(Segment) else []
    if len(kinds) != 1:
        return _listed(_("%(some)s and %(last)s"), some) if some else str(_("all members, customers or not"))
    if not some:
        return str(_("customers") if Kind.CUSTOMER in kinds else _("people who are not customers yet"))
    said = (
        _("customers who are %(segments)s")
        if Kind.CUSTOMER in kinds
        else _("people who are not customers yet and are %(segments)s")
    )
    return said % {"segments": _listed(_("%(some)s or %(last)s"), some)}


def _listed(pattern, words: list[str]) -> str:
    return pattern % {"some": ", ".join(words[:-1]), "last": words[-1]} if len(words) > 1 else words[0]


def secrecy_of(poll: Poll) -> str:
    """Whether names stand beside answers: said before the vote."""
    if poll.confidential:
        return str(
            _("Never your name: nobody sees who chose what, and a group of fewer than five people is not shown.")
        )
    return str(_("This poll is open: each name stands beside the answer."))


def results_in_words(poll: Poll) -> str:
    """When the result appears and to whom: said before the vote."""
    if poll.sealed:
        return str(_("The poll is sealed: nothing appears before the close, not even for the bank."))
    rules = {
        ResultsPolicy.ALWAYS: _("The result is there for everyone, at any time."),
        ResultsPolicy.AFTER_VOTE: _("The result appears once you have voted, and for everyone after the close."),
        ResultsPolicy.AFTER_CLOSE: _("The result appears after the close."),
        ResultsPolicy.STAFF_ONLY: _("The figures are for the team. The decision is published."),
    }
    return str(rules[ResultsPolicy(poll.results_policy)])


@dataclass(frozen=True)
class Sight:
    """Whether a result is seen, and if not, when it will be."""

    allowed: bool
    opens: str = ""  # after_vote, after_close or never

    def __bool__(self) -> bool:
        return self.allowed


def can_see_results(user, poll: Poll, now: datetime | None = None) -> Sight:
    """The one results policy. Page, API, home page, mail and export ask this.

    - A draft has no result. A sealed poll shows nothing to anyone before its close, staff too.
    - Staff with a part in polls see the rest at any time.
    - *always*; *after my vote*, and for everyone once closed; *after the close*; *staff only*.
    """
    state = poll.state_at(now or timezone.now())
    over = state in (State.CLOSED, State.DECIDED)
    if state in (State.DRAFT, State.SCHEDULED):
        return Sight(False, "after_close")
    if poll.sealed and not over:
        return Sight(False, "after_close")
    if can_read_studio(user):
        return Sight(True)
    if poll.results_policy == ResultsPolicy.STAFF_ONLY:
        return Sight(False, "never")
    if over or poll.results_policy == ResultsPolicy.ALWAYS:
        return Sight(True)
    if poll.results_policy == ResultsPolicy.AFTER_VOTE:
        return Sight(True) if poll.answered_at(user) else Sight(False, "after_vote")
    return Sight(False, "after_close")


class ResultsHidden(NotAllowed):
    code, status = "results_hidden", 403

    def __init__(self, poll: Poll, sight: Sight):
        messages = {
            "after_vote": _("The results appear once you have voted."),
            "after_close": _("The results appear after the close."),
            "never": _("The results of this poll are for the team; the decision will be published."),
        }
        at = poll.closes_at if sight.opens == "after_close" else None
        super().__init__(messages[sight.opens], extra={"appears": sight.opens, "appears_at": at})
