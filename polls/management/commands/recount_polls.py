"""`manage.py recount_polls`: compare the stored tallies with the ballots, and set them right."""

from django.core.management.base import BaseCommand, CommandError

from polls.domain.reacting import recount_reactions
from polls.domain.results.runoffs import keep_runoffs
from polls.domain.tallying import recount
from polls.models import Poll


class Command(BaseCommand):
    help = "Recount polls from their ballots. Prints the drift, which should be 0; --check fails where it is not."

    def add_arguments(self, parser):
        parser.add_argument("polls", nargs="*", help="public ids; all polls when none is given")
        parser.add_argument("--check", action="store_true", help="exit with an error if any count was wrong")

    def handle(self, *, polls, check, **options):
        wanted = Poll.objects.filter(public_id__in=polls) if polls else Poll.objects.all()
        drift = 0
        for poll in wanted.order_by("id"):
            wrong = recount(poll) + (recount_reactions(poll) if poll.consultation else 0)
            if poll.is_over:
                keep_runoffs(poll.pk)
            drift += wrong
            if wrong or polls:
                self.stdout.write(f"{poll.public_id} {poll.title}: {wrong} counts were wrong")
        self.stdout.write(f"drift {drift}")
        if check and drift:
            raise CommandError("the tallies had drifted; they are right now")
