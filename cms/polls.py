"""A poll in a page: chosen among those that everyone may read, shown to each reader as it stands for them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from polls.domain.results import summarise
from polls.domain.standing import standing_of
from polls.models import Poll
from polls.sheets import Typed, sheets_of


def for_everyone() -> Any:
    """Published polls of no circle, the last to close first; drafts and templates are the studio's alone."""
    return Poll.objects.published().filter(circle__isnull=True, is_template=False).latest_first()


class _ForEveryone:
    def get_object_list(self):
        return for_everyone()


class ChoosePoll(_ForEveryone, chooser.ChooseView):
    """The chooser's window."""


class ChoosePollResults(_ForEveryone, chooser.ChooseResultsView):
    """Its next pages, and what is searched."""


class ChosenPoll(chooser.ChosenView):
    def get_object(self, pk):
        return for_everyone().get(pk=pk)


class PollChooser(ChooserViewSet):
    model = Poll
    icon = "form"
    choose_one_text = _("Choose a poll")
    choose_another_text = _("Choose another poll")
    choose_view_class = ChoosePoll
    choose_results_view_class = ChoosePollResults
    chosen_view_class = ChosenPoll
    register_widget = False
    per_page = 20


poll_chooser = PollChooser("poll_chooser")


def shown_to(user: Any, chosen: Poll, back: str) -> dict[str, Any]:
    """What the block's template needs: the poll for this reader, or None where it is not for everyone.

    Read anew at each request, under the results policy: nothing is kept from one reader to the next.
    """
    user = user or AnonymousUser()
    polls = Poll.objects.for_reading(user).filter(circle__isnull=True, is_template=False)
    poll = polls.filter(pk=chosen.pk).select_related("decided_by").first()
    if poll is None:
        return {"poll": None}
    standing = standing_of(user, poll)
    context = {"poll": poll, "standing": standing, "return_to": back, "fragment": True, "error": None}
    if poll.is_open:
        return context | {"sheets": sheets_of(user, poll, standing, Typed())}
    return context | {"summary": summarise(poll) if standing.sees_results else None}
