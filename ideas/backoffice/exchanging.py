"""/desk/exchange/: take a view away, take ideas of another tool in, and how far the search index is."""

from typing import Any

from django import forms
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from core.desk import opens_to, render_page
from core.errors import DomainError, Invalid

from ..domain.importing import Report, import_rows, read_rows
from ..domain.indexing import index_again, progress
from ..models import Category
from ..models.imported import Source
from ..permissions import can_export, can_import, can_triage
from ..queueing import SORTS, known_views
from . import exporting
from .queue import query_of

KEPT_SECONDS, ON_PAGE, SHOWN = 3_600, 5_000, 300


class ImportForm(forms.Form):
    source = forms.ChoiceField(label=pgettext_lazy("import", "Where the file comes from"), choices=Source.choices)
    category = forms.ModelChoiceField(
        label=gettext_lazy("Theme of ideas whose theme we do not have"), queryset=Category.objects.none(),
        to_field_name="slug", empty_label=None,
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("CSV file"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.filter(is_active=True)
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "dk-input", "id": f"import-{name}"}
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,text/csv"


@require_GET
@opens_to(can_export)
def index(request: HttpRequest) -> HttpResponse:
    return _page(request, ImportForm())


@require_GET
@opens_to(can_export)
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """The view that the address says, as the queue shows it."""
    query = query_of(request)
    rows = exporting.rows_in(query, request.user, timezone.now())
    address, name = request.build_absolute_uri("/")[:-1], f"idees-{query.view}-{timezone.localdate():%Y-%m-%d}.{kind}"
    try:
        if kind == "csv":
            answer: Any = StreamingHttpResponse(
                exporting.csv_lines(rows, address), content_type="text/csv; charset=utf-8"
            )
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
        elif kind == "xlsx":
            answer = FileResponse(exporting.xlsx_file(rows, address), as_attachment=True, filename=name)
        else:
            raise Http404
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("ideas_exchange:index"))
    exporting.note(query, kind, request.user)
    return answer


@require_POST
@opens_to(can_import)
def take_in(request: HttpRequest) -> HttpResponse:
    """First a dry run of the file; then, from its report, the import of the very same rows, kept for an hour."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=400)
    kept = request.POST.get("kept", "")[:40]
    try:
        rows = _kept(request, kept) if kept else read_rows(_raw(request), form.cleaned_data["source"])
        if len(rows) > ON_PAGE:
            raise Invalid(
                _("Past 5,000 rows, import with the command manage.py import_ideas: a page would keep you waiting."),
                code="file_too_large", field="file",
            )  # fmt: skip
        report = import_rows(
            rows,
            source=form.cleaned_data["source"],
            category=form.cleaned_data["category"],
            by=request.user,
            is_dry=not kept,
        )
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, form, status=refusal.status)
    if kept:
        cache.delete(_key(request, kept))
        return _page(request, ImportForm(), report=report)
    token = get_random_string(20)
    cache.set(_key(request, token), rows, KEPT_SECONDS)
    return _page(request, form, report=report, kept=token if report.taken else "")


def _key(request: HttpRequest, token: str) -> str:
    return f"ideas:import:{request.user.pk}:{token}"


def _kept(request: HttpRequest, token: str) -> list:
    rows = cache.get(_key(request, token))
    if rows is None:
        raise Invalid(_("This dry run is over an hour old. Choose the file again."), code="dry_run_over", field="file")
    return rows


def _raw(request: HttpRequest) -> bytes:
    if "file" not in request.FILES:
        raise Invalid(_("Choose a file."), code="no_file", field="file")
    return request.FILES["file"].read()


@require_GET
@opens_to(can_export)
def index_progress(request: HttpRequest) -> HttpResponse:
    """The progress bar alone, asked for every few seconds while it moves."""
    return render_page(request, "ideas/desk/_index_progress.html", title="", progress=progress())


@require_POST
@opens_to(can_triage)
def reindex(request: HttpRequest) -> HttpResponse:
    try:
        index_again(by=request.user)
        messages.success(request, _("The index is being made anew. Searching goes on meanwhile."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("ideas_exchange:index"))


def _page(
    request: HttpRequest, form: ImportForm, *, report: Report | None = None, kept: str = "", status: int = 200
) -> HttpResponse:
    lines = sorted(report.lines, key=lambda line: line.outcome == "taken") if report else []
    return render_page(
        request, "ideas/desk/exchange.html", title=_("Import, export and search"), status=status, form=form, report=report,
        lines=lines[:SHOWN], more_lines=max(len(lines) - SHOWN, 0), kept=kept, may_import=can_import(request.user),
        progress=progress(), may_index=can_triage(request.user), views=[(name, view.label) for name, view in known_views().items()],
        sorts=[(name, sort[0]) for name, sort in SORTS.items()], themes=Category.objects.all(),
    )  # fmt: skip
