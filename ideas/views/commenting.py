"""Commenting, and the next comments of a long discussion."""

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from core.errors import DomainError

from ..domain.commenting import comment_on
from ..forms import CommentForm
from ..listing import find_idea
from ..models import Comment
from .reading import comments_page, idea_page, read_idea
from .supporting import to_the_door


@require_POST
def comment(request, public_id):
    """Publish a comment or a reply; a refusal comes back on the page with what was typed."""
    idea = read_idea(request, public_id)
    if not request.user.is_authenticated:
        return to_the_door(request, idea.get_absolute_url())
    form, status = CommentForm(request.POST), 400
    if form.is_valid():
        parent = (
            Comment.objects.visible_to(request.user).filter(idea=idea, public_id=form.cleaned_data["parent"]).first()
        )
        try:
            said = comment_on(idea, body=form.cleaned_data["body"], parent=parent, by=request.user)
        except DomainError as refusal:
            form.take(refusal)
            status = refusal.status
        else:
            return HttpResponseRedirect(
                f"{idea.get_absolute_url()}?said=1&comment={said.public_id}#comment-{said.public_id}"
            )
    return render(request, "ideas/detail.html", idea_page(request, idea, form), status=status)


def more_comments(request, public_id):
    """The threads after a cursor: a fragment for htmx, the whole page without JavaScript."""
    if not request.htmx:
        idea = read_idea(request, public_id)
        return render(request, "ideas/detail.html", idea_page(request, idea))
    idea = find_idea(public_id, user=request.user)
    context = comments_page(request, idea) | {"idea": idea, "signed_out": not request.user.is_authenticated}
    return render(request, "ideas/_comments.html", context)
