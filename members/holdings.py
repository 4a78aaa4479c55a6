"""What the accounts themselves keep about a person, for export and erasure; and what is left out, with the reason."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from allauth.usersessions.models import UserSession
from django.apps import apps

from core.privacy import exclude, register

from .models import Circle, CircleMember, Consent, Member

FACTS = (
    "public_id", "email", "nickname", "kind", "segment", "age_band", "region", "product", "bank_set", "bio", "job_title",
    "language", "is_ambassador", "is_staff", "shows_ideas", "shows_details", "adult_confirmed_at", "date_joined", "last_login",
)  # fmt: skip
STAFFS_WORK = "the bank's own record of what its employees did in the desk; the row it points to is emptied"


def _rows(model, *fields, owner="user"):
    def export(member):
        return list(model.objects.filter(**{owner: member}).order_by("pk").values(*fields))

    return export


def _delete(model, owner="user"):
    def erase(member):
        model.objects.filter(**{owner: member}).delete()

    return erase


def _the_member(member) -> list[dict]:
    facts = {field: getattr(member, field) for field in FACTS}
    return [facts | {"roles": sorted(member.role_names)}]


def _keep(member) -> None:
    """The consent log is proof, and names nobody once the member's row is empty; that row is emptied by the verb."""


def _circles(member) -> list[dict]:
    rows = CircleMember.objects.filter(member=member).select_related("circle")
    return [{"circle": row.circle.name, "standing": row.joining, "at": row.at} for row in rows]


def register_all() -> None:
    register(Member, export=_the_member, erase=_keep)
    register(
        Consent,
        export=_rows(Consent, "purpose", "given", "text_version", "channel", "at", owner="member"),
        erase=_keep,
    )
    register(EmailAddress, export=_rows(EmailAddress, "email", "verified", "primary"), erase=_delete(EmailAddress))
    register(
        Authenticator, export=_rows(Authenticator, "type", "created_at", "last_used_at"), erase=_delete(Authenticator)
    )
    register(
        UserSession,
        export=_rows(UserSession, "ip", "user_agent", "created_at", "last_seen_at"),
        erase=_delete(UserSession),
    )
    register(SocialAccount, export=_rows(SocialAccount, "provider", "uid", "date_joined"), erase=_delete(SocialAccount))
    register(CircleMember, export=_circles, erase=_delete(CircleMember, owner="member"))
    exclude(Circle, reason="the owner of a circle is an employee's task, not a datum about a member")
    exclude(SocialToken, reason="a key to another service, never shown; deleted with its SocialAccount")
    exclude(EmailConfirmation, reason="not used: addresses are confirmed by a code that lives in the session")
    for model in apps.get_models():
        if model.__module__.startswith("wagtail."):
            exclude(model, reason=STAFFS_WORK)
