"""Accounts that were made to weigh on one poll, in a night: some hours old, some of two days, all of one mind."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from core.public_ids import ALPHABET, LENGTH
from members.models import Member
from members.states import Kind

from ..states import Apart

FIRST_NAMES = ("lucas", "emma", "theo", "lea", "nathan", "jade", "enzo", "lina", "maxime", "sarah", "yanis", "clara")
Row = tuple[Member, str, datetime]  # who, why counted apart, when they answered


def a_crowd(demo: Any, random: Random, new: int, burst: int) -> list[Row]:
    """`new` accounts of the evening before, then `burst` of two days ago who came once so many young ones had."""
    start, count = demo.ago(hours=10), new + burst
    numbers = random.sample(range(1000, 10000), count)
    members = Member.objects.bulk_create(
        Member(
            public_id="".join(random.choice(ALPHABET) for _ in range(LENGTH)), email=f"nuit{number}@demo.example",
            nickname=f"{random.choice(FIRST_NAMES)}{number}", password="!", kind=Kind.PROSPECT,  # noqa: S106
            date_joined=start - (timedelta(hours=3) if place < new else timedelta(days=2)), adult_confirmed_at=start,
        )
        for place, number in enumerate(numbers)
    )  # fmt: skip
    return [
        (member, Apart.NEW if place < new else Apart.BURST, start + timedelta(minutes=3 * place))
        for place, member in enumerate(members)
    ]
