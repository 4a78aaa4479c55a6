"""Who may do what with accounts."""

from core.roles import ADMINISTRATOR, AUDITOR, MODERATOR, has_role


def can_describe(user, member) -> bool:
    """Only the person says who they are."""
    return user.is_authenticated and user.pk == member.pk


def can_erase(user, member) -> bool:
    return user.is_authenticated and (user.pk == member.pk or has_role(user, ADMINISTRATOR))


def can_export(user, member) -> bool:
    """One's own data alone: staff answer a request for access by another way, with four eyes."""
    return user.is_authenticated and user.pk == member.pk


def can_list_members(user) -> bool:
    return has_role(user, ADMINISTRATOR, MODERATOR, AUDITOR)


def can_manage_members(user) -> bool:
    return has_role(user, ADMINISTRATOR)
