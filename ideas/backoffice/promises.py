"""Promises in the desk: how many were kept, what each theme promises, and the words that make an idea urgent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.desk import opens_to, render_page
from core.errors import DomainError, Invalid
from core.sheets import as_csv

from ..domain.promise_report import Report, report
from ..domain.promising import FIGURES, set_promise
from ..domain.urgency import add_urgent_word, remove_urgent_word
from ..models import Category, Idea, UrgentWord
from ..models.categories import house_promise
from ..permissions import can_open_desk, can_triage
from ..spans import SPANS, span_of
from .forms import colleagues


@require_GET
@opens_to(can_open_desk)
def index(request: HttpRequest) -> HttpResponse:
    months, since, today = span_of(request.GET)
    found = named(report(since, today))
    bars = [(tally.label, [(tally.kept, "fgood"), (tally.missed, "fbad")]) for tally in found.months]
    return render_page(
        request, "ideas/desk/promises/report.html", title=_("Promises"), report=found, bars=bars, months=months,
        spans=SPANS, tabs=_tabs("index"), may=can_triage(request.user),
        urgent=Idea.objects.filter(urgent_since__isnull=False).count(),
    )  # fmt: skip


def named(found: Report) -> Report:
    """Months by their short name; « nobody » where no one is in charge."""
    for tally in found.months:
        tally.label = formats.date_format(tally.label, "F Y")
    for tally in found.owners:
        tally.label = tally.label or _("Nobody in charge")
    return found


@require_GET
@opens_to(can_open_desk)
def sheet(request: HttpRequest) -> HttpResponse:
    """The three tables as one CSV."""
    _months, since, today = span_of(request.GET)
    found = named(report(since, today))
    head = [
        _("Table"),
        _("Line"),
        _("Kept"),
        _("Answered late"),
        _("Still owed"),
        _("Decided without a letter"),
        _("Kept, %"),
    ]
    parts = ((_("Month"), found.months), (_("Theme"), found.themes), (_("In charge"), found.owners))
    rows = [
        (
            name,
            tally.label,
            tally.kept,
            tally.late,
            tally.owed,
            tally.decided,
            "" if tally.share is None else tally.share,
        )
        for name, tallies in parts
        for tally in tallies
    ]
    response = HttpResponse(as_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="promises-{since:%Y-%m}.csv"'
    return response


@require_GET
@opens_to(can_open_desk)
def rules(request: HttpRequest) -> HttpResponse:
    return _rules(request)


@require_POST
@opens_to(can_triage)
def rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Set one theme's figures. A refusal gives the page back with what was typed."""
    theme = Category.objects.filter(slug=slug).first()
    if not theme:
        raise Http404
    try:
        manager = colleagues().filter(public_id=request.POST.get("manager") or "-").first()
        set_promise(theme, manager=manager, by=request.user, **{name: whole(request.POST, name) for name in FIGURES})
    except DomainError as refusal:
        return _rules(request, theme=theme, refusal=refusal)
    messages.success(request, _("Kept. Clocks that run already keep the day they were given."))
    return HttpResponseRedirect(reverse("promises_desk:rules"))


def whole(said: Any, name: str) -> int | None:
    """A whole number, or None where nothing was typed; Invalid on anything else."""
    text = (said.get(name) or "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Invalid(_("Give a whole number, or nothing."), code="not_a_number", field=name)
    return int(text)


def _rules(request: HttpRequest, *, theme: Category | None = None, refusal: DomainError | None = None) -> HttpResponse:
    themes = list(Category.objects.filter(is_active=True).select_related("owner", "manager"))
    typed = request.POST if refusal else {}
    rows = []
    for one in themes:
        said = typed if theme and one.pk == theme.pk else {}
        fields = [(name, said.get(name, getattr(one, name)), one.promise._asdict()) for name in FIGURES]
        rows.append({"theme": one, "fields": fields, "refusal": refusal if said else None, "manager": one.manager})
    return render_page(
        request, "ideas/desk/promises/rules.html", title=_("What each theme promises"), crumbs=_crumbs(), rows=rows,
        house=house_promise(), colleagues=list(colleagues()), may=can_triage(request.user), tabs=_tabs("rules"),
        status=refusal.status if refusal else 200,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens_to(can_open_desk)
def words(request: HttpRequest) -> HttpResponse:
    """The list of urgent words; a POST adds one."""
    refusal = None
    if request.method == "POST":
        text, language = request.POST.get("text", ""), request.POST.get("language", "")
        try:
            word = add_urgent_word(text, language=language, by=request.user)
        except DomainError as error:
            refusal = error
        else:
            messages.success(request, _("“%(word)s” is on the list.") % {"word": word})
            return HttpResponseRedirect(reverse("promises_desk:words"))
    listed = list(UrgentWord.objects.all())
    groups = [(label, [word for word in listed if word.language == code]) for code, label in UrgentWord.LANGUAGES]
    raised = (
        Idea.objects.filter(urgent_since__isnull=False).select_related("category").order_by("urgent_since", "id")[:20]
    )
    return render_page(
        request, "ideas/desk/promises/words.html", title=_("Urgent words"), crumbs=_crumbs(), groups=groups,
        languages=UrgentWord.LANGUAGES, refusal=refusal, typed=request.POST, may=can_triage(request.user),
        tabs=_tabs("words"), raised=raised, status=refusal.status if refusal else 200,
    )  # fmt: skip


@require_POST
@opens_to(can_triage)
def remove_word(request: HttpRequest, public_id: str) -> HttpResponse:
    remove_urgent_word(public_id, by=request.user)
    messages.success(request, _("The word is off the list."))
    return HttpResponseRedirect(reverse("promises_desk:words"))


def _crumbs() -> list:
    return [(_("Promises"), reverse("promises_desk:index"))]


def _tabs(here: str) -> list[dict]:
    labels = {"index": _("Kept and missed"), "rules": _("What each theme promises"), "words": _("Urgent words")}
    return [
        {"label": label, "url": reverse(f"promises_desk:{name}"), "is_here": name == here}
        for name, label in labels.items()
    ]
