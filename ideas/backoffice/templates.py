"""The templates of official answers: the list, a new one, one with its versions."""

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.cursors import paginate
from core.desk import opens_to, render_page
from core.errors import DomainError

from ..domain.templating import ASKED, FROM_IDEA, edit_template, write_template
from ..models import AnswerTemplate
from ..permissions import can_keep_tags, can_open_desk
from .forms import TemplateForm

SIZE = 30


@opens_to(can_open_desk)
def index(request: HttpRequest) -> HttpResponse:
    rows = AnswerTemplate.objects.select_related("category", "owner").defer("owner__password")
    rows = rows.annotate(used=Count("versions__answers"))
    page = paginate(rows.order_by("-is_active", "name_fr", "id"), request.GET.get("cursor", ""), size=SIZE)
    return render_page(
        request, "ideas/desk/templates.html", title=_("Answer templates"), crumbs=_crumbs(), rows=page.items,
        may_write=can_keep_tags(request.user), next_cursor=page.next, previous_cursor=page.previous,
    )  # fmt: skip


@opens_to(can_open_desk)
def new(request: HttpRequest) -> HttpResponse:
    form = TemplateForm(request.POST or None, initial={"owner": request.user.public_id})
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "is_active"}
        try:
            template = write_template(**said, by=request.user)
        except DomainError as refusal:
            form.refuse(refusal.field, str(refusal))
            return _form(request, form, _("New template"), status=refusal.status)
        messages.success(request, _("The template can be used from now on."))
        return HttpResponseRedirect(reverse("ideas_desk:template", args=[template.public_id]))
    return _form(request, form, _("New template"), status=400 if request.method == "POST" else 200)


@opens_to(can_open_desk)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """One template. A POST rewrites it; another text is another version."""
    template = AnswerTemplate.objects.select_related("category", "owner").filter(public_id=key).first()
    if not template:
        raise Http404
    versions = list(template.versions.select_related("by").defer("by__password").annotate(used=Count("answers"))[:50])
    form = TemplateForm(request.POST or None, initial=_initial(template, versions[0]))
    if request.method == "POST" and form.is_valid():
        try:
            now = edit_template(template, **form.cleaned_data, by=request.user)
        except DomainError as refusal:
            form.refuse(refusal.field, str(refusal))
            return _form(request, form, template.name, template, versions, status=refusal.status)
        words = _("Version %(n)s is in force.") if now.version != template.version else _("The template is kept.")
        messages.success(request, words % {"n": now.version} if now.version != template.version else words)
        return HttpResponseRedirect(reverse("ideas_desk:template", args=[key]))
    return _form(request, form, template.name, template, versions, status=400 if request.method == "POST" else 200)


def _initial(template: AnswerTemplate, version: Any) -> dict:
    return {
        "name_fr": template.name_fr, "name_en": template.name_en, "body_fr": version.body_fr, "body_en": version.body_en,
        "category": template.category.slug if template.category else None,
        "owner": template.owner.public_id if template.owner else None, "is_active": template.is_active,
    }  # fmt: skip


def _form(
    request: HttpRequest, form: TemplateForm, title: str, template=None, versions=(), status: int = 200
) -> HttpResponse:
    return render_page(
        request, "ideas/desk/template.html", title=title,
        crumbs=[*_crumbs(), (_("Answer templates"), reverse("ideas_desk:templates"))],
        status=status, form=form, letter=template, versions=versions, may_write=can_keep_tags(request.user),
        from_idea=FROM_IDEA.items(), asked=ASKED.items(),
    )  # fmt: skip


def _crumbs() -> list:
    return [(_("Idea triage"), reverse("ideas_desk:index"))]
