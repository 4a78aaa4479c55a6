"""Days that count in law: French working days, and months.

Acknowledgement: "dix jours ouvrables" (ACPR 2024-R-02), that is Monday to Saturday less the eleven public holidays; a bank
that counts Saturdays out sets LAB["WORKING_WEEKDAYS"] and gets later days. The day itself does not count, the last one does.
Answer: two months, to the same day of the month, or the month's last where it has no such day.
"""

from datetime import date, datetime, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils import timezone
from holidays import country_holidays


@cache
def _public_holidays(year: int, region: str) -> frozenset[date]:
    return frozenset(country_holidays("FR", subdiv=region or None, years=year))


def is_working_day(day: date) -> bool:
    if day.weekday() not in settings.LAB["WORKING_WEEKDAYS"]:
        return False
    return day not in _public_holidays(day.year, settings.LAB["HOLIDAYS_REGION"])


def working_days_after(day: date, number: int) -> date:
    """The `number`-th working day after a day that does not count itself."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day


def months_after(day: date, number: int) -> date:
    return day + relativedelta(months=number)


def local_day(moment: datetime) -> date:
    """The day it was in France."""
    return timezone.localtime(moment).date()


def acknowledge_by(received: datetime) -> date:
    """The last day to acknowledge what was received then."""
    return working_days_after(local_day(received), settings.LAB["COMPLAINT_ACKNOWLEDGE_DAYS"])


def answer_by(received: datetime) -> date:
    """The last day to answer."""
    return months_after(local_day(received), settings.LAB["COMPLAINT_ANSWER_MONTHS"])
