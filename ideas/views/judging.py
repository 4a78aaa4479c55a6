"""The jury's own page: a seat to accept, entries to note alone, then everyone's notes."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.errors import DomainError, NotFound, require

from ..challenge_forms import NoteForm
from ..challenge_reads import visible_notes
from ..domain.challenges.judging import answer_invitation, call_up, find_seat, hand_in, note_entry
from ..models import Challenge, ChallengeEntry, Idea
from ..phases import Criterion, Phase

MOST_OTHERS = 100


@login_required
@require_GET
def jury(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, _find(public_id))


def _find(public_id: str) -> Challenge:
    challenge = Challenge.objects.with_rules().with_jury_count().filter(public_id=public_id).first()
    require(challenge is not None, NotFound())
    return challenge


def _page(
    request: HttpRequest,
    challenge: Challenge,
    *,
    form: NoteForm | None = None,
    about: str = "",
    refusal: DomainError | None = None,
) -> HttpResponse:
    """Entries in the juror's own order, each with one's note, its form, or, once given, everybody's notes."""
    seat = find_seat(challenge, request.user)
    entries = list(
        ChallengeEntry.objects.of(challenge).standing().shortlisted().with_idea().in_turn_for(request.user, challenge)
    )
    notes = defaultdict(list)
    for note in visible_notes(challenge, request.user).select_related("juror__member"):
        notes[note.entry_id].append(note)
    for entry in entries:
        _dress(entry, notes[entry.pk], seat, form if entry.idea.public_id == about else None)
    is_sitting = challenge.phase == Phase.JURY and bool(seat.accepted_at)
    others = []
    if is_sitting and not challenge.handed_in_count:
        rest = ChallengeEntry.objects.of(challenge).standing().filter(shortlisted="").with_idea()
        others = list(rest.in_turn_for(request.user, challenge)[:MOST_OTHERS])
    context = {
        "challenge": challenge, "seat": seat, "entries": entries, "others": others, "is_sitting": is_sitting,
        "missing": sum(1 for entry in entries if entry.is_awaited), "refusal": refusal, "phases": Phase,
        "criteria": list(Criterion),
    }  # fmt: skip
    status = refusal.status if refusal else 400 if form else 200
    return render(request, "ideas/challenges/jury.html", context, status=status)


def _dress(entry: ChallengeEntry, notes: list, seat: Any, form: NoteForm | None) -> None:
    entry.is_own = entry.idea.author_id == seat.member_id
    entry.mine = next((note for note in notes if note.juror_id == seat.pk), None)
    entry.others = [note for note in notes if note.juror_id != seat.pk]
    entry.is_awaited = not entry.is_own and entry.mine is None
    start = {}
    if entry.mine:
        start = {name: getattr(entry.mine, name) for name in (*Criterion.values, "text")}
        start["recused"] = entry.mine.is_recused
    entry.form = form or NoteForm(initial=start, auto_id=f"id_{entry.idea.public_id}_%s")
    entry.has_refusal = form is not None


@login_required
@require_POST
def note(request: HttpRequest, public_id: str, idea_id: str) -> HttpResponse:
    """Note one entry. A refusal comes back on the page, at its entry, with what was typed."""
    challenge = _find(public_id)
    find_seat(challenge, request.user)
    form = NoteForm(request.POST, auto_id=f"id_{idea_id}_%s")
    if form.is_valid():
        try:
            note_entry(
                challenge, _entered(challenge, idea_id), scores=form.scores, text=form.cleaned_data["text"],
                recused=form.cleaned_data["recused"], by=request.user,
            )  # fmt: skip
        except DomainError as refusal:
            if refusal.status in (401, 404):
                raise
            form.refuse(refusal)
        else:
            messages.success(request, _("Your note is kept. You can change it until you give your notes."))
            return redirect("challenges:jury", public_id)
    return _page(request, challenge, form=form, about=idea_id)


def _entered(challenge: Challenge, idea_id: str) -> Idea:
    entry = ChallengeEntry.objects.of(challenge).select_related("idea").filter(idea__public_id=idea_id).first()
    require(entry is not None, NotFound())
    return entry.idea


@login_required
@require_POST
def seat(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept one's seat, or decline it."""
    challenge, accepts = _find(public_id), request.POST.get("to") == "yes"
    try:
        answer_invitation(challenge, accepts=accepts, by=request.user)
    except DomainError as refusal:
        if refusal.status in (401, 404):
            raise
        return _page(request, challenge, refusal=refusal)
    if not accepts:
        messages.success(request, _("You have declined the seat. Thank you for telling us."))
        return redirect("challenges:list")
    messages.success(request, _("You sit in the jury. Thank you!"))
    return redirect("challenges:jury", public_id)


@login_required
@require_POST
def call(request: HttpRequest, public_id: str, idea_id: str) -> HttpResponse:
    """Put an entry on the shortlist that the votes left out."""
    challenge = _find(public_id)
    find_seat(challenge, request.user)
    return _done(
        request,
        challenge,
        lambda: call_up(challenge, _entered(challenge, idea_id), by=request.user),
        _("The entry is on the shortlist: every juror notes it."),
    )


@login_required
@require_POST
def give(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give one's notes, for good."""
    challenge = _find(public_id)
    return _done(request, challenge, lambda: hand_in(challenge, by=request.user), _("Your notes are given. Thank you!"))


def _done(request: HttpRequest, challenge: Challenge, verb: Any, said: str) -> HttpResponse:
    try:
        verb()
    except DomainError as refusal:
        if refusal.status in (401, 404):
            raise
        return _page(request, challenge, refusal=refusal)
    messages.success(request, said)
    return redirect("challenges:jury", challenge.public_id)
