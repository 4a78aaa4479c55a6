"""Proposing an idea and changing it: nothing typed is lost, whatever the refusal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.errors import DomainError, NotAllowed, require

from ..domain.posting import edit_idea, post_idea
from ..forms import IdeaForm
from ..listing import find_idea
from ..models import TITLE_MIN, Idea
from ..permissions import can_edit
from ..search import similar


@login_required
def new(request):
    """The notebook. Without JavaScript the ideas that look like it are shown once before it is published."""
    if request.method != "POST":
        start = {"title": request.GET.get("title", "")[:120], "category": request.GET.get("category", "")}
        return render(request, "ideas/new.html", {"form": IdeaForm(initial=start, compares=True)})
    form = IdeaForm(request.POST, compares=True)
    alike: list[Idea] = []
    if form.is_valid():
        if not request.POST.get("compared"):
            alike = similar_to(request, form.cleaned_data["title"])
        if not alike:
            idea = publish(request, form)
            if idea:
                messages.success(request, _("Your idea is online. You will hear of each step."))
                return HttpResponseRedirect(idea.get_absolute_url() + "?posted=1")
    context = {"form": form, "compare": bool(alike), "similar": alike, "had_files": bool(request.FILES)}
    return render(request, "ideas/new.html", context, status=200 if alike else 400)


def publish(request, form: IdeaForm) -> Idea | None:
    """Call the verb; None, with the refusal in the form, when it says no."""
    files = sorted((name, file) for name in request.FILES for file in request.FILES.getlist(name))
    alts = [form.cleaned_data.get(name.replace("image", "alt"), "") for name, _file in files]
    try:
        return post_idea(
            title=form.cleaned_data["title"], body=form.cleaned_data["body"], category=form.cleaned_data["category"],
            images=[file for _name, file in files], alts=alts, by=request.user,
        )  # fmt: skip
    except DomainError as refusal:
        form.take(refusal)
        return None


def similar_to(request, title: str) -> list[Idea]:
    return similar(title, limit=3, among=Idea.objects.listed(request.user).with_my_vote(request.user))


def similar_ideas(request):
    """The fragment beside the notebook, asked for while the title is typed."""
    title = request.GET.get("title", "").replace("\x00", "").strip()[:200]
    context = {"similar": similar_to(request, title), "asked": len(title) >= TITLE_MIN}
    return render(request, "ideas/_similar.html", context)


@login_required
def edit(request, public_id):
    """Change one's own idea while it is new."""
    idea = find_idea(public_id, user=request.user, ideas=Idea.objects.select_related("category"))
    require(idea.author_id == request.user.pk, NotAllowed(_("Only its author can change an idea.")))
    if not can_edit(request.user, idea):
        messages.error(request, _("We have taken up this idea: it can no longer be changed. Add a comment instead."))
        return HttpResponseRedirect(idea.get_absolute_url())
    if request.method != "POST":
        start = {"title": idea.title, "body": idea.body, "category": idea.category.slug}
        return render(request, "ideas/edit.html", {"form": IdeaForm(initial=start), "idea": idea})
    form = IdeaForm(request.POST)
    if form.is_valid():
        texts = {name: form.cleaned_data[name] for name in ("title", "body", "category")}
        try:
            idea = edit_idea(idea, by=request.user, **texts)
        except DomainError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Your idea is changed."))
            return HttpResponseRedirect(idea.get_absolute_url())
    return render(request, "ideas/edit.html", {"form": form, "idea": idea}, status=400)
