"""Making circles, inviting, putting out, closing. The verbs decide; a refusal comes back with what was typed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.cursors import paginate
from core.desk import opens_to, render_page
from core.errors import DomainError

from ..domain.circling import change_circle, close_circle, invite_to_circle, make_circle, remove_from_circle
from ..models import Circle, Member
from ..permissions import can_read_circles, can_run_circles
from .forms import CircleForm

write = require_http_methods(["GET", "POST"])


@require_GET
@opens_to(can_read_circles)
def index(request: HttpRequest) -> HttpResponse:
    page = paginate(Circle.objects.with_size().order_by("-id"), request.GET.get("cursor", ""))
    may_write = can_run_circles(request.user)
    return render_page(request, "members/desk/circles.html", title=_("Circles"), page=page, may_write=may_write)


@write
@opens_to(can_run_circles)
def new(request: HttpRequest) -> HttpResponse:
    form = CircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            circle = make_circle(by=request.user, **form.values)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The circle is made."))
            return redirect("circles_desk:people", circle.public_id)
    status = 400 if form.errors else 200
    return render_page(
        request, "members/desk/circle_new.html", title=_("New circle"), crumbs=crumbs(), status=status, form=form
    )


@write
@opens_to(can_read_circles)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    circle = found(public_id)
    form = CircleForm(request.POST or None, circle=circle, initial=CircleForm.values_of(circle))
    if request.method == "POST" and form.is_valid():
        try:
            change_circle(circle, by=request.user, **form.values)
        except DomainError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("circles_desk:edit", public_id)
    return page_of(request, "members/desk/circle_edit.html", circle, status=400 if form.errors else 200, form=form)


@require_GET
@opens_to(can_read_circles)
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    return people_page(request, found(public_id))


@require_POST
@opens_to(can_run_circles)
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    circle, typed = found(public_id), request.POST.get("emails", "")
    try:
        asked, unknown = invite_to_circle(circle, typed.replace(",", "\n").replace(";", "\n").split(), by=request.user)
    except DomainError as refusal:
        return people_page(request, circle, typed=typed, refused=str(refusal), status=refusal.status)
    done = ngettext("%(n)s person is invited.", "%(n)s people are invited.", asked) % {"n": asked}
    messages.success(request, done)
    if unknown:
        left = _("No member has these addresses: check them, or invite these people to sign up first.")
        return people_page(request, circle, typed="\n".join(unknown), refused=left)
    return redirect("circles_desk:people", public_id)


@require_POST
@opens_to(can_run_circles)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    member = Member.objects.filter(public_id=request.POST.get("member", "")).first()
    if member is None:
        raise Http404
    remove_from_circle(found(public_id), member, by=request.user)
    messages.success(request, _("%(name)s is no longer in the circle.") % {"name": member})
    return redirect("circles_desk:people", public_id)


@require_POST
@opens_to(can_run_circles)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    close_circle(found(public_id), by=request.user)
    messages.success(request, _("The circle is closed. Its people go on reading it."))
    return redirect("circles_desk:edit", public_id)


def found(public_id: str) -> Circle:
    circle = Circle.objects.with_size().filter(public_id=public_id).first()
    if circle is None:
        raise Http404
    return circle


def crumbs() -> list:
    return [(_("Circles"), reverse("circles_desk:index"))]


def refuse(form: CircleForm, refusal: DomainError) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def people_page(request: HttpRequest, circle: Circle, *, status: int = 200, **typed: str) -> HttpResponse:
    rows = circle.memberships.present().with_member().order_by("-id")
    page = paginate(rows, request.GET.get("cursor", ""), size=50)
    return page_of(request, "members/desk/circle_people.html", circle, status=status, page=page, **typed)


def page_of(request: HttpRequest, template: str, circle: Circle, *, status: int = 200, **context) -> HttpResponse:
    context |= {"circle": circle, "may_write": can_run_circles(request.user)}
    return render_page(request, template, title=circle.name, crumbs=crumbs(), status=status, **context)
