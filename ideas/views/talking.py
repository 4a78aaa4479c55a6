"""One comment: reacting to it, changing it, taking it back, and its earlier texts for those who moderate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.commenting import can_still_edit, editable_until
from core.errors import DomainError, NotAllowed, require

from ..domain.commenting import delete_comment, edit_comment
from ..domain.reacting import react, take_back
from ..forms import CommentForm
from ..listing import find_idea
from ..models import Comment
from ..permissions import can_read_versions
from ..states import Reaction
from ..threads import find_comment, reactions_shown
from .supporting import to_the_door


def address(comment: Comment) -> str:
    """The comment on its idea's page, its thread first."""
    return f"{comment.idea.get_absolute_url()}?comment={comment.public_id}#comment-{comment.public_id}"


@require_POST
def comment_react(request, public_id, comment_id):
    """POST `<reaction>=in` or `=out`: it says what is wanted, so that a double tap does not undo itself."""
    idea = find_idea(public_id, user=request.user)
    if not request.user.is_authenticated:
        return to_the_door(request, idea.get_absolute_url())
    comment = find_comment(idea, comment_id, user=request.user)
    for kind in Reaction.values:
        if kind in request.POST:
            change = take_back if request.POST[kind] == "out" else react
            change(comment, kind, by=request.user)
    if not request.htmx:
        return HttpResponseRedirect(address(comment))
    comment = find_comment(idea, comment_id, user=request.user)
    context = reactions_shown(comment, request.user) | {"name": str(comment.author)}
    return render(request, "ui/reactions.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request, public_id, comment_id):
    """Change one's own comment while there is time. A refusal comes back with what was typed."""
    comment = find_comment(find_idea(public_id, user=request.user), comment_id, user=request.user)
    require(comment.author_id == request.user.pk, NotAllowed(_("Only its author can do this with a comment.")))
    form, status = CommentForm(request.POST or None, initial={"body": comment.body}), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                edit_comment(comment, body=form.cleaned_data["body"], by=request.user)
            except DomainError as refusal:
                form.take(refusal)
                status = refusal.status
            else:
                messages.success(request, _("Your comment is changed."))
                return HttpResponseRedirect(address(comment))
    elif not can_still_edit(comment, request.user):
        messages.error(request, _("The time to change this comment is over. Write another one to set it right."))
        return HttpResponseRedirect(address(comment))
    context = {"form": form, "comment": comment, "idea": comment.idea, "back": address(comment),
               "until": editable_until(comment)}  # fmt: skip
    return render(request, "ideas/comment_edit.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def comment_delete(request, public_id, comment_id):
    """Asked once more: it cannot be undone."""
    comment = find_comment(find_idea(public_id, user=request.user), comment_id, user=request.user)
    require(comment.author_id == request.user.pk, NotAllowed(_("Only its author can do this with a comment.")))
    if request.method == "POST":
        delete_comment(comment, by=request.user)
        messages.success(request, _("Your comment is deleted. The replies stay."))
        return HttpResponseRedirect(address(comment))
    context = {"comment": comment, "idea": comment.idea, "back": address(comment)}
    return render(request, "ideas/comment_delete.html", context)


@login_required
@never_cache
@require_safe
def comment_versions(request, public_id, comment_id):
    """Every text that the comment had, the newest first, for those who moderate."""
    require(can_read_versions(request.user), NotAllowed())
    comment = find_comment(find_idea(public_id, user=request.user), comment_id, user=request.user)
    context = {"comment": comment, "idea": comment.idea, "back": address(comment), "versions": comment.versions.all()}
    return render(request, "ideas/comment_versions.html", context)
