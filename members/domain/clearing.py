"""Emptying a public profile that breaks the charter, and giving it back. Who decides and why is moderation's to say."""

from django.db import transaction

from ..models import Member
from .naming import save_named


@transaction.atomic
def clear_profile(member: Member) -> dict[str, str]:
    """Take the words about oneself away, and the name where it is the trouble too; what they were."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    before = {"bio": member.bio, "nickname": member.nickname}
    member.bio, member.nickname = "", f"membre-{member.public_id[:6]}"
    save_named(member, update_fields=["bio", "nickname"])
    return before


@transaction.atomic
def restore_profile(member: Member, before: dict[str, str]) -> None:
    """What was taken away, unless the person wrote something new since, or someone took the name."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    member.bio = member.bio or before.get("bio", "")
    taken = Member.objects.exclude(pk=member.pk).filter(nickname__iexact=before.get("nickname", "")).exists()
    if before.get("nickname") and member.nickname == f"membre-{member.public_id[:6]}" and not taken:
        member.nickname = before["nickname"]
    save_named(member, update_fields=["bio", "nickname"])
