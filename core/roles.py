"""The names of the roles, which are Django groups made by a members migration. Any app may ask for one."""

MODERATOR = "moderator"
EXPERT = "expert"
PRODUCT_OWNER = "product_owner"
BOARD_MEMBER = "board_member"
BOARD_CHAIR = "board_chair"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
ALL = (MODERATOR, EXPERT, PRODUCT_OWNER, BOARD_MEMBER, BOARD_CHAIR, AUDITOR, ADMINISTRATOR)


def has_role(user, *roles: str) -> bool:
    """Whether the user holds one of the roles. Administrators hold them all; nobody signed out holds any."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    held = user.role_names
    return ADMINISTRATOR in held or any(role in held for role in roles)


def role_of(user) -> str:
    """The role under which a decision of the bank's people stands in a history; "system" for what happens by itself."""
    if user is None:
        return "system"
    order = (BOARD_CHAIR, PRODUCT_OWNER, EXPERT, MODERATOR, BOARD_MEMBER, AUDITOR, ADMINISTRATOR)
    return next((role for role in order if has_role(user, role) and role in user.role_names), "staff")


def reads_only(user) -> bool:
    """Auditors read all that staff did and change nothing, on the public site either. Who holds another role acts by that one."""
    if not getattr(user, "is_authenticated", False) or not user.is_staff:
        return False
    return user.role_names == {AUDITOR}
