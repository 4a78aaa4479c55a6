"""The moderation desk: `?view=` and `?author=` choose the queue, `?case=` a case, `&do=` prepares a verdict; a form gives it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from core.desk import opens_to, render_page, url_if_there
from core.errors import DomainError, require
from members.models import Member
from members.permissions import can_take_part

from ..casework import Work, author_of, find_case, history_of, of_author, queue, work_on
from ..domain.banning import ban, lift_ban
from ..figures import rates
from ..models import Case
from ..permissions import can_ban, can_decide, can_open_queue, can_read_rates, can_set_rules
from ..querysets import VIEWS
from ..states import Kind
from . import moves, undoing
from .forms import BanForm, DeskForm

COMPLAINS = (Kind.IDEA, Kind.COMMENT, Kind.REMARK)  # what can become a complaint


def labels() -> dict[str, str]:
    return {
        "all": pgettext("moderation", "All"),
        "urgent": pgettext("moderation", "Urgent"),
        "reported": pgettext("moderation", "Reported"),
        "held": pgettext("moderation", "Held"),
        "appeals": pgettext("moderation", "Appeals"),
        "votes": pgettext("moderation", "Bursts of votes"),
    }


def address(view: str = "all", **more: str) -> str:
    params = QueryDict(mutable=True)
    params.update({name: value for name, value in {"view": view if view != "all" else "", **more}.items() if value})
    return reverse("trust_desk:index", query=params or None)


@require_GET
@opens_to(can_open_queue)
def index(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("case", "")
    case = find_case(chosen[:12]) if chosen else None
    if chosen and case is None:
        raise Http404
    return _page(request, case)


@require_POST
@opens_to(can_open_queue)
def act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Give a verdict. A refusal gives the page back with everything that was typed."""
    case, move = find_case(public_id), moves.BY_NAME.get(name)
    if case is None or move is None:
        raise Http404
    require(can_decide(request.user))
    form, status = move.form(request.POST), 400
    if form.is_valid():
        try:
            work = work_on(case, reader=request.user)
            require(
                move.offered(work), DomainError(_("A colleague has decided this case."), code="case_closed", status=409)
            )
            batch = move.run(work, form.cleaned_data, request.user)
        except DomainError as refusal:
            form.refuse(refusal.field, str(refusal))
            status = refusal.status
        else:
            undoing.remember(request, _("It is decided: “%(move)s”.") % {"move": move.label}, batch)
            return HttpResponseRedirect(address(_view(request), author=author_of(request.GET)))
    return _page(request, find_case(public_id), move=move, form=form, status=status)


def _view(request: HttpRequest) -> str:
    view = request.GET.get("view", "")
    return view if view in VIEWS else "all"


def _page(
    request: HttpRequest,
    case: Case | None,
    *,
    move: moves.Move | None = None,
    form: DeskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    view = _view(request)
    author = author_of(request.GET)
    page = queue(view, request.GET.get("cursor", "")[:400], author)
    counts, names = of_author(author).counts(), labels()
    pane = "decider" if move or request.GET.get("do") else "idee" if case else "file"
    if case is None and page.items:
        case = page.items[0]
    for row in page.items:
        row.desk_url = address(view, case=row.public_id, author=author)
    context: dict[str, Any] = {
        "rows": page.items, "view": view, "pane": pane, "author": author, "all_url": address(view),
        "judge_all": author and counts["reported"] + counts["held"] > 1,
        "previous_url": address(view, cursor=page.previous, author=author) if page.previous else "",
        "next_url": address(view, cursor=page.next, author=author) if page.next else "",
        "tabs": [(name, names[name], counts[name], address(name, author=author), name == view) for name in VIEWS],
        "case": case, "undo": undoing.current(request), "can_decide": can_decide(request.user),
        "can_read_rates": can_read_rates(request.user), "can_set_rules": can_set_rules(request.user),
    }  # fmt: skip
    if case:
        context |= _case(request, case, view, move, form)
    return render_page(request, "trust/desk/queue.html", title=_("Moderation"), status=status, **context)


def _case(request: HttpRequest, case: Case, view: str, move: moves.Move | None, form: DeskForm | None) -> dict:
    work, user, author = work_on(case, reader=request.user), request.user, author_of(request.GET)
    decides = can_decide(user, case)
    is_own_review = bool(work.appeal and work.appeal.first_decider_id == user.pk)
    offered = moves.offered_on(work, decides and not is_own_review)
    move = move or next((one for one in offered if one.name == request.GET.get("do")), None)
    form = (form or move.form()) if move else None
    if form and "seen" in form.fields:
        _show(form, work)
    return {
        "work": work, "here": address(view, case=case.public_id, author=author), "is_own_review": is_own_review,
        "is_own": case.author_id == user.pk, "may_ban": can_ban(user),
        "moves": [(one, address(view, case=case.public_id, do=one.name, author=author)) for one in offered],
        "move": move, "form": form,
        "act_url": _act_url(case, move, view, author) if move else "",
        "complain_url": _complain_url(work) if offered else "",
    }  # fmt: skip


def _complain_url(work: Work) -> str:
    """Where a customer's text of this case is made a complaint, for who decides it."""
    subject = work.subject
    if subject is None or subject.kind not in COMPLAINS or getattr(subject.thing, "is_official", False):
        return ""
    return url_if_there("complaints_desk:open", **{subject.kind: subject.thing.public_id})


def _show(form: DeskForm, work: Work) -> None:
    """The verdict goes with the version of the text that this page shows."""
    version = work.subject.version if work.subject else ""
    form.initial["seen"] = version
    if form.is_bound:
        form.data = form.data.copy()
        form.data["seen"] = version


def _act_url(case: Case, move: moves.Move, view: str, author: str) -> str:
    asked = {"view": view if view != "all" else "", "author": author}
    query = {name: value for name, value in asked.items() if value}
    return reverse("trust_desk:act", args=[case.public_id, move.name], query=query or None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(can_open_queue)
def member(request: HttpRequest, public_id: str) -> HttpResponse:
    """A member's file: what was decided, strikes, suspensions; suspending and lifting."""
    person = Member.objects.living().filter(public_id=public_id).first()
    if person is None:
        raise Http404
    form, status = BanForm(), 200
    if request.method == "POST":
        require(can_ban(request.user))
        form, status = BanForm(request.POST), 400
        if form.is_valid():
            try:
                _suspend_or_lift(request, person, form.cleaned_data)
            except DomainError as refusal:
                form.refuse(refusal.field, str(refusal))
                status = refusal.status
            else:
                return HttpResponseRedirect(request.path)
    if not can_take_part(person):
        form.fields.pop("days", None)  # lifting takes a reason alone
    crumbs = [(_("Moderation"), reverse("trust_desk:index"))]
    return render_page(
        request, "trust/desk/member.html", title=person.display_name, crumbs=crumbs, status=status, person=person, form=form,
        may_ban=can_ban(request.user) and not person.is_staff, **history_of(person),
    )  # fmt: skip


def _suspend_or_lift(request: HttpRequest, person: Member, said: dict) -> None:
    if "lift" in request.POST:
        lift_ban(person, reason=said["reason"], by=request.user)
        messages.success(request, _("%(name)s can take part again.") % {"name": person.display_name})
    else:
        ban(person, days=said["days"], reason=said["reason"], by=request.user)
        messages.success(request, _("%(name)s reads, and takes no part for now.") % {"name": person.display_name})


@require_GET
@opens_to(can_read_rates)
def removals(request: HttpRequest) -> HttpResponse:
    """The rate of removals by owner of themes, for auditors."""
    crumbs = [(_("Moderation"), reverse("trust_desk:index"))]
    return render_page(request, "trust/desk/rates.html", title=_("Removals by owner"), crumbs=crumbs, rates=rates())
