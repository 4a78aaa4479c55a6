"""My lab: what waits for the member, what they proposed and what became of it, what they hear, and their data."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.shortcuts import render

from betas.models import Enrolment
from complaints.models import Complaint
from ideas.domain.leaving import has_left_something
from ideas.models import Idea
from ideas.presenting import suspension_of
from ideas.states import State
from members.models import CircleMember, Member
from notifications.domain.presenting import present
from notifications.models import Notification
from polls.models import Poll
from trust.models import Statement


@login_required
def my_lab(request):
    member = request.user
    ideas = list(Idea.objects.written_by(member).visible_to(member).with_card().order_by("-created_at", "-id")[:10])
    polls = list(Poll.objects.unanswered_by(member).with_total().soonest_to_close()[:5])
    changed = Idea.objects.supported_by(member) | Idea.objects.written_by(member)
    has_circles, has_statements = _places_of(member)
    return render(
        request,
        "my_lab.html",
        {
            "suspended": suspension_of(member),
            "polls": polls,
            "poll_count": polls[0].total if polls else 0,
            "ideas": ideas,
            "has_circles": has_circles,
            "has_statements": has_statements,
            "has_left": has_left_something(member),
            "idea_count": Idea.objects.written_by(member).count(),
            "vote_count": Idea.objects.supported_by(member).count(),
            "changed_count": changed.filter(state=State.DELIVERED).distinct().count(),
            "supported": Idea.objects.supported_by(member)
            .listed(member)
            .with_card()
            .order_by("-state_since", "-id")[:5],
            "enrolments": Enrolment.objects.met_by(member).select_related("programme").order_by("-pk")[:5],
            "complaints": Complaint.objects.of_member(member).order_by("-received_at", "-id")[:3],
            "notes": present(Notification.objects.inbox_of(member)[:4], member),
        },
    )


def _places_of(member: Member) -> tuple[bool, bool]:
    """Whether the member is in a circle, and whether the moderators decided something about them: who is not meets no such door."""
    return Member.objects.values_list(
        Exists(CircleMember.objects.present().filter(member=OuterRef("pk"))),
        Exists(Statement.objects.told_to(OuterRef("pk"))),
    ).get(pk=member.pk)
