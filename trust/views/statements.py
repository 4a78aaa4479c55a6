"""What the moderators decided about me, and contesting it."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.cursors import paginate
from core.errors import DomainError, Invalid

from ..domain.appealing import appeal_statement
from ..figures import year_of, years
from ..forms import AppealForm
from ..models import Statement
from ..reading import my_statement, statements_of
from ..states import Automation, Measure
from ..subjects import load


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request, public_id):
    """The statement of reasons, the text it is about, and the appeal."""
    row = my_statement(public_id, member=request.user)
    form, status = AppealForm(), 200
    if request.method == "POST":
        form, status = AppealForm(request.POST), 400
        if form.is_valid():
            try:
                appeal_statement(row, text=form.cleaned_data["text"], by=request.user)
            except DomainError as refusal:
                form.take(refusal)
                status = refusal.status
            else:
                return HttpResponseRedirect(row.get_absolute_url())
    return render(request, "trust/statement.html", statement_page(row, form), status=status)


def statement_page(row: Statement, form: AppealForm) -> dict:
    try:
        appeal = row.appeal
    except ObjectDoesNotExist:
        appeal = None
    subject = load(row.kind, row.subject_id)
    return {
        "statement": row, "appeal": appeal, "form": form, "subject": subject,
        "automation": Automation(row.automation).label, "hold_hours": settings.LAB["HOLD_HOURS"],
        "is_held": row.measure == Measure.HELD, "has_end": row.until and row.until.year < 9000,
        "can_contest": row.restricts and appeal is None and timezone.now() <= row.appeal_until,
        "shows_text": subject is not None and subject.author and subject.author.pk == row.member_id,
        "secure_messaging": settings.LAB["SECURE_MESSAGING_URL"],
    }  # fmt: skip


@login_required
@require_safe
def my_statements(request):
    page = paginate(statements_of(request.user), request.GET.get("cursor", ""))
    more = f"?cursor={page.next}" if page.next else ""
    return render(request, "trust/statements.html", {"statements": page.items, "more_url": more})


@require_safe
def figures(request):
    """Moderation in figures, year by year, for everyone."""
    offered = years()
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else offered[0]
    if year not in offered:
        raise Invalid(code="unknown_year")
    return render(request, "trust/figures.html", {"figures": year_of(year), "years": offered})
