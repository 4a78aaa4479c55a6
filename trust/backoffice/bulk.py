"""One verdict on several cases: choose them in the queue, read them again on one page, confirm."""

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from core.desk import opens_to, render_page
from core.errors import DomainError, require

from ..casework import author_of, waiting
from ..domain.deciding_many import MOST, decide_many
from ..models import Case
from ..permissions import can_decide, can_open_queue
from ..querysets import VIEWS
from ..states import Matter, Verdict
from ..subjects import Subject, load_all
from . import undoing
from .forms import RestrictForm

REFUSALS_SHOWN = 5


class ManyForm(RestrictForm):
    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict on each of them"), choices=[(one.value, one.label) for one in Verdict], required=False,
        initial=Verdict.REMOVE,
    )  # fmt: skip
    field_order = ("verdict", "ground", "rule", "reason", "with_strike")


@dataclass(frozen=True)
class Row:
    case: Case
    subject: Subject | None
    is_own: bool

    @property
    def pick(self) -> str:
        return f"{self.case.public_id}~{self.subject.version if self.subject else ''}"


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(can_open_queue)
def many(request: HttpRequest) -> HttpResponse:
    """`case=` as often as there are cases, or all of `view=` by `author=`. The versions that are read here go with the verdict."""
    require(can_decide(request.user))
    if request.method != "POST":
        return _page(request, _chosen(request), ManyForm())
    picks = [pick.replace("\x00", "") for pick in request.POST.getlist("pick")[: MOST + 1]]
    seen = dict(pick.partition("~")[::2] for pick in picks)
    form = ManyForm(request.POST)
    if not form.is_valid():
        return _page(request, list(seen), form, status=400)
    said = form.cleaned_data
    try:
        done = decide_many(
            seen, said["verdict"], reason=said["reason"], by=request.user, ground=said["ground"] or "charter",
            rule=said["rule"], with_strike=said["with_strike"], seen=seen,
        )  # fmt: skip
    except DomainError as refusal:
        form.refuse(refusal.field, str(refusal))
        return _page(request, list(seen), form, status=refusal.status)
    for case, why in done.refused[:REFUSALS_SHOWN]:
        messages.warning(request, f"{case}: {why}")
    if len(done.refused) > REFUSALS_SHOWN:
        more = len(done.refused) - REFUSALS_SHOWN
        words = ngettext("%(n)s other case was not decided.", "%(n)s other cases were not decided.", more)
        messages.warning(request, words % {"n": more})
    if done.decided:
        words = ngettext("%(n)s case is decided.", "%(n)s cases are decided.", len(done.decided))
        undoing.remember(request, words % {"n": len(done.decided)}, done.batch)
    return HttpResponseRedirect(reverse("trust_desk:index"))


def _chosen(request: HttpRequest) -> list[str]:
    author, view = author_of(request.GET), request.GET.get("view", "all")
    if not author or "case" in request.GET:
        return [one.replace("\x00", "") for one in request.GET.getlist("case")[: MOST + 1]]
    cases = waiting(view if view in VIEWS else "all", author).filter(matter=Matter.CONTENT)
    return list(cases.values_list("public_id", flat=True)[: MOST + 1])


def _page(request: HttpRequest, public_ids: list[str], form: ManyForm, status: int = 200) -> HttpResponse:
    cases = Case.objects.waiting().filter(public_id__in=public_ids[: MOST + 1], matter=Matter.CONTENT).in_turn()
    cases = list(cases.select_related("author").defer("author__password"))
    subjects = load_all((case.kind, case.subject_id) for case in cases)
    rows = [
        Row(case, subjects.get((case.kind, case.subject_id)), case.author_id == request.user.pk)
        for case in cases[:MOST]
    ]
    title = ngettext("%(n)s case chosen", "%(n)s cases chosen", len(rows)) % {"n": len(rows)}
    crumbs = [(_("Moderation"), reverse("trust_desk:index"))]
    return render_page(
        request, "trust/desk/bulk.html", title=title, crumbs=crumbs, status=status, rows=rows, form=form, most=MOST,
        too_many=len(cases) > MOST,
    )  # fmt: skip
