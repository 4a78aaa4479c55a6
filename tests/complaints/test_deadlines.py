"""Both clocks count as the law does: French working days, and months."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaints.domain.deadlines import acknowledge_by, answer_by, is_working_day

PARIS = ZoneInfo("Europe/Paris")


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        (at(2026, 12, 18), date(2026, 12, 31)),  # Christmas is a Friday
        (at(2026, 12, 23), date(2027, 1, 6)),  # Christmas and New Year's Day
        (at(2026, 4, 2), date(2026, 4, 15)),  # Easter Monday
        (at(2026, 4, 30), date(2026, 5, 15)),  # 1 May, 8 May, Ascension
        (at(2026, 5, 13), date(2026, 5, 27)),  # Ascension, Whit Monday
        (at(2028, 2, 29), date(2028, 3, 11)),
        (at(2026, 11, 22), date(2026, 12, 3)),  # a Sunday: it does not count, nor the next
        (at(2026, 11, 21, 23), date(2026, 12, 3)),
    ],
)
def test_acknowledgement_counts_ten_working_days(posted, last):
    assert acknowledge_by(posted) == last


def test_bank_that_counts_saturdays_out_has_later_days(settings):
    settings.LAB = settings.LAB | {"WORKING_WEEKDAYS": (0, 1, 2, 3, 4)}
    assert acknowledge_by(at(2026, 12, 18)) == date(2027, 1, 5)


def test_region_has_holidays_of_its_own(settings):
    assert is_working_day(date(2026, 12, 26))
    settings.LAB = settings.LAB | {"HOLIDAYS_REGION": "57"}
    assert not is_working_day(date(2026, 12, 26))


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        (at(2026, 12, 31), date(2027, 2, 28)),
        (at(2027, 12, 31), date(2028, 2, 29)),
        (at(2028, 2, 29), date(2028, 4, 29)),
        (at(2026, 12, 29), date(2027, 2, 28)),
        (at(2026, 7, 31), date(2026, 9, 30)),
        (at(2026, 3, 15), date(2026, 5, 15)),
    ],
)
def test_answer_counts_two_months(posted, last):
    assert answer_by(posted) == last


def test_day_is_the_one_it_was_in_france():
    night = datetime(2026, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC"))  # 00:30 on 1 February in Paris
    assert answer_by(night) == date(2026, 4, 1)


@pytest.mark.parametrize("year", [2026, 2027, 2028, 2030])
def test_france_has_eleven_public_holidays(year):
    days = [date(year, 1, 1) + timedelta(days=place) for place in range(365)]
    off = [day for day in days if day.weekday() != 6 and not is_working_day(day)]
    assert 8 <= len(off) <= 11  # those that fall on a Sunday are off anyway
    assert date(year, 5, 1) in off or date(year, 5, 1).weekday() == 6
