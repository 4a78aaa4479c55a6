"""Proposing an idea and changing it: nothing typed or chosen is lost, whatever the refusal, the preview or the compare step."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError, NotAllowed, require
from core.shield import for_public
from members.domain.circling import circle_to_write_in
from members.models import Circle

from ..challenge_forms import Call, call_of
from ..domain.editing import edit_idea
from ..domain.posting import post_idea
from ..forms import IdeaForm
from ..listing import find_idea
from ..models import TITLE_MIN, Category, Idea
from ..permissions import closed_to_edits
from ..presenting import suspension_of
from ..search import similar
from ..states import Visibility
from .notebook import first_slots, pictures_of, read_slots


@login_required
def new(request):
    """The notebook. Without JavaScript the ideas that look like it are shown once before it is published."""
    circle = circle_to_write_in(request.POST.get("circle", request.GET.get("circle", "")), by=request.user)
    call = call_of(request)
    if request.method != "POST":
        start = {"title": request.GET.get("title", "")[:120], "category": request.GET.get("category", "")}
        form = IdeaForm(initial=start, compares=True)
        first_slots(form)
        context = {"form": form, "circle": circle, "call": call, "suspended": suspension_of(request.user)}
        context["chosen"] = theme_of(form)
        return render(request, "ideas/new.html", context)
    form = IdeaForm(request.POST, compares=True)
    is_good = form.is_valid()
    read_slots(request, form)
    asked = bool(request.POST.get("compared"))
    if request.POST.get("step") == "preview":
        context = {"form": form, "asked": asked, "shown": shown(form, request.user), "circle": circle, "call": call}
        context["chosen"] = theme_of(form)
        return render(request, "ideas/new.html", context)
    alike: list[Idea] = []
    if is_good and not form.errors:
        if not asked:
            alike = similar_to(request, form.cleaned_data["title"])
        if not alike and (idea := publish(request, form, circle, call)):
            messages.success(request, posted_words(idea))
            return HttpResponseRedirect(idea.get_absolute_url() + "?posted=1")
    context = {"form": form, "compare": bool(alike), "asked": asked or bool(alike), "similar": alike, "circle": circle}
    context |= {"call": call, "chosen": theme_of(form)}
    return render(request, "ideas/new.html", context, status=200 if alike else form.status)


def posted_words(idea: Idea) -> str:
    if idea.visibility == Visibility.PUBLIC:
        return _("Your idea is online. You will hear of each step.")
    return _("Your idea has reached us. You will hear of each step.")  # its page says that we read it first


def theme_of(form: IdeaForm) -> Category | None:
    """The theme that the form names already: what is promised there can be said."""
    if form.is_bound:
        return form.cleaned_data.get("category")
    return (
        form.fields["category"].queryset.filter(slug=form.initial["category"]).first()
        if form.initial["category"]
        else None
    )


def publish(request, form: IdeaForm, circle: Circle | None, call: Call | None = None) -> Idea | None:
    """Call the verb; None, with the refusal in the form, when it says no."""
    texts = {name: form.cleaned_data[name] for name in ("title", "body", "category")}
    texts |= call.arguments if call else {}
    try:
        return post_idea(**texts, pictures=pictures_of(form), circle=circle, by=request.user)
    except DomainError as refusal:
        form.take(refusal)
        return None


def shown(form: IdeaForm, member) -> dict:
    """The idea as it would be read: masked as the shield publishes it. The form has masked what is never kept."""
    texts = {name: for_public(str(form[name].value() or "").strip()) for name in ("title", "body")}
    return texts | {"author": member, "pictures": [slot for slot in getattr(form, "slots", []) if slot.picture]}


@login_required
@require_POST
def preview(request):
    """The fragment under the notebook, asked for by its button: what was typed, as it would be read."""
    return render(request, "ideas/_preview.html", {"shown": shown(IdeaForm(request.POST), request.user)})


def similar_to(request, title: str) -> list[Idea]:
    return similar(title, limit=3, among=Idea.objects.listed(request.user).with_my_vote(request.user))


def similar_ideas(request):
    """The fragment beside the notebook, asked for while the title is typed."""
    title = request.GET.get("title", "").replace("\x00", "").strip()[:200]
    context = {"similar": similar_to(request, title), "asked": len(title) >= TITLE_MIN, "live": True}
    return render(request, "ideas/_similar.html", context)


@login_required
def edit(request, public_id):
    """Change one's own idea until staff take it up: texts, theme, pictures and what they show."""
    idea = find_idea(public_id, user=request.user, ideas=Idea.objects.select_related("category").with_edit_facts())
    require(idea.author_id == request.user.pk, NotAllowed(_("Only its author can change an idea.")))
    if closed := closed_to_edits(idea):
        messages.error(request, closed)
        return HttpResponseRedirect(idea.get_absolute_url())
    if request.method != "POST":
        form = IdeaForm(initial={"title": idea.title, "body": idea.body, "category": idea.category.slug})
        first_slots(form, idea)
        return render(request, "ideas/edit.html", {"form": form, "idea": idea})
    form = IdeaForm(request.POST)
    is_good = form.is_valid()
    read_slots(request, form, idea)
    if request.POST.get("step") == "preview":
        return render(request, "ideas/edit.html", {"form": form, "idea": idea, "shown": shown(form, request.user)})
    if is_good and not form.errors:
        texts = {name: form.cleaned_data[name] for name in ("title", "body", "category")}
        try:
            idea = edit_idea(idea, by=request.user, pictures=pictures_of(form), **texts)
        except DomainError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Your idea is changed. What it said before can still be read."))
            return HttpResponseRedirect(idea.get_absolute_url())
    return render(request, "ideas/edit.html", {"form": form, "idea": idea}, status=400)
