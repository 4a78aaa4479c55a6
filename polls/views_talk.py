"""The talk of a consultation on the site: reacting to visuals, remarks. With htmx a fragment changes, without JavaScript one comes
back to the page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from core.commenting import can_still_edit, editable_until
from core.errors import DomainError, NotAllowed, NotFound, require
from core.posting import posts_to

from .consulting import can_react, find_remark, talk, visuals_of
from .domain.reacting import react
from .domain.remarking import delete_remark, edit_remark, remark_on
from .forms_talk import RemarkForm
from .models import Poll
from .permissions import can_see_results
from .sheets import Typed
from .views import address_of, page, read_poll


def _consultation(request: HttpRequest, public_id: str) -> Poll:
    """A consultation as this reader may read it; 404 for any other poll."""
    poll = get_object_or_404(Poll.objects.readable_by(request.user), public_id=public_id)
    require(poll.consultation, NotFound())
    return poll


def _to_the_door(request: HttpRequest, poll: Poll, anchor: str) -> HttpResponse:
    door = redirect_to_login(f"{poll.get_absolute_url()}#{anchor}", "account_login")
    return HttpResponseClientRedirect(door.url) if request.htmx else door


@posts_to(address_of)
def visual_react(request: HttpRequest, public_id: str, visual_id: str) -> HttpResponse:
    """POST `kind=<reaction>` reacts so, `kind=` takes it back: it says what is wanted, so a double tap does not undo itself."""
    poll = _consultation(request, public_id)
    if not request.user.is_authenticated:
        return _to_the_door(request, poll, f"visual-{visual_id}")
    refusal = None
    try:
        react(public_id, visual_id, request.POST.get("kind", ""), by=request.user)
    except NotFound:
        raise
    except DomainError as error:
        refusal = error
    if not request.htmx:
        if refusal:
            return page(request, read_poll(request, public_id), typed=Typed(), error=refusal)
        return HttpResponseRedirect(f"{poll.get_absolute_url()}#visual-{visual_id}")
    poll = read_poll(request, public_id)
    visuals = visuals_of(request.user, poll, can_see_results(request.user, poll))
    visual = next((one for one in visuals if one.question.public_id == visual_id), None)
    require(visual is not None, NotFound())
    context = {"poll": poll, "visual": visual, "can_react": can_react(request.user, poll), "refusal": refusal}
    return render(request, "polls/_reactions.html", context, status=refusal.status if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request: HttpRequest, public_id: str) -> HttpResponse:
    """GET: the remarks after a cursor, a fragment for htmx. POST: say something; a refusal comes back with what was typed."""
    poll = _consultation(request, public_id)
    if request.method == "POST":
        return _say(request, poll)
    if not request.htmx:
        return page(request, read_poll(request, public_id), typed=Typed())
    context = talk(poll, request.user, cursor=request.GET.get("cursor", ""), first=request.GET.get("remark", ""))
    return render(request, "polls/_remarks.html", context | {"poll": poll})


def _say(request: HttpRequest, poll: Poll) -> HttpResponse:
    if not request.user.is_authenticated:
        return _to_the_door(request, poll, "say")
    form, status = RemarkForm(request.POST), 400
    if form.is_valid():
        try:
            said = remark_on(poll, body=form.cleaned_data["body"], by=request.user)
        except DomainError as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            return HttpResponseRedirect(
                f"{poll.get_absolute_url()}?said=1&remark={said.public_id}#remark-{said.public_id}"
            )
    return page(request, read_poll(request, poll.public_id), typed=Typed(), form=form, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remark_edit(request: HttpRequest, public_id: str, remark_id: str) -> HttpResponse:
    """Change one's own remark while there is time. A refusal comes back with what was typed."""
    remark = find_remark(_consultation(request, public_id), remark_id, user=request.user)
    require(remark.author_id == request.user.pk, NotAllowed(_("Only its author can do this with a comment.")))
    form, status = RemarkForm(request.POST or None, initial={"body": remark.body}), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                edit_remark(remark, body=form.cleaned_data["body"], by=request.user)
            except DomainError as refusal:
                form.take(refusal)
                status = refusal.status
            else:
                messages.success(request, _("Your comment is changed."))
                return HttpResponseRedirect(remark.get_absolute_url())
    elif not can_still_edit(remark, request.user):
        messages.error(request, _("The time to change this comment is over. Write another one to set it right."))
        return HttpResponseRedirect(remark.get_absolute_url())
    context = {"form": form, "remark": remark, "poll": remark.poll, "until": editable_until(remark)}
    return render(request, "polls/remark_edit.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remark_delete(request: HttpRequest, public_id: str, remark_id: str) -> HttpResponse:
    """Asked once more: it cannot be undone."""
    remark = find_remark(_consultation(request, public_id), remark_id, user=request.user)
    require(remark.author_id == request.user.pk, NotAllowed(_("Only its author can do this with a comment.")))
    if request.method == "POST":
        delete_remark(remark, by=request.user)
        messages.success(request, _("Your comment is deleted."))
        return HttpResponseRedirect(remark.get_absolute_url())
    return render(request, "polls/remark_delete.html", {"remark": remark, "poll": remark.poll})
