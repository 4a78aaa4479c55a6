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
