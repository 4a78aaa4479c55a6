"""The inbox, the preferences, and the page that stops mail of one kind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.cursors import paginate
from core.errors import NotFound, require
from members.models import Member

from .domain.digesting import hour
from .domain.preferring import ALL, SUMMARIES, choose_all, is_stopped, resume_mails, stop_all_mail, stop_mails
from .domain.presenting import grouped, present
from .domain.reading import mark_all_read, opened
from .forms import PreferencesForm
from .models import Notification
from .signing import read_stop_token
from .states import FIXED, Rhythm, Topic, Wish


@login_required
@never_cache
@require_GET
def inbox(request):
    """The newest first, by day and subject. Reading the list marks nothing: opening does."""
    show = request.GET.get("show", "")
    rows = Notification.objects.inbox_of(request.user).shown(show)
    page = paginate(rows, request.GET.get("cursor", ""))
    unread = Notification.objects.inbox_of(request.user).unread().order_by()[:100].count()
    here = reverse("notifications:inbox")
    tabs = [("", pgettext("notifications", "All"), None), ("unread", _("Unread"), unread), ("ideas", _("Ideas"), None),
            ("polls", _("Polls"), None), ("betas", _("Beta tests"), None)]  # fmt: skip
    filters = [
        {"label": label, "url": f"{here}?show={name}" if name else here, "current": show == name, "count": count}
        for name, label, count in tabs
    ]
    older = f"?show={show}&cursor={page.next}" if show else f"?cursor={page.next}"
    context = {
        "groups": grouped(present(page.items, request.user)), "unread": unread, "filters": filters, "show": show,
        "older": older if page.next else "", "is_first": not request.GET.get("cursor"), "hour": hour(),
    }  # fmt: skip
    return render(request, "notifications/inbox.html", context)


@login_required
@never_cache
@require_GET
def follow(request, public_id):
    """Mark one's own notification as read and go where it leads."""
    note = present([opened(public_id, by=request.user)], request.user)[0]
    if note.is_gone or not note.said.url:
        messages.info(request, note.said.body or note.said.lead)
        return redirect("notifications:inbox")
    return HttpResponseRedirect(note.said.url)


@login_required
@require_POST
def read_all(request):
    mark_all_read(by=request.user)
    return redirect("notifications:inbox")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def preferences(request):
    """Saved at each choice where there is JavaScript, by the button elsewhere."""
    if "none" in request.POST:
        stop_all_mail(request.user)
        messages.success(request, _("We will write to you no more. The Lab keeps your news for you here."))
        return redirect("notifications:preferences")
    form = PreferencesForm(request.POST or None, member=request.user)
    if request.method == "POST" and form.is_valid():
        choose_all({topic: Wish(in_lab, mail) for topic, in_lab, mail in form.wishes()}, by=request.user)
        if request.htmx:
            return render(request, "notifications/_saved.html", {"at": timezone.now()})
        messages.success(request, _("Your preferences are kept."))
        return redirect("notifications:preferences")
    context = {"form": form, "lines": list(form.lines()), "hour": hour()}
    return render(request, "notifications/preferences.html", context, status=400 if form.is_bound else 200)


@csrf_exempt  # a mail program posts here without a session (RFC 8058); the signed token is the right to do so
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request, token):
    """GET asks, POST stops: a program that only follows links changes nothing. Again changes nothing; the page takes it back."""
    public_id, what = read_stop_token(token)
    member = Member.objects.living().filter(public_id=public_id).first()
    require(member is not None, NotFound())
    require(what in (ALL, *SUMMARIES) or (what in Topic.values and what not in FIXED), NotFound())
    resumed = request.method == "POST" and "undo" in request.POST
    if request.method == "POST":
        (resume_mails if resumed else stop_mails)(member, what)
        if request.POST.get("List-Unsubscribe"):
            return HttpResponse(status=204)
    context = {"what": _name_of(what), "summary": what in SUMMARIES, "resumed": resumed,
               "is_done": not resumed and (request.method == "POST" or is_stopped(member, what))}  # fmt: skip
    return render(request, "notifications/stop.html", context)


def _name_of(what: str) -> str:
    if what in SUMMARIES:
        return _("the summary of the day") if what == Rhythm.DAILY else _("the summary of the week")
    return "" if what == ALL else Topic(what).label
