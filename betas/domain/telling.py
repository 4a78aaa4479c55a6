"""Who hears of a programme, for the app that tells them. Each person once."""

from members.models import Member

from ..models import Programme
from ..states import ENGAGED, HOLDS_A_SEAT, TESTERS, Enrolled

TESTING = "betas"  # a line of one’s preferences


def interested_in(programme: Programme):
    """Who asked to be told when it opens."""
    return Member.objects.living().filter(beta_interests__programme=programme)


def engaged_in(programme: Programme):
    """Candidates and testers who are still there."""
    return Member.objects.living().filter(enrolments__programme=programme, enrolments__state__in=ENGAGED)


def seated_in(programme: Programme):
    """Who holds a seat, signed or not: they hear that the test starts."""
    return Member.objects.living().filter(enrolments__programme=programme, enrolments__state__in=HOLDS_A_SEAT)


def testers_of(programme: Programme):
    """Who signed the charter and tested: they hear what they changed."""
    return Member.objects.living().filter(
        enrolments__programme=programme,
        enrolments__state__in=(*TESTERS, Enrolled.COMPLETED),
        enrolments__agreed_at__isnull=False,
    )
