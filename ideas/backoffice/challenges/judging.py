"""The jury's seats and what it has given; the standing, the proposal of winners, the publication by a second person."""

from collections import defaultdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.desk import opens_to
from core.errors import DomainError, NotFound, require

from ...challenge_reads import visible_notes
from ...domain.challenges.awarding import Pick, jurors_awaited, propose_winners, publish_results
from ...domain.challenges.counting import jurors_of, live_figures, standings
from ...domain.challenges.judging import invite_juror, remove_juror
from ...domain.challenges.telling import concerned_by_results
from ...models import Challenge, ChallengeEntry, Juror
from ...permissions import can_read_challenges
from ...phases import OVER, Phase
from .forms import InviteForm, WinnersForm
from .frame import find, page

writes = require_http_methods(["GET", "POST"])


@writes
@opens_to(can_read_challenges)
def jury(request: HttpRequest, public_id: str) -> HttpResponse:
    """Seats with how far each has come; the notes themselves once they may be read."""
    challenge, form, status = find(public_id), InviteForm(), 200
    if request.method == "POST" and request.POST.get("remove"):
        return _remove(request, challenge)
    if request.method == "POST":
        form, status = InviteForm(request.POST), 400
        if form.is_valid() and form.attempt(invite_juror, challenge, by=request.user, **form.cleaned_data):
            messages.success(request, _("The seat is given."))
            return redirect("challenges_desk:jury", public_id)
    seats = list(jurors_of(challenge))
    notes = visible_notes(challenge, request.user).select_related("juror__member").order_by("entry_id", "juror_id")
    by_entry = defaultdict(list)
    for note in notes:
        by_entry[note.entry_id].append(note)
    entries = list(ChallengeEntry.objects.of(challenge).standing().shortlisted().with_idea().order_by("id"))
    for entry in entries:
        entry.shown_notes = by_entry.get(entry.pk, [])
    context = {
        "seats": seats, "form": form, "entries": entries, "has_notes": bool(by_entry), "is_over": challenge.phase in OVER,
        "my_seat": next((seat for seat in seats if seat.member_id == request.user.pk), None),
    }  # fmt: skip
    return page(request, "ideas/challenges/desk/jury.html", challenge, "jury", status=status, **context)


def _remove(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    sent = request.POST["remove"]
    seats = Juror.objects.filter(challenge=challenge, member__public_id=sent[:20]).select_related("challenge")
    seat = seats.first() if "\x00" not in sent else None
    require(seat is not None, NotFound())
    try:
        remove_juror(seat, by=request.user)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The seat is free."))
    return redirect("challenges_desk:jury", challenge.public_id)


@writes
@opens_to(can_read_challenges)
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    """The standing once every juror has given notes; one person proposes, another publishes."""
    challenge, status = find(public_id), 200
    awaited = jurors_awaited(challenge)
    is_judging = challenge.phase == Phase.JURY
    standing = standings(challenge) if challenge.phase in (Phase.JURY, *OVER) and not awaited else []
    winners = list(challenge.winners.select_related("entry__idea__author").defer("entry__idea__author__password"))
    start = {f"idea_{winner.rank}": winner.entry.idea.public_id for winner in winners}
    start |= {f"reason_{winner.rank}": winner.reason for winner in winners} | {"jury_word": challenge.jury_word}
    form = WinnersForm(initial=start, challenge=challenge, standings=standing)
    if request.method == "POST":
        form, status = WinnersForm(request.POST, challenge=challenge, standings=standing), 400
        if form.is_valid() and form.attempt(_propose, challenge, form, request.user):
            messages.success(request, _("The winners are proposed. A second person publishes them."))
            return redirect("challenges_desk:results", public_id)
    context = {
        "standing": standing, "awaited": awaited, "form": form, "winners": winners, "is_judging": is_judging,
        "may_propose": is_judging and not awaited and bool(standing), "figures": live_figures(challenge),
        "is_proposer": challenge.proposed_by_id == request.user.pk, "told": concerned_by_results(challenge).count(),
        "is_over": challenge.phase in OVER,
    }  # fmt: skip
    return page(request, "ideas/challenges/desk/results.html", challenge, "results", status=status, **context)


def _propose(challenge: Challenge, form: WinnersForm, by) -> Challenge:
    picks = [Pick(idea, reason) for idea, reason in form.picks()]
    return propose_winners(challenge, picks, by=by, jury_word=form.cleaned_data["jury_word"])


@require_POST
@opens_to(can_read_challenges)
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        publish_results(find(public_id), by=request.user)
    except DomainError as refusal:
        if refusal.status == 403 and refusal.code != "four_eyes":
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The results are published, and everyone concerned is told."))
    return redirect("challenges_desk:results", public_id)
