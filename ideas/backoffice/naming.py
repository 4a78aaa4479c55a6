"""Named views on the desk: kept from what is on screen, then renamed, ordered, shared or dropped on a page of their own."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.desk import opens_to, render_page
from core.errors import DomainError

from ..domain import viewing as verbs
from ..models import Category
from ..permissions import can_open_desk
from ..queueing import Asked, known_views
from ..states import Crowd, State
from .queue import query_of, saved_views


@opens_to(can_open_desk)
def index(request: HttpRequest) -> HttpResponse:
    """One's own views and the team's; a form keeps the present choice as a new one."""
    if request.method == "POST":
        return _create(request)
    return _page(request)


def _create(request: HttpRequest) -> HttpResponse:
    said, asked = request.POST, query_of(request)
    try:
        view = verbs.save_view(
            said.get("name", ""), asked.choice, by=request.user, is_default=bool(said.get("default")),
            is_shared=bool(said.get("shared")),
        )  # fmt: skip
    except DomainError as refusal:
        return _page(request, refusal=refusal, status=refusal.status)
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return HttpResponseRedirect(reverse("ideas_desk:index", query={"view": view.public_id}))


def _page(request: HttpRequest, *, status: int = 200, refusal: DomainError | None = None, at: str = "") -> HttpResponse:
    asked, saved = query_of(request), saved_views(request)
    themes = {theme.slug: theme.name for theme in Category.objects.all()}
    known = {view.public_id: view for view in saved}
    rows = [(view, in_words(Asked.of_tab(view.public_id, known), themes)) for view in saved]
    return render_page(
        request,
        "ideas/desk/views.html",
        title=_("Views of the queue"),
        crumbs=[(_("Idea triage"), asked.url())],
        status=status,
        asked=asked,
        said=in_words(asked, themes),
        mine=[row for row in rows if row[0].is_mine],
        shared=[row for row in rows if not row[0].is_mine],
        typed=request.POST,
        refusal=refusal,
        at=at,
    )


@require_POST
@opens_to(can_open_desk)
def change(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """One verb on one of one's views."""
    view, by = verbs.find_view(public_id, user=request.user), request.user
    acts = {
        "rename": lambda: verbs.change_view(view, by=by, name=request.POST.get("name", "")),
        "replace": lambda: verbs.change_view(view, by=by, choice=query_of(request).choice),
        "share": lambda: verbs.change_view(view, by=by, is_shared=True),
        "unshare": lambda: verbs.change_view(view, by=by, is_shared=False),
        "first": lambda: verbs.make_default(view, by=by),
        "not-first": lambda: verbs.make_default(view, by=by, on=False),
        "up": lambda: verbs.shift_view(view, by=by, step=-1),
        "down": lambda: verbs.shift_view(view, by=by, step=1),
        "delete": lambda: verbs.delete_view(view, by=by),
    }
    if what not in acts:
        raise Http404
    try:
        acts[what]()
    except DomainError as refusal:
        return _page(request, refusal=refusal, status=refusal.status, at=public_id)
    return HttpResponseRedirect(reverse("ideas_desk:views"))


def in_words(asked: Asked, themes: dict[str, str]) -> list[str]:
    """A choice as one reads it: view, filters, order."""
    words = [str(known_views()[asked.base].label)]
    if asked.category:
        words.append(themes.get(asked.category, asked.category))
    if asked.state:
        words.append(str(State(asked.state).label))
    if asked.author:
        words.append(_("written by: %(who)s") % {"who": Crowd(asked.author).label.lower()})
    if asked.voters:
        words.append(_("carried by: %(who)s") % {"who": Crowd(asked.voters).label.lower()})
    if asked.staff:
        words.append(_("with staff’s votes"))
    if asked.q:
        words.append(_("“%(words)s”") % {"words": asked.q})
    words.append(str(asked.sorts[asked.sorted_by]))
    return words
