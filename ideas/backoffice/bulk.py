"""One move over the ideas that are chosen: prepare it, start it, watch it, stop it, take it back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from core.cursors import paginate
from core.desk import opens_to, render_page
from core.errors import DomainError, Invalid
from core.shield import SECRET_KINDS, PrivateData, mask

from ..domain import bulk as verbs
from ..domain import putting_back
from ..domain.bulk_moves import BulkMove, bulk_moves, find_bulk_move
from ..domain.bulk_preview import able_and_not
from ..domain.triaging import ChangedMeanwhile
from ..models import BULK_MAX, BulkRun, Idea, MergeSuggestion
from ..permissions import can_note, can_open_desk
from ..queueing import Asked
from ..queueing.asked import ADDRESS, require_filters
from ..states import LineResult
from . import moves, reading
from .forms import DeskForm
from .queue import query_of

KEY = "desk_bulk"
SHOWN_AFTER_END = 120  # seconds that a finished run stays on the triage page
LINES = 50
RUNS = 20
BESIDE = ("all", "pick", "move", "idea", "cursor")  # what the address says besides the queue's own choice


def as_bulk_moves() -> Iterator[BulkMove]:
    """The desk's moves that one form makes on many ideas."""
    for move in moves.ALL:
        if move.bulk:
            run, each = move.bulk.run or move.run, move.bulk
            yield BulkMove(
                move.name,
                move.label,
                _reader(move),
                run,
                move.offered,
                _namer(move),
                move.undoable,
                each.doing,
                each.beside,
                each.leads_to,
                move.allows,
                with_facts,
                partial(moves.why_not, move),
                move.hears,
                move.audience,
            )


def form_of(move: moves.Move) -> type[DeskForm]:
    return move.bulk.form or move.form


def _namer(move: moves.Move):
    return lambda values: tuple(form_of(move)(values).fields)


def _reader(move: moves.Move):
    """The form's values, cleaned; what was written is checked once for all the ideas, by the rule of the move's own verb."""

    def read(values: Mapping[str, Any]) -> dict:
        form = form_of(move)(values)
        if not form.is_valid():
            field, errors = next(iter(form.errors.items()))
            raise Invalid(errors[0], field=None if field == "__all__" else field)
        move.bulk.check(form.cleaned_data)
        move.check(form.cleaned_data)
        return form.cleaned_data

    return read


def undo_step(kind: str, key: str, by: Any) -> Idea | None:
    undoer = moves.UNDOERS.get(kind)
    return undoer(key, by) if undoer else None


@dataclass(frozen=True)
class Chosen:
    """The ideas that are picked, or all of a view; `seen` are the versions as they were picked."""

    asked: Asked
    rows: list[Idea]
    seen: dict[str, str]
    is_all: bool

    def params(self, **more: str) -> QueryDict:
        params = self.asked.at("").params(**more)
        if self.is_all:
            params["all"] = "1"
        else:
            params.setlist("pick", [f"{public_id}~{version}" for public_id, version in self.seen.items()])
        return params

    def url(self, **more: str) -> str:
        return reverse("ideas_desk:bulk", query=self.params(**more))

    def ideas(self, request: HttpRequest):
        rows = self.asked.ideas(request.user, timezone.now()) if self.is_all else Idea.objects.order_by("id")
        return rows if self.is_all else rows.filter(public_id__in=self.seen)


def chosen_of(request: HttpRequest) -> Chosen:
    """From the address: `pick=id~version` as often as there are ideas, or `all=1` with the queue's own choice.

    A page falls back where it is asked for what it does not know; a move over all of it would then be wider than meant: Invalid.
    """
    asked = query_of(request).at("")
    if request.GET.get("all"):
        move = moves.BY_NAME.get(request.GET.get("move", ""))
        of_form = form_of(move).base_fields if move and move.bulk else ()
        require_filters(request.GET, (*ADDRESS, *BESIDE, *of_form))
        asked.require_known()
        rows = with_facts(asked.ideas(request.user, timezone.now()))[: BULK_MAX + 1]
        return Chosen(asked, list(rows), {}, True)
    seen = dict(pick.partition("~")[::2] for pick in request.GET.getlist("pick")[:BULK_MAX])
    rows = Idea.objects.visible_to(request.user).filter(public_id__in=seen).select_related("category").defer("body")
    return Chosen(asked, list(with_facts(rows.order_by("id"))), seen, False)


def with_facts(rows: QuerySet) -> QuerySet:
    """With all that the moves ask of an idea before they are offered."""
    suggested = Exists(MergeSuggestion.objects.open().filter(duplicate=OuterRef("pk")))
    return reading.with_facts(rows).annotate(is_suggested=suggested)


@opens_to(can_open_desk)
def prepare(request: HttpRequest) -> HttpResponse:
    """What can be done with the chosen ideas, who would hear of it; a form starts it."""
    try:
        chosen = chosen_of(request)
    except Invalid:
        return _lost(request)
    if request.method == "POST":
        return _start(request, chosen)
    move = moves.BY_NAME.get(request.GET.get("move", ""))
    return _page(request, chosen, move if move and move.bulk else None)


def _start(request: HttpRequest, chosen: Chosen) -> HttpResponse:
    move = moves.BY_NAME.get(request.POST.get("move", ""))
    posted = request.POST
    if "masked" in posted and move:
        posted = posted.copy()
        posted[move.form.main] = mask(posted.get(move.form.main, ""), SECRET_KINDS)
    form = form_of(move)(posted) if move and move.bulk else None
    if form and ("look" in posted or move.bulk.unseen(chosen.rows, request.user, posted)):
        return _page(request, chosen, move, form=form)
    try:
        if chosen.is_all and posted.get("expected") != str(len(chosen.rows)):
            sentence = _(
                "The view holds other ideas than when you chose: nothing was done. Look again; your text is kept."
            )
            raise ChangedMeanwhile(sentence)
        run = verbs.start_bulk(
            move.name if move else "", chosen.ideas(request), _values(form), by=request.user, seen=chosen.seen
        )
    except DomainError as refusal:
        if not form:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(chosen.asked.url())
        if not move.allows(request.user):  # the page then offers no form to say it in
            messages.error(request, str(refusal))
        form.is_valid()
        form.refuse(refusal.field, str(refusal))
        return _page(request, chosen, move, form=form, status=refusal.status, can_mask=isinstance(refusal, PrivateData))
    request.session[KEY] = run.public_id
    return HttpResponseRedirect(chosen.asked.url())


def _values(form: DeskForm | None) -> dict[str, Any]:
    """What was typed, field by field, as text: the worker reads it again by the same form."""
    found = {}
    for name, field in (form.fields if form else {}).items():
        value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        found[name] = "on" if value is True else value
    return {name: value for name, value in found.items() if value not in (None, False)}


def _lost(request: HttpRequest) -> HttpResponse:
    """The address asks for a view or a filter that is not known: nothing is chosen. A part is swapped in with 200 alone."""
    back = query_of(request).at("").url()
    template, status = _template(request), 200 if _is_part(request) else 400
    crumbs = [(_("Idea triage"), back)]
    return render_page(
        request, template, title=_("Nothing is chosen"), crumbs=crumbs, status=status, is_lost=True, back=back
    )


def _is_part(request: HttpRequest) -> bool:
    return bool(request.htmx and request.htmx.target == "decide")


def _template(request: HttpRequest) -> str:
    return "ideas/desk/_bulk.html" if _is_part(request) else "ideas/desk/bulk.html"


def _page(
    request: HttpRequest,
    chosen: Chosen,
    move: moves.Move | None,
    *,
    form: DeskForm | None = None,
    status: int = 200,
    can_mask: bool = False,
) -> HttpResponse:
    context = {"chosen": chosen, "total": len(chosen.rows), "too_many": len(chosen.rows) > BULK_MAX, "most": BULK_MAX}
    offered = [one for one in moves.ALL if one.bulk and any(one.offered(request.user, row) for row in chosen.rows)]
    context["moves"] = [(one, chosen.url(move=one.name)) for one in offered]
    if not chosen.rows:
        context["runs"] = [_shown(run) for run in verbs.runs_of(request.user)[:RUNS]]
    if move in offered:
        context |= _prepared(request, chosen, move, form) | {"can_mask": can_mask}
    title = ngettext("%(n)s idea chosen", "%(n)s ideas chosen", len(chosen.rows)) % {"n": len(chosen.rows)}
    if not chosen.rows:
        title = _("Your bulk moves")
    crumbs = [(_("Idea triage"), chosen.asked.url())]
    return render_page(request, _template(request), title=title, crumbs=crumbs, status=status, **context)


def _prepared(request: HttpRequest, chosen: Chosen, move: moves.Move, form: DeskForm | None) -> dict:
    """The form, how many of the ideas can move and why others cannot, and who will hear."""
    able, reasons = able_and_not(find_bulk_move(move.name), request.user, chosen.rows)
    each, typed = move.bulk, form.data if form else request.GET
    first = able[0] if able else chosen.rows[0]
    start = move.start(first, request.user, {}) | each.start(request.user, request.GET)
    audience = move.audience(able, form.data if form else start, request.user)
    return {
        "move": move,
        "form": form or form_of(move)(initial=start),
        "able": len(able),
        "others": len(chosen.rows) - len(able),
        "reasons": reasons,
        "from_states": sorted({row.state for row in able}),
        "audience": audience,
        "hears": move.hears_of(audience.people if audience else None) if move.counts else "",
        "action": chosen.url(),
        "bulk_part": each.part,
        "act": each.act or move.act,
        **each.shows(chosen.rows, request.user, typed),
    }


def current(request: HttpRequest) -> dict | None:
    """The reader's run that is under way or has just ended; it costs a query only while there is one."""
    public_id = request.session.get(KEY)
    if not public_id:
        return None
    run = BulkRun.objects.filter(public_id=public_id, by=request.user).first()
    ended = run.finished_at if run else None
    if not run or (ended and (timezone.now() - ended).total_seconds() > SHOWN_AFTER_END):
        del request.session[KEY]
        return None
    return _shown(run)


def _shown(run: BulkRun) -> dict:
    move = moves.BY_NAME.get(run.move)
    known = move or bulk_moves().get(run.move)
    return {
        "it": run, "move": move, "label": known.label if known else run.move,
        "seconds": verbs.seconds_left(run) if verbs.can_undo(run) else 0,
        "waiting": run.total - run.handled,
    }  # fmt: skip


@require_GET
@opens_to(can_open_desk)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far the run is, and what became of each idea; htmx asks again for the part that moves."""
    run = verbs.find_run(public_id, user=request.user)
    if request.htmx and request.htmx.target == "bulk-bar":
        return render_page(request, "ideas/desk/_run_bar.html", title=run.public_id, run=_shown(run))
    return _run_page(request, run)


def _run_page(
    request: HttpRequest, run: BulkRun, *, status: int = 200, refusal: DomainError | None = None
) -> HttpResponse:
    can_put_back = putting_back.can_put_back(run)
    wanted = request.GET.get("result", "")
    lines = run.lines.select_related("idea").defer("idea__body").order_by("id")
    if wanted in LineResult.values:
        lines = lines.filter(result=wanted)
    page = paginate(lines, request.GET.get("cursor", "")[:400], size=LINES)
    return render_page(
        request,
        "ideas/desk/run.html",
        title=_("Bulk move"),
        crumbs=[(_("Idea triage"), reverse("ideas_desk:index"))],
        lines=page.items,
        results=LineResult.choices,
        wanted=wanted,
        next_url=_page_url(run, wanted, page.next),
        previous_url=_page_url(run, wanted, page.previous),
        status=status,
        run=_shown(run),
        can_put_back=can_put_back,
        back=_back_of(run) if can_put_back and (refusal or request.GET.get("back")) else None,
        refusal=refusal,
        typed=request.POST,
    )


def _back_of(run: BulkRun) -> dict:
    """How many ideas the way back is for, and who will hear of it."""
    ideas = list(Idea.objects.filter(pk__in=putting_back.lines_to_put_back(run).values("idea")).defer("body"))
    move = moves.BY_NAME.get(run.move)
    known = move and move.tells and move.telling  # who heard of a colleague's part of it is known to each line alone
    audience = move.telling.many(ideas, by=run.by) if known else None
    return {"ideas": len(ideas), "audience": audience, "can_be_silent": known and move.can_be_silent}


@require_POST
@opens_to(can_note)
def put_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a run back after its ten seconds, by a run of its own, with a reason."""
    run = verbs.find_run(public_id, user=request.user)
    said = request.POST
    try:
        back = putting_back.put_back(
            run, reason=said.get("reason", ""), silent=bool(said.get("silent")), by=request.user
        )
    except DomainError as refusal:
        return _run_page(request, run, status=refusal.status, refusal=refusal)
    request.session[KEY] = back.public_id
    return HttpResponseRedirect(reverse("ideas_desk:run", args=[back.public_id]))


def _page_url(run: BulkRun, wanted: str, cursor: str | None) -> str:
    query = {"cursor": cursor} | ({"result": wanted} if wanted else {})
    return reverse("ideas_desk:run", args=[run.public_id], query=query) if cursor else ""


@require_POST
@opens_to(can_note)
def stop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make no more of it."""
    return _told(request, public_id, verbs.stop_bulk, lambda _run: _("Stopped. What was done stays."))


@require_POST
@opens_to(can_note)
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the whole back, while nobody has been told."""

    def words(taken: int) -> str:
        return ngettext("%(n)s idea stands as before.", "%(n)s ideas stand as before.", taken) % {"n": taken}

    return _told(request, public_id, verbs.undo_bulk, words)


def _told(request: HttpRequest, public_id: str, verb: Any, words: Any) -> HttpResponse:
    run = verbs.find_run(public_id, user=request.user)
    try:
        messages.success(request, words(verb(run, by=request.user)))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("ideas_desk:run", args=[run.public_id]))
