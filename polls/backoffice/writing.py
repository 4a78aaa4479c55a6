"""The editor. Every button saves, so that moving an option loses neither a word nor a picture."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.desk import opens_to
from core.shield import PrivateData

from ..domain.writing import MOST_QUESTIONS, is_answered
from ..forms import PollForm, initial_of, masked, rows_of, rows_sent
from ..models import Poll
from ..permissions import can_read_studio, can_run_polls
from ..states import Drawing, Method
from ..templates_that_ship import shipped_in
from .frame import page, read


@opens_to(can_read_studio)
def write(request: HttpRequest, public_id: str = "") -> HttpResponse:
    poll = read(public_id) if public_id else None
    if request.method == "POST":
        return _save(request, poll)
    rows = rows_of(poll, request.GET.get("more", ""))
    form = PollForm(initial=initial_of(poll) if poll else {}, rows=rows)
    return _editor(request, poll, form, frozen=bool(poll and (poll.is_over or is_answered(poll))))


def _editor(request, poll, form, *, frozen=False, status=200) -> HttpResponse:
    locked = frozen or not can_run_polls(request.user)
    beginnings = {} if poll else {"shipped": shipped_in(get_language() or "fr").values(), "kept": _kept()}
    return page(
        request, "write", poll, "write", form=form, frozen=frozen, locked=locked, drawings=Drawing.choices,
        methods=Method.choices, status=status, secret=isinstance(form.refusal, PrivateData),
        several=len(form.rows) > 1, can_add=len(form.rows) < MOST_QUESTIONS,
        pictures_lost=status != 200 and bool(request.FILES), **beginnings,
    )  # fmt: skip


def _kept():
    return Poll.objects.templates().order_by("title", "id")


def _save(request: HttpRequest, poll: Poll | None) -> HttpResponse:
    button = request.POST.get("do", "")
    sent = masked(request.POST) if button == "mask" else request.POST
    form = PollForm(sent, rows=rows_sent(sent, request.FILES, poll))
    saved = form.save(poll, by=request.user)
    if saved is None:
        for row in form.rows:
            row.with_blanks()
        return _editor(request, poll, form, status=form.refusal.status if form.refusal else 400)
    if button == "check":
        return redirect("polls_studio:check", saved.public_id)
    if "-" in button:
        return HttpResponseRedirect(reverse("polls_studio:write", args=[saved.public_id]) + _place(saved, button))
    messages.success(request, _("Saved."))
    return redirect("polls_studio:write", saved.public_id)


def _place(poll: Poll, button: str) -> str:
    """Where the page opens again after a button: at the question that was moved or added, or that gets another line."""
    verb, *places = button.split("-")
    questions = list(poll.questions.order_by("position", "id").values_list("public_id", flat=True))
    if not questions:
        return ""
    at = len(questions) - 1
    if places[0].isascii() and places[0].isdigit() and len(places[0]) < 4:
        moved = {"up": -1, "down": 1}.get(verb, 0) if len(places) == 1 else 0
        at = max(0, min(int(places[0]) + moved, at))
    more = f"?more={questions[at]}" if verb == "more" else ""
    return f"{more}#question-{at}"
