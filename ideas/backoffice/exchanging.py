"""/desk/exchange/: take a view away, take ideas of another tool in, and how far the search index is."""

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from core.desk import opens_to, render_page
from core.errors import DomainError, Invalid

from .. import exporting
from ..domain.importing import Report, forget_rows, import_rows, keep_rows, kept_rows, read_for_a_page
from ..domain.importing.files import MOST_BYTES
from ..domain.indexing import index_again, progress
from ..models import Category
from ..models.imported import Source
from ..permissions import can_export, can_import, can_triage
from ..queueing import Asked, known_views
from .queue import query_of

SHOWN = 300


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
    said, user = form.cleaned_data, request.user
    try:
        rows = kept_rows(kept, by=user).rows if kept else read_for_a_page(_raw(request), said["source"], by=user)
        report = import_rows(rows, source=said["source"], category=said["category"], by=user, is_dry=not kept)
    except DomainError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, form, status=refusal.status)
    if kept:
        forget_rows(kept, by=user)
        return _page(request, ImportForm(), report=report)
    key = keep_rows(rows, source=said["source"], category=said["category"].slug, by=user) if report.taken else ""
    return _page(request, form, report=report, kept=key)


def _raw(request: HttpRequest) -> bytes:
    if "file" not in request.FILES:
        raise Invalid(_("Choose a file."), code="no_file", field="file")
    return request.FILES["file"].read(MOST_BYTES + 1)


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
    # First what is not taken, then what is taken by a guess.
    lines = sorted(report.lines, key=lambda line: (line.outcome == "taken", not line.unknown)) if report else []
    return render_page(
        request, "ideas/desk/exchange.html", title=_("Import, export and search"), status=status, form=form, report=report,
        lines=lines[:SHOWN], more_lines=max(len(lines) - SHOWN, 0), kept=kept, may_import=can_import(request.user),
        progress=progress(), may_index=can_triage(request.user), views=[(name, view.label) for name, view in known_views().items()],
        sorts=list(Asked().sorts.items()), themes=Category.objects.all(),
    )  # fmt: skip
