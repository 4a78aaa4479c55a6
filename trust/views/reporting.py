"""Reporting content and following one's report: open to everyone, without JavaScript."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, NotFound

from ..domain.appealing import appeal_report
from ..domain.mailing import is_written_to
from ..domain.reporting import report_content
from ..forms import AppealForm, ReportForm
from ..limits import require_slow
from ..reading import can_contest, followed_report
from ..signing import path_of
from ..states import Kind
from ..subjects import at, find


@require_http_methods(["GET", "HEAD", "POST"])
def report(request):
    """`?idea=…`, `?comment=…`, `?picture=…` or `?member=…` fill in the address."""
    has_account = request.user.is_authenticated
    if request.method != "POST":
        subject = _asked(request)
        start = {"url": request.build_absolute_uri(subject.url)} if subject else {}
        form = ReportForm(initial=start, has_account=has_account)
        return render(request, "trust/report.html", {"form": form, "subject": subject})
    form = ReportForm(request.POST, has_account=has_account)
    if form.is_valid():
        said = form.cleaned_data
        try:
            require_slow(request)
            made = report_content(
                url=_ours(request, said["url"]), reason=said["reason"], explanation=said["explanation"],
                good_faith=said["good_faith"], by=request.user, name=said.get("name", ""), email=said.get("email", ""),
            )  # fmt: skip
        except DomainError as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            return HttpResponseRedirect(path_of(made) + "?new=1")
    else:
        status = 400
    subject = at(_ours(request, str(form.data.get("url", ""))), user=request.user)
    return render(request, "trust/report.html", {"form": form, "subject": subject}, status=status)


def _asked(request):
    for kind in Kind.values:
        if public_id := request.GET.get(kind):
            return find(kind, public_id[:12], user=request.user)
    return None


def _ours(request, url: str) -> str:
    """An address of this very host is ours, by whatever name it was reached."""
    prefix = f"{request.scheme}://{request.get_host()}"
    return url.strip().removeprefix(prefix) or "/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def followed(request, public_id, key):
    """One's report, by its signed address: the reference, where it stands, the decision; and contesting it."""
    row = followed_report(public_id, key)
    appeal = getattr(row, "appeal", None)
    form, status = AppealForm(), 200
    if request.method == "POST":
        form, status = AppealForm(request.POST), 400
        if form.is_valid():
            try:
                appeal_report(row, text=form.cleaned_data["text"], by=request.user)
            except NotFound:
                raise
            except DomainError as refusal:
                form.take(refusal)
                status = refusal.status
            else:
                return HttpResponseRedirect(request.path)
    context = {
        "report": row,
        "appeal": appeal,
        "form": form,
        "can_contest": can_contest(row),
        "is_new": "new" in request.GET,
        "is_written_to": is_written_to(row),
    }
    return render(request, "trust/followed.html", context, status=status)
