"""The triage desk. One page: `?idea=` chooses an idea, `&move=` prepares a move; a form makes it. htmx asks for its parts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from core.desk import opens_to, render_page
from core.errors import DomainError
from core.shield import SECRET_KINDS, PrivateData, mask

from ..conflicts import conflict_of
from ..domain.evidence import course_of
from ..domain.quarantining import days_set_aside
from ..domain.tallying import kept_tally
from ..domain.triaging import ChangedMeanwhile, make_version, unchanged
from ..history import feed_of, last_move
from ..models import Idea
from ..permissions import can_export, can_note, can_open_desk
from ..queueing import Asked, known_views
from ..queueing.framing import frame_of
from ..search import similar
from ..states import State
from . import bulk, moves, reading, standing, undoing
from .evidence import lines_of
from .forms import DeskForm
from .queue import query_of, queue, saved_views

DUPLICATES = 4
LOOKS = ("evidence", "beside")  # what a button of a move's form may show beside it
TEXTS = ("kept", "reason", "body", "question")  # what one move's text may be, which becomes another's
PARTS = {"work": "ideas/desk/_work.html", "decide": "ideas/desk/_decide.html", "desk-stays": "ideas/desk/_stays.html"}


@require_GET
@opens_to(can_open_desk)
def index(request: HttpRequest) -> HttpResponse:
    """The queue, an idea and its moves; or one of these parts for htmx."""
    query, chosen = query_of(request), request.GET.get("idea", "")
    part = PARTS.get(request.htmx.target) if request.htmx else None
    if part and chosen:
        idea = _found(chosen)
        return render_page(request, part, title=idea.title, **_work(request, query, idea))
    return _page(request, query, _found(chosen) if chosen else None)


@require_GET
@opens_to(can_open_desk)
def evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """The idea's evidence alone, fetched once the page stands."""
    query, idea = query_of(request), _found(public_id)
    offered = moves.offered_to(request.user, idea)
    return render_page(
        request,
        "ideas/desk/_evidence.html",
        title=idea.title,
        idea=idea,
        query=query,
        moves=[(one, query.url(idea=idea.public_id, move=one.name)) for one in offered],
        **_evidence(idea),
    )


@require_POST
@opens_to(can_open_desk)
def act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Make a move on the idea as it was seen. A refusal gives the page back with everything that was typed, and so does `look`:
    the move is shown with what was typed, and not made; as it is where its part would say something that was not read yet.
    A button that says `look` may choose on the way: its value is then `field=what`; `evidence=1` shows the evidence with the move,
    `beside=id` another idea too."""
    idea, move = _found(public_id), moves.BY_NAME.get(name)
    if not move:
        raise Http404
    form = move.form(_unmasked(request, move))
    if "look" in request.POST or move.unseen(idea, request.user, request.POST):
        return _shown(request, idea, move, form)
    try:
        if not form.is_valid():
            return _page(request, query_of(request), idea, move=move, form=form, status=400)
        with unchanged(idea, request.POST.get("seen", "")) as held:
            done = move.run(held, form.cleaned_data, request.user)
    except DomainError as refusal:
        return _refused(request, idea, move, form, refusal)
    if done.kind:
        undoing.remember(request, done)
    else:
        messages.success(request, done.words)
    return HttpResponseRedirect(query_of(request).url(idea=idea.public_id))


@require_POST
@opens_to(can_open_desk)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was just done, while nobody has been told."""
    try:
        idea = undoing.undo(request)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        back = request.META.get("HTTP_REFERER", "")
        safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        return HttpResponseRedirect(back if safe else Asked().url())
    messages.success(request, _("Taken back. Nobody will be told."))
    return HttpResponseRedirect(query_of(request).url(idea=idea.public_id))


def _found(public_id: str) -> Idea:
    idea = reading.find_idea(public_id)
    if not idea:
        raise Http404
    return idea


def _unmasked(request: HttpRequest, move: moves.Move) -> Any:
    """What was posted, with what the pressed button chose; its secrets masked, where the person asked for that in one tap.
    A text kept from a move that is no longer possible becomes this one's."""
    posted = request.POST.copy()
    if "look" in posted and move.writes:
        posted.setdefault(move.form.main, next((posted[name] for name in TEXTS if posted.get(name)), ""))
    field, chosen, value = posted.get("look", "").partition("=")
    if chosen and field in move.form.base_fields:
        posted[field] = value
    if "masked" in posted:
        posted[move.form.main] = mask(posted.get(move.form.main, ""), SECRET_KINDS)
    return posted


def _shown(request: HttpRequest, idea: Idea, move: moves.Move, form: DeskForm) -> HttpResponse:
    """The move with what was typed; for htmx its part of the page alone."""
    part = PARTS.get(request.htmx.target) if request.htmx else None
    if not part:
        return _page(request, query_of(request), idea, move=move, form=form)
    work = _work(request, query_of(request), idea, move=move, form=form)
    return render_page(request, part, title=idea.title, **work)


def _refused(request: HttpRequest, idea: Idea, move: moves.Move, form: DeskForm, refusal: DomainError) -> HttpResponse:
    idea = _found(idea.public_id)
    form.refuse(refusal.field, str(refusal))
    return _page(
        request, query_of(request), idea, move=move, form=form, status=refusal.status,
        can_mask=isinstance(refusal, PrivateData), has_conflict=isinstance(refusal, ChangedMeanwhile),
    )  # fmt: skip


def _page(request: HttpRequest, query: Asked, idea: Idea | None, *, status: int = 200, **prepared: Any) -> HttpResponse:
    now, is_chosen = timezone.now(), idea is not None
    page = queue(query, request.user, now)
    frame = frame_of(query, saved_views(request), request.user, now)
    if not idea and page.items:
        idea = reading.find_idea(page.items[0].public_id)
    return render_page(
        request,
        "ideas/desk/triage.html",
        title=_("Idea triage"),
        status=status,
        rows=page.items,
        previous_url=query.at(page.previous).url() if page.previous else "",
        next_url=query.at(page.next).url() if page.next else "",
        tabs=frame.tabs,
        themes=frame.themes,
        total=frame.total,
        sorts=list(query.sorts.items()),
        states=State.choices,
        authors=frame.authors,
        carriers=frame.carriers,
        empty=known_views()[query.base].empty,
        can_bulk=can_note(request.user),
        may_export=can_export(request.user),
        pane="decider" if prepared or request.GET.get("move") else "idee" if is_chosen else "file",
        undos=undoing.current(request),
        run=bulk.current(request),
        keymap=moves.keymap(),
        **(_work(request, query, idea, **prepared) if idea else {"query": query, "idea": None}),
    )


def _work(
    request: HttpRequest,
    query: Asked,
    idea: Idea,
    *,
    move: moves.Move | None = None,
    form: DeskForm | None = None,
    can_mask: bool = False,
    has_conflict: bool = False,
) -> dict:
    """All that the idea's panes show."""
    feed = feed_of(idea, request.user)
    offered = moves.offered_to(request.user, idea)
    asked = moves.BY_NAME.get(request.GET.get("move", ""))
    if not move and asked in offered:
        move = asked
    lost: dict[str, Any] = {}
    if (
        has_conflict and move and form and move not in offered
    ):  # made impossible meanwhile: what was typed is not lost with it
        lost = _lost(request, query, idea, move, form, offered)
        move = None
    context = {
        "impossible": "" if move or not request.GET.get("move") else moves.why_not(asked, request.user, idea),
        "query": query,
        "here": query.url(idea=idea.public_id),
        "idea": idea,
        "images": list(idea.images.all()),
        "feed": feed,
        "path": reading.path_of(idea, feed),
        "seen": make_version(idea, last_move(feed)),
        "moves": [(one, query.url(idea=idea.public_id, move=one.name)) for one in offered],
        **standing.context_of(idea, request.user),
        "move": move,
        "making": reverse("ideas_desk:act", args=[idea.public_id, move.name], query=query.params() or None)
        if move
        else "",
        "can_mask": can_mask,
        "conflict": conflict_of(idea, feed, request.POST.get("seen", "")) if has_conflict else None,
        **lost,
    }
    looked, _is, other = request.POST.get("look", "").partition("=")
    if (
        request.GET.get("evidence") or looked in LOOKS
    ):  # without a script it comes with the page; else by itself, behind it
        context |= _evidence(idea) | {"compared": reading.find_idea(other) if looked == "beside" else None}
    return context | _prepared(request, idea, move, form) if move else context


def _lost(request: HttpRequest, query: Asked, idea: Idea, move: moves.Move, form: DeskForm, offered: list) -> dict:
    """Why the move is not offered any more, all that was typed for it, and the moves possible now that can take the text."""
    params, text = query.params() or None, form.text
    typed = move.form(form.data)  # without the refusal, which is said above it
    fields = [field for field in typed if field.name != text and field.value() not in (None, "", False, [])]
    return {
        "impossible": moves.why_not(move, request.user, idea),
        "kept": form.data.get(text, "") if text else "",
        "kept_fields": fields,
        "carried": [
            (one, reverse("ideas_desk:act", args=[idea.public_id, one.name], query=params))
            for one in offered
            if one.writes
        ],
    }


def _evidence(idea: Idea) -> dict:
    """Who supports the idea, and what looks like it: a search, so it is not waited for."""
    likely = similar(idea.title, DUPLICATES, leave_out=idea)
    kept, aside = kept_tally(idea), days_set_aside(idea)
    points, beside = lines_of(course_of(idea, kept, aside))
    suggested = {one.other_id for one in standing.suggestions_of(idea)}  # they stand above already, with their scores
    return {
        "support": reading.support_of(idea, kept),
        "set_aside": aside.total(),
        "points": points if len(points) > 1 else [],
        "beside": beside,
        "duplicates": [other for other in likely if other.public_id not in suggested],
    }


def _prepared(request: HttpRequest, idea: Idea, move: moves.Move, form: DeskForm | None) -> dict:
    """The move's form, and before it is made: who will hear of it, and what the move itself shows."""
    typed = form.data if form else request.GET
    start = {} if form else move.start(idea, request.user, request.GET)
    audience = move.audience([idea], form.data if form else start, request.user)
    return {
        "form": form or move.form(initial=start),
        "audience": audience.people if audience else None,
        "hears": move.hears_of(audience.people if audience else None),
        **move.shows(idea, request.user, typed),
    }
