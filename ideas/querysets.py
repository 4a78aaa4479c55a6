"""Named reads of ideas and comments. Each chains: `Idea.objects.visible_to(user).with_my_vote(user).ordered("votes")`."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from core.aggregates import JSONRows
from core.roles import has_role
from members.querysets import open_to

from .phases import ENTRIES_CLOSED
from .states import BEYOND_REVIEW, OPEN_TO_VOTES, ORDERINGS, CommentOrder, Reaction, State, Visibility
from .taking_up import is_taken_up

READS_ALL = ("moderator", "product_owner", "expert", "auditor", "board_member", "board_chair")


def votes_of_ideas():
    """The package's vote rows that are about ideas."""
    idea_type = ContentType.objects.get_for_model(apps.get_model("ideas", "Idea"))
    return apps.get_model("vote", "Vote").objects.filter(content_type=idea_type)


def counting(votes):
    """Of these votes for ideas, those that count: all but the ones set aside (models/quarantine.py)."""
    aside = apps.get_model("ideas", "SetAsideVote").objects.filter(released_at__isnull=True)
    return votes.exclude(Exists(aside.filter(idea_id=OuterRef("object_id"), member_id=OuterRef("user_id"))))


def _rows_of(queryset, row, *, by="idea"):
    """A subquery that gives what hangs on a row as a list of `row`."""
    return Subquery(queryset.order_by().values(by).annotate(rows=JSONRows(row)).values("rows"))


def _idea_row(path: str):
    fields = ("public_id", "title", "state", "vote_score")
    return JSONObject(**{name: f"{path}__{name}" for name in fields})


def _people(votes):
    """A subquery that counts who voted, each once."""
    one = votes.order_by().annotate(one=Value(1)).values("one")
    return Coalesce(
        Subquery(one.annotate(n=Count("user_id", distinct=True)).values("n"), output_field=IntegerField()), 0
    )


def _no():
    return Value(False, output_field=BooleanField())


class IdeaQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public ideas, those of one's circles too; one's own unless removed; staff who work with ideas see all."""
        if has_role(user, *READS_ALL):
            return self
        readable = Q(visibility=Visibility.PUBLIC)
        if getattr(user, "is_authenticated", False):
            readable |= Q(author=user) & ~Q(visibility=Visibility.REMOVED)
        return self.filter(open_to(user)).filter(readable)

    def withdrawn_from(self, user):
        """Ideas that the user could read until their author took them back."""
        return self.filter(open_to(user)).filter(visibility=Visibility.WITHDRAWN, withdrawal__was_public=True)

    def listed(self, user=None):
        """What lists show this reader, a stranger if None: merged ideas stand behind the one that stays."""
        return self.shown(user).exclude(state=State.MERGED)

    def shown(self, user=None):
        """Public, merged ones too; of circles, only the reader's."""
        return self.in_public().filter(open_to(user))

    def in_public(self):
        """Neither held nor hidden, of circles too: for counting, never for showing."""
        return self.filter(visibility=Visibility.PUBLIC)

    def of_circle(self, circle):
        return self.filter(circle=circle)

    def taken_away(self, public_id, user):
        """A removed idea of this reader's, or that they could have read: of others', held ones are not told of."""
        steps = apps.get_model("ideas", "Moderation").objects.filter(idea=OuterRef("pk"), before=Visibility.PUBLIC)
        told = Q(Exists(steps)) & open_to(user)
        if getattr(user, "is_authenticated", False):
            told |= Q(author=user)
        return self.filter(told, public_id=public_id, visibility=Visibility.REMOVED)

    def with_card(self):
        """What a card needs, without a query per card."""
        return self.select_related("category", "author", "circle").defer("author__password")

    def with_my_vote(self, user):
        """Adds `my_vote`: whether the user supports the idea, or one that was merged into it."""
        if not getattr(user, "is_authenticated", False):
            return self.annotate(my_vote=Value(False, output_field=BooleanField()))
        mine = votes_of_ideas().filter(user_id=user.pk)
        merged = self.model.objects.filter(merged_into=OuterRef("pk"), pk__in=mine.values("object_id"))
        return self.annotate(my_vote=Exists(mine.filter(object_id=OuterRef("pk"))) | Exists(merged))

    def with_counted_votes(self):
        """Adds `of_idea`, its key, `supporters`: people who support the idea or one merged into it, each once, and `colleagues`,
        those of the bank among them. Counted from the rows: the counters have to be what this says."""
        ours = Q(pk=OuterRef(OuterRef("pk"))) | Q(merged_into=OuterRef(OuterRef("pk")))
        votes = counting(votes_of_ideas()).filter(object_id__in=self.model.objects.filter(ours).order_by().values("pk"))
        staff = votes.filter(user_id__in=get_user_model().objects.staff().values("pk"))
        return self.annotate(of_idea=F("pk"), supporters=_people(votes), colleagues=_people(staff))

    def with_following(self, user):
        """Adds `following`: whether the user hears of the idea (see domain/following.py for who does)."""
        if not getattr(user, "is_authenticated", False):
            return self.annotate(following=Value(False, output_field=BooleanField()))
        choices = apps.get_model("ideas", "Follow").objects.filter(member=user, idea=OuterRef("pk"))
        said = apps.get_model("ideas", "Comment").objects.filter(author=user, idea=OuterRef("pk")).said()
        voted = votes_of_ideas().filter(user_id=user.pk, object_id=OuterRef("pk"))
        hears = Q(author=user) | Exists(voted) | Exists(said) | Exists(choices.filter(active=True))
        return self.annotate(
            following=Case(
                When(Exists(choices.filter(active=False)), then=Value(False)),
                When(hears, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )

    def with_official_answer(self):
        """Adds `official_answer`: {"body", "signature", "at", "due"} of the answer in force, or None."""
        answers = apps.get_model("ideas", "OfficialAnswer").objects.filter(idea=OuterRef("pk"), undone_at__isnull=True)
        letter = JSONObject(body="body", signature="signature", at="at", due="promise_due_at")
        return self.annotate(official_answer=Subquery(answers.order_by("-at", "-id").values(letter=letter)[:1]))

    def with_edit_facts(self):
        """Adds what `permissions.closed_to_edits` asks beside the row: `entries_closed`, whether it entered a challenge that takes
        no entries any more, and `is_taken_up`, whether an app above ideas has made something of it."""
        challenges = apps.get_model("ideas", "Challenge").objects.in_phase(*ENTRIES_CLOSED)
        taken = Case(When(is_taken_up(), then=Value(True)), default=Value(False), output_field=BooleanField())
        return self.annotate(entries_closed=Exists(challenges.filter(entries__idea=OuterRef("pk"))), is_taken_up=taken)

    def with_tags(self, *, public_only: bool = True):
        """Adds `tag_rows`: [{"slug", "fr", "en", "is_public"}] of the tags in use, or None."""
        links = apps.get_model("ideas", "IdeaTag").objects.filter(idea=OuterRef("pk"), tag__is_active=True)
        links = links.filter(tag__is_public=True) if public_only else links
        row = JSONObject(slug="tag__slug", fr="tag__name_fr", en="tag__name_en", is_public="tag__is_public")
        return self.annotate(tag_rows=_rows_of(links, row))

    def tagged(self, slugs):
        """With one of these public tags."""
        links = apps.get_model("ideas", "IdeaTag").objects.filter(tag__slug__in=slugs, tag__is_active=True)
        return self.filter(pk__in=links.filter(tag__is_public=True).values("idea"))

    def with_desk_facts(self):
        """Adds what staff see beside an idea: `question_rows`, `on_behalf_rows`, `suggestion_rows`, each a list or None."""
        questions = apps.get_model("ideas", "Routing").objects.filter(idea=OuterRef("pk"), withdrawn_at__isnull=True)
        question = JSONObject(
            id="public_id", expert="expert__nickname", expert_id="expert__public_id", asked_by="asked_by__nickname",
            question="question", due_on="due_on", answered_at="answered_at",
        )  # fmt: skip
        others = apps.get_model("ideas", "VoteOnBehalf").objects.filter(taken_back_at__isnull=True)
        others = others.filter(Q(idea=OuterRef("pk")) | Q(idea__merged_into=OuterRef("pk"))).annotate(one=Value(1))
        other = JSONObject(
            id="public_id", source="source", people="people", reference="reference", by="by__nickname", at="at"
        )
        pairs = apps.get_model("ideas", "MergeSuggestion").objects.open().annotate(one=Value(1))
        pairs = pairs.filter(Q(duplicate=OuterRef("pk")) | Q(canonical=OuterRef("pk")))
        pair = JSONObject(
            id="public_id", score="score", duplicate=_idea_row("duplicate"), canonical=_idea_row("canonical")
        )
        return self.annotate(
            question_rows=_rows_of(questions, question),
            on_behalf_rows=_rows_of(others, other, by="one"),
            suggestion_rows=_rows_of(pairs, pair, by="one"),
        )

    def ordered(self, order):
        return self.order_by(*ORDERINGS.get(order, ORDERINGS["trending"]))

    def in_category(self, slug):
        return self.filter(category__slug=slug)

    def in_categories(self, slugs):
        """By key, so that the index of the theme and the order serves: a join would hide it.

        One theme is said as a single key: as a list of one it is still joined, and the order is walked over all themes.
        """
        themes = apps.get_model("ideas", "Category").objects.filter(slug__in=slugs).values("pk")
        if len(slugs) == 1:
            return self.filter(category=Subquery(themes[:1]))
        return self.filter(category__in=themes)

    def in_state(self, state):
        return self.filter(state=state)

    def open_to_votes(self):
        return self.filter(state__in=OPEN_TO_VOTES)

    def written_by(self, member):
        return self.filter(author=member)

    def supported_by(self, member):
        return self.filter(pk__in=votes_of_ideas().filter(user_id=member.pk).values("object_id"))

    def voted_by(self, member):
        """What the member's votes stand on now, with `voted` to put the last vote first: a merged idea is the one that stays."""
        votes = votes_of_ideas().filter(user_id=member.pk).order_by()
        theirs = self.model.objects.filter(pk__in=votes.values("object_id"))
        merged = self.model.objects.filter(merged_into=OuterRef(OuterRef("pk"))).values("pk")
        last = votes.filter(Q(object_id=OuterRef("pk")) | Q(object_id__in=merged)).order_by("-id")
        return (
            self.listed(member)
            .filter(
                Q(pk__in=theirs.values("pk"))
                | Q(pk__in=theirs.filter(merged_into__isnull=False).values("merged_into_id"))
            )
            .annotate(voted=Subquery(last.values("id")[:1]))
        )

    def followed_by(self, member):
        """Ideas the member wrote, supports, commented on or follows by hand, less those they asked to hear nothing of.

        A union of keys: written as alternatives, the condition would be tried on every idea.
        """
        choices = apps.get_model("ideas", "Follow").objects.filter(member=member)
        said = apps.get_model("ideas", "Comment").objects.filter(author=member).said().order_by()
        wanted = (
            self.model.objects.filter(author=member).order_by().values("pk")
            .union(
                votes_of_ideas().filter(user_id=member.pk).order_by().values("object_id"),
                choices.filter(active=True).values("idea_id"),
                said.values("idea_id"),
            )
        )  # fmt: skip
        return self.filter(pk__in=wanted).exclude(pk__in=choices.filter(active=False).values("idea_id"))

    def unanswered(self, states=()):
        """Without an official answer; of these states alone, if any. Where all of them are beyond review, those are few:
        said as such, their own index finds them, instead of a walk over all ideas of the state.
        """
        ideas = self.filter(answered_at__isnull=True)
        return ideas.filter(overlooked=True) if states and set(states) <= set(BEYOND_REVIEW) else ideas

    def delivered(self):
        return self.filter(state=State.DELIVERED).order_by(F("state_since").desc(), "-id")


class CommentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public comments, and one's own that are held; internal notes for staff alone."""
        if has_role(user, *READS_ALL):
            return self.exclude(visibility=Visibility.REMOVED)
        is_member = getattr(user, "is_authenticated", False)
        mine = Q(author=user, visibility=Visibility.HELD) if is_member else Q(pk__in=())
        return self.filter(Q(visibility=Visibility.PUBLIC) | mine, is_internal=False)

    def standing(self, user):
        """What a page shows: what the user may read, and what was taken away, of which it shows a trace without the text."""
        if has_role(user, *READS_ALL):
            return self
        mine = Q(author=user) if getattr(user, "is_authenticated", False) else Q(pk__in=())
        return self.filter(~Q(visibility=Visibility.HELD) | mine, is_internal=False)

    def counted(self):
        """Those that an idea's number of comments counts."""
        return self.said().filter(visibility=Visibility.PUBLIC)

    def said(self):
        """What counts as a comment: neither a note of the staff nor deleted by its author."""
        return self.filter(is_internal=False, deleted_at__isnull=True)

    def with_author(self):
        return self.select_related("author").defer("author__password")

    def with_talk(self, user):
        """All that a comment shows: its author, whom it names and how the user reacted, in the same query."""
        return self.with_author().with_named().with_my_reactions(user)

    def with_named(self):
        """Adds `named`: [{"id", "nickname", "written", "gone"}] of the members whom the text names, as they are now."""
        one = JSONObject(
            id="member__public_id", nickname="member__nickname", written="written", gone="member__erased_at"
        )
        mentions = apps.get_model("ideas", "Mention").objects.filter(comment=OuterRef("pk"))
        return self.annotate(named=_rows_of(mentions, one, by="comment"))

    def with_my_reactions(self, user):
        """Adds `my_useful`, `my_agree` …: whether the user reacted so."""
        if not getattr(user, "is_authenticated", False):
            return self.annotate(**{f"my_{kind}": _no() for kind in Reaction.values})
        mine = apps.get_model("ideas", "CommentReaction").objects.filter(member=user, comment=OuterRef("pk"))
        return self.annotate(**{f"my_{kind}": Exists(mine.filter(kind=kind)) for kind in Reaction.values})

    def in_order(self, order, *, first=""):
        """Best (by reactions) or newest first. What the bank says stands before; before all, the thread of `first`.

        Two comments with as many reactions stand newest first, so that the order is the same each time.
        """
        asked = Q(public_id=first) | Exists(self.model.objects.filter(parent=OuterRef("pk"), public_id=first))
        pinned = Q(is_official=True, is_internal=False, deleted_at__isnull=True)
        ranks = [When(asked, then=Value(2))] if first else []
        rank = Case(*ranks, When(pinned, then=Value(1)), default=Value(0), output_field=IntegerField())
        by = ["-created_at", "-id"] if order == CommentOrder.NEWEST else ["-reaction_count", "-created_at", "-id"]
        return self.annotate(rank=rank).order_by("-rank", *by)

    def threads(self):
        """Top comments; replies come by `with_replies`."""
        return self.filter(parent__isnull=True)

    def with_replies(self, user, *, traces=False):
        """Adds `answers`: the replies that the user may see, oldest first, in one query for all; with `traces` as `standing`."""
        replies = self.model.objects.standing(user) if traces else self.model.objects.visible_to(user)
        replies = replies.with_talk(user).order_by("created_at", "id")
        return self.prefetch_related(Prefetch("replies", replies, to_attr="answers"))


class RoutingQuerySet(models.QuerySet):
    """Questions to experts."""

    def open(self):
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)

    def put_to(self, expert):
        return self.filter(expert=expert)

    def overdue(self, today):
        return self.open().filter(due_on__lt=today)


class SuggestionQuerySet(models.QuerySet):
    """Suggested merges."""

    def open(self):
        """Those that can still be followed: not expired, both ideas standing."""
        return self.filter(
            state="open", expires_at__gt=timezone.now(), duplicate__merged_into__isnull=True,
            canonical__merged_into__isnull=True,
        )  # fmt: skip

    def about(self, idea):
        return self.filter(Q(duplicate=idea) | Q(canonical=idea))
