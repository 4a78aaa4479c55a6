"""Who may do what with ideas. Asked by verbs, and by pages to know what to offer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import roles
from core.roles import has_role
from members.permissions import is_in_circle

from .phases import Phase
from .states import OPEN_TO_EDITS, OPEN_TO_WITHDRAWAL, Visibility


def is_signed_in(user) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def can_see(user, idea) -> bool:
    """What is public, to its circle if it has one; one's own unless removed; all of it to staff who work with ideas."""
    mine = is_signed_in(user) and idea.author_id == user.pk and idea.visibility != Visibility.REMOVED
    if (mine or idea.visibility == Visibility.PUBLIC) and is_in_circle(user, idea.circle_id):
        return True
    return can_read_all(user)


def is_outside(user, idea) -> bool:
    """Whether the idea is of a circle that the user is not in, or in no more: nothing there is theirs to read."""
    return idea.circle_id is not None and not is_in_circle(user, idea.circle_id) and not can_read_all(user)


def can_see_comment(user, comment) -> bool:
    """As the list of comments has it: notes of the staff and what is not public only for staff, one's own while it is held."""
    if not can_see(user, comment.idea) or comment.visibility == Visibility.REMOVED:
        return False
    mine = is_signed_in(user) and comment.author_id == user.pk and comment.visibility == Visibility.HELD
    return can_read_all(user) or ((mine or comment.visibility == Visibility.PUBLIC) and not comment.is_internal)


def can_read_versions(user, comment=None) -> bool:
    """Earlier texts of comments, and those that were deleted: who moderates, and who checks what staff do."""
    return has_role(user, roles.MODERATOR, roles.PRODUCT_OWNER, roles.AUDITOR)


def can_read_all(user) -> bool:
    return has_role(
        user, roles.MODERATOR, roles.PRODUCT_OWNER, roles.EXPERT, roles.AUDITOR, roles.BOARD_MEMBER, roles.BOARD_CHAIR
    )


TAKEN_UP = _("We have taken up this idea: it can no longer be changed. Add a comment instead.")


def closed_to_edits(idea) -> Any:
    """Why its author can no longer change it, in a sentence; "" while nobody has built on its text.

    The idea is read `with_edit_facts()`. Of a complaint no more is said here than of any idea that was taken up.
    """
    if idea.answered_at:
        return _("The bank has answered this idea: it can no longer be changed. Add a comment instead.")
    if idea.merged_count:
        return _("An idea like it was brought together with it: it can no longer be changed. Add a comment instead.")
    if idea.entries_closed:
        return _("Its challenge takes no more entries: it can no longer be changed. Add a comment instead.")
    if (
        idea.state not in OPEN_TO_EDITS
        or idea.assignee_id
        or idea.is_taken_up
        or idea.visibility == Visibility.WITHDRAWN
    ):
        return TAKEN_UP
    return ""


def can_edit(user, idea) -> bool:
    """Its author, until staff take it up: the page, its form and the API ask this."""
    return is_signed_in(user) and idea.author_id == user.pk and not closed_to_edits(idea)


def can_withdraw(user, idea) -> bool:
    """Its author, while the bank has decided nothing: no answer, no step past the look at it, no idea brought together."""
    return bool(
        is_signed_in(user)
        and idea.author_id == user.pk
        and idea.state in OPEN_TO_WITHDRAWAL
        and idea.visibility in (Visibility.PUBLIC, Visibility.HELD)
        and not idea.answered_at
        and not idea.merged_count
    )


def can_open_desk(user) -> bool:
    """The triage desk, to read."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR, roles.EXPERT, roles.AUDITOR)


def can_triage(user, idea=None) -> bool:
    """Take up, decline, merge, assign, send to the board."""
    return has_role(user, roles.PRODUCT_OWNER)


def can_move(user, idea=None) -> bool:
    """Move along the whole path: product owners, and the board's chair when a quarter is published."""
    return has_role(user, roles.PRODUCT_OWNER, roles.BOARD_CHAIR)


def can_answer(user, idea=None) -> bool:
    """Answer officially."""
    return has_role(user, roles.PRODUCT_OWNER, roles.EXPERT, roles.MODERATOR)


def can_note(user, idea=None) -> bool:
    """Write a note that staff alone read. Auditors read them and write none."""
    return has_role(user, roles.PRODUCT_OWNER, roles.EXPERT, roles.MODERATOR, roles.BOARD_MEMBER, roles.BOARD_CHAIR)


def can_moderate(user, idea=None) -> bool:
    return has_role(user, roles.MODERATOR, roles.PRODUCT_OWNER)


def can_run_challenges(user) -> bool:
    """Write, announce and lengthen a challenge, publish its rules, name its jury and its winners."""
    return bool(getattr(user, "is_staff", False)) and has_role(user, roles.PRODUCT_OWNER)


def can_read_challenges(user) -> bool:
    """The challenges' place in the desk."""
    return bool(getattr(user, "is_staff", False)) and can_open_desk(user)


def can_see_challenge(user, challenge) -> bool:
    """What was announced, to its circle if it has one; all of it to staff who work with ideas."""
    return can_read_all(user) or (challenge.phase != Phase.DRAFT and is_in_circle(user, challenge.circle_id))


def can_tag(user, idea=None) -> bool:
    """Put tags on ideas and take them off."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR, roles.EXPERT)


def can_keep_tags(user) -> bool:
    """Make, rename and retire tags and answer templates."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR)


def can_route(user, idea=None) -> bool:
    """Put a question to an expert."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR)


def can_vote_for_others(user, idea=None) -> bool:
    """Record votes of people who asked in a branch, on the phone or on a social network."""
    return has_role(user, roles.PRODUCT_OWNER, roles.MODERATOR)


def can_export(user) -> bool:
    """Take views of the queue away in a file."""
    return has_role(user, roles.PRODUCT_OWNER, roles.AUDITOR)


def can_import(user) -> bool:
    """Take in ideas of another tool."""
    return has_role(user, roles.PRODUCT_OWNER)
