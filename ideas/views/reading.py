"""Reading ideas: the list and one idea's page."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.cursors import paginate
from core.errors import NotFound
from members.domain.circling import find_circle

from ..beside import tags_of, votes_apart
from ..counting import choices_for, figures
from ..domain.referring import note_read
from ..forms import CommentForm
from ..listing import BEST, Wanted, find_idea, find_withdrawn, with_answer
from ..models import Category, Challenge, Idea, Tag
from ..permissions import can_edit, can_open_desk, can_see_challenge, can_withdraw, closed_to_edits, is_signed_in
from ..presenting import card, letter_of, promise_of, suspension_of, who_decides
from ..search import Marker, similar
from ..states import CommentOrder, Order, State, Visibility
from ..threads import order_of, thread, threads_of
from ..timeline import legs_of
from .withdrawing import gone

FLAGS = ("mine", "followed", "unanswered")


def idea_list(request):
    """The list: words, filters and order are all in the address."""
    counts = figures().seen_by(request.user)
    themes = [theme for theme in Category.objects.all() if theme.is_active or counts.count(categories=[theme.pk])]
    choices = choices_for(request.user)
    tags = [choice.key for choice in choices if choice.kind == "tag"]
    wanted = Wanted.read(request.GET, known=[theme.slug for theme in themes], user=request.user, tags=tags)
    if (wanted.mine or wanted.followed) and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    page = paginate(
        with_answer(wanted.ideas(request.user).with_card().with_my_vote(request.user)), request.GET.get("cursor", "")
    )
    marker = Marker(wanted.text) if wanted.text else None
    cards = [card(idea, request.user, marker) for idea in page.items]
    context = {
        "cards": cards, "more_url": address(wanted, cursor=page.next) if page.next else "", "wanted": wanted,
        "signed_out": not request.user.is_authenticated,
    }  # fmt: skip
    if request.htmx and request.GET.get("cursor") and not request.htmx.boosted:
        return render(request, "ideas/_slips.html", context)
    if is_stale(counts, wanted, themes, page, request.GET.get("cursor")):
        counts = figures(fresh=True).seen_by(request.user)
    named = names_of(wanted, choices)
    context |= {
        "tag_facets": choice_facets("tag", wanted, named), "no_challenge": wanted.challenge is None,
        "challenge_facets": choice_facets("challenge", wanted, named),
        "whole": counts.count(), "count": count_of(wanted, themes, counts, page, request.GET.get("cursor")),
        "theme_facets": theme_facets(themes, wanted, counts), "state_facets": state_facets(wanted, counts, themes),
        "own_facets": flag_facets(wanted, FLAGS[:2]) if request.user.is_authenticated else [],
        "answer_facets": flag_facets(wanted, FLAGS[2:]),
        "orders": orders(wanted), "chips": chips(wanted, themes, named, request.user), "order_words": order_words(wanted),
        "fields": list(fields_of(wanted)), "first_url": address(wanted), "clear_url": reverse("ideas:list"),
    }  # fmt: skip
    return render(request, "ideas/list.html", context)


def fields_of(wanted: Wanted, *, without: str = ""):
    """The list's address as (name, value) pairs, less one "name" or one "name=value"."""
    pairs = [("search", wanted.text), ("order", wanted.order)]
    pairs += [("challenge", wanted.challenge.public_id)] if wanted.challenge else []
    pairs += [("circle", wanted.circle)]
    pairs += [("category", slug) for slug in wanted.categories] + [("state", state) for state in wanted.states]
    pairs += [("tag", slug) for slug in wanted.tags]
    pairs += [(name, "1") for name in FLAGS if getattr(wanted, name)]
    for name, value in pairs:
        if value and without not in (name, f"{name}={value}"):
            yield name, value


def address(wanted: Wanted, *, without: str = "", **more) -> str:
    query = [*fields_of(wanted, without=without), *((name, value) for name, value in more.items() if value)]
    return reverse("ideas:list") + (f"?{urlencode(query)}" if query else "")


def orders(wanted: Wanted) -> list[dict]:
    found = [{"label": _("Best first"), "url": address(wanted, without="order"), "current": wanted.by_relevance}]
    found = found if wanted.text else []
    for order in Order:
        url = address(wanted, without="order", order="" if order == Order.TRENDING and not wanted.text else order.value)
        found.append({"label": order.label, "url": url, "current": wanted.shown_order == order})
    return found


def order_words(wanted: Wanted) -> str:
    return {
        "": _("best first"),
        Order.TRENDING: _("those that move first"),
        Order.VOTES: _("most supported first"),
        Order.NEWEST: _("newest first"),
        Order.DISCUSSED: _("most discussed first"),
    }[wanted.shown_order]


def theme_facets(themes, wanted, counts) -> list[dict]:
    """Each theme with how many ideas it holds in the states chosen: together, as many as the list shows."""
    return [
        {"name": "category", "value": theme.slug, "label": theme.name, "checked": theme.slug in wanted.categories,
         "count": counts.count(categories=[theme.pk], states=wanted.states) if is_counted(wanted) else None}
        for theme in themes
    ]  # fmt: skip


def state_facets(wanted, counts, themes) -> list[dict]:
    """Each state with how many ideas it holds in the themes chosen. Merged ones stand behind others: the list leaves them out,
    so they bear no figure until they are asked for."""
    keys = keys_of(wanted, themes)
    return [
        {"name": "state", "value": state.value, "label": state.label, "state": state.value,
         "checked": state in wanted.states,
         "count": counts.count(states=[state], categories=keys)
         if is_counted(wanted) and (state != State.MERGED or state in wanted.states) else None}
        for state in State
    ]  # fmt: skip


def is_counted(wanted) -> bool:
    """Words and « mine » narrow the list in ways that the figures do not know: no figure rather than a wrong one."""
    narrowed = wanted.text or wanted.challenge or wanted.circle or wanted.tags
    return not narrowed and not any(getattr(wanted, name) for name in FLAGS)


def is_stale(counts, wanted, themes, page, cursor) -> bool:
    """Whether the list, which is whole on this page, says otherwise than the figures kept in memory."""
    if not is_counted(wanted) or page.next or cursor:
        return False
    return len(page.items) != counts.count(states=wanted.states, categories=keys_of(wanted, themes))


def keys_of(wanted, themes) -> list[int]:
    return [theme.pk for theme in themes if theme.slug in wanted.categories]


def flag_facets(wanted, names=FLAGS) -> list[dict]:
    labels = {"mine": _("My ideas"), "followed": _("Those I follow"), "unanswered": _("Not answered yet")}
    return [{"name": name, "value": "1", "label": labels[name], "checked": getattr(wanted, name)} for name in names]


def names_of(wanted: Wanted, choices) -> dict[tuple[str, str], str]:
    """The tags and challenges that can be chosen, and those that are though they are not offered any more, by name."""
    named = {(choice.kind, choice.key): choice.name for choice in choices}
    if wanted.challenge:
        named[("challenge", wanted.challenge.public_id)] = wanted.challenge.title
    if left := [slug for slug in wanted.tags if ("tag", slug) not in named]:
        named |= {("tag", tag.slug): tag.name for tag in Tag.objects.filter(slug__in=left)}
    return named


def choice_facets(kind: str, wanted: Wanted, named) -> list[dict]:
    chosen = {*wanted.tags} if kind == "tag" else {wanted.challenge.public_id if wanted.challenge else ""}
    return [
        {"name": kind, "value": key, "label": label, "checked": key in chosen}
        for (of, key), label in named.items()
        if of == kind
    ]


def chips(wanted: Wanted, themes, named, user) -> list[dict]:
    """Filters in force, each with the address of the list without it."""
    labels = {("category", theme.slug): theme.name for theme in themes}
    labels |= {("state", state.value): state.label for state in State}
    labels |= named
    labels |= {(facet["name"], "1"): facet["label"] for facet in flag_facets(wanted)}
    if wanted.circle:
        labels[("circle", wanted.circle)] = find_circle(wanted.circle, user=user).name
    return [
        {"label": labels[(name, value)], "url": address(wanted, without=f"{name}={value}")}
        for name, value in fields_of(wanted)
        if (name, value) in labels
    ]


def count_of(wanted: Wanted, themes, counts, page, cursor) -> dict | None:
    """How many there are, where saying so costs nothing: {"n", "more"}; `more` says that there are others beyond."""
    if not page.next and not cursor:
        return {"n": len(page.items), "more": False}
    if wanted.by_relevance:
        return {"n": BEST, "more": True}
    if not is_counted(wanted):
        return None
    return {"n": counts.count(states=wanted.states, categories=keys_of(wanted, themes)), "more": False}


def detail(request, public_id, slug=None):
    """One idea. A wrong or missing title in the address leads to the right one."""
    try:
        idea = read_idea(request, public_id)
    except NotFound:
        if withdrawn := find_withdrawn(public_id, user=request.user):
            return gone(request, withdrawn)
        raise
    if request.path != idea.get_absolute_url():
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(idea.get_absolute_url() + (f"?{query}" if query else ""))
    note_read(request, idea)
    return render(request, "ideas/detail.html", idea_page(request, idea))


def read_idea(request, public_id) -> Idea:
    """The idea with all that its page says of it and of the reader, in one query."""
    ideas = Idea.objects.with_card().with_my_vote(request.user).with_following(request.user).with_official_answer()
    ideas = (
        ideas.select_related("merged_into", "assignee", "withdrawal", "entry__challenge").with_tags().with_edit_facts()
    )
    return find_idea(public_id, user=request.user, ideas=ideas)


def idea_page(request, idea: Idea, form: CommentForm | None = None) -> dict:
    """The page's context, for reading and for a comment that came back with a refusal."""
    user = request.user
    comments = comments_page(request, idea)
    return {
        "idea": idea, "card": card(idea, user), "mine": is_signed_in(user) and idea.author_id == user.pk,
        "legs": legs_of(idea, user), "promise": promise_of(idea),
        "facts": who_decides(idea), "images": list(idea.images.all()), "answer": letter_of(idea),
        "similar": similar(idea.title, limit=4, leave_out=idea), "can_edit": can_edit(user, idea),
        "closed_to_edits": "" if idea.is_withdrawn or idea.merged_into_id else closed_to_edits(idea),
        "can_withdraw": can_withdraw(user, idea), "tags": tags_of(idea), "votes_apart": votes_apart(idea),
        "can_open_desk": can_open_desk(user), "is_public": idea.visibility == Visibility.PUBLIC,
        "suspended": None if form else suspension_of(user),  # what was typed and refused stays in its form
        "form": form or CommentForm(initial={"parent": request.GET.get("reply", "")}),
        "reply_to": reply_name(request, comments["threads"]), "signed_out": not user.is_authenticated,
        "role": member_role(idea.author), "challenge": challenge_of(idea, user), **comments,
    }  # fmt: skip


def challenge_of(idea: Idea, user) -> Challenge | None:
    """The challenge that the idea entered, if the reader may see it. No query: it came with the idea."""
    entry = getattr(idea, "entry", None)
    return entry.challenge if entry and can_see_challenge(user, entry.challenge) else None


def reply_name(request, threads) -> str:
    """Whose comment is being answered: its thread is the first of the page."""
    wanted = request.POST.get("parent") or request.GET.get("reply")
    every = (comment for one in threads for comment in (one, *one["answers"]))
    return next((comment.get("name", "") for comment in every if comment["id"] == wanted), "")


def comments_page(request, idea: Idea) -> dict:
    """A page of threads by cursor, each with its replies. The one that is spoken of stands first."""
    user, order = request.user, order_of(request.GET.get("order", ""))
    first = request.GET.get("comment") or request.POST.get("parent") or request.GET.get("reply") or ""
    page = paginate(threads_of(idea, user, order=order, first=first, traces=True), request.GET.get("cursor", ""))
    asked = {"order": order if order != CommentOrder.BEST else "", "comment": first}
    more = {"cursor": page.next or "", **asked}
    return {
        "threads": [thread(comment, idea, user) for comment in page.items],
        "more_comments_url": _with(reverse("ideas:comments", args=[idea.public_id]), more) if page.next else "",
        "comment_orders": [
            {"label": one.label, "current": one == order,
             "url": _with(idea.get_absolute_url(), {"order": one.value if one != CommentOrder.BEST else ""}) + "#talk"}
            for one in CommentOrder
        ],
    }  # fmt: skip


def _with(url: str, query: dict) -> str:
    query = {name: value for name, value in query.items() if value}
    return f"{url}?{urlencode(query)}" if query else url


def member_role(member) -> str:
    """Who writes, in a word, as far as they chose to say; the official badge says the rest."""
    if member.is_staff:
        return member.job_title
    if not member.shows_details or member.erased_at:
        return ""
    kind = pgettext("a member", "customer") if member.is_customer else pgettext("a member", "not a customer yet")
    return f"{kind}, {member.region}" if member.region else kind
