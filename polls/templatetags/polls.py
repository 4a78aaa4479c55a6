"""`{% load polls %}`: the poll of the moment, wherever a page wants it."""

from django import template

from polls.domain.standing import standing_of
from polls.models import Poll

register = template.Library()


@register.inclusion_tag("polls/_of_the_moment.html", takes_context=True)
def poll_of_the_moment(context):
    """The open poll this reader can answer in place; nothing where there is none."""
    request = context["request"]
    poll = Poll.objects.of_the_moment(request.user)
    if poll is None:
        return {"poll": None}
    standing = standing_of(request.user, poll)
    return {
        "request": request, "poll": poll, "standing": standing, "ticked": standing.chosen,
        "return_to": request.get_full_path(), "fragment": True,
    }  # fmt: skip


@register.filter
def share_in(group, option):
    """The share of an option within a group of a breakdown."""
    return group.shares[option.pk]
