"""What can be reported: found by its address or its id as its reader sees it, and loaded by its key for staff.

Another app adds a kind by `register(kind, load=…, find=…)` and its pages by `PAGES`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils import translation

from core.text import excerpt
from ideas.models import Comment, CommentVersion, Idea, IdeaImage, IdeaVersion
from ideas.permissions import can_see
from ideas.states import Visibility
from members.models import Member
from polls.models import Poll, Remark, RemarkVersion
from polls.permissions import can_see as can_see_poll

from .states import SUBJECT_MAX, Kind


@dataclass(frozen=True)
class Subject:
    """A thing that is reported or moderated. `idea` or `poll` is where it stands, if it stands under one."""

    kind: str
    thing: Any
    author: Any
    title: str
    text: str
    visibility: str
    idea: Idea | None = None
    poll: Poll | None = None

    @property
    def pk(self) -> int:
        return self.thing.pk

    @property
    def url(self) -> str:
        if self.kind == Kind.COMMENT:
            return f"{self.idea.get_absolute_url()}#comment-{self.thing.public_id}"
        return self.thing.get_absolute_url()

    @property
    def kind_label(self):
        return Kind(self.kind).label

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    @property
    def is_deleted(self) -> bool:
        """Its author deleted it; `text` is what is kept for those who moderate."""
        return bool(getattr(self.thing, "deleted_at", None))

    @property
    def version(self) -> str:
        """Which text this is: another one once its author changed or deleted it."""
        moments = (getattr(self.thing, name, None) for name in ("edited_at", "deleted_at"))
        return ".".join(moment.isoformat() if moment else "" for moment in moments)

    @property
    def owner_id(self) -> int | None:
        if self.poll:
            return self.poll.owner_id
        return self.idea.category.owner_id if self.idea else None


def of_idea(idea: Idea) -> Subject:
    return Subject(Kind.IDEA, idea, idea.author, idea.title[:SUBJECT_MAX], idea.body, idea.visibility, idea)


def of_comment(comment: Comment) -> Subject:
    title = excerpt(comment.body, 100)[:SUBJECT_MAX]
    return Subject(Kind.COMMENT, comment, comment.author, title, comment.body, comment.visibility, comment.idea)


def of_remark(remark: Remark) -> Subject:
    title = excerpt(remark.body, 100)[:SUBJECT_MAX]
    return Subject(Kind.REMARK, remark, remark.author, title, remark.body, remark.visibility, poll=remark.poll)


def of_picture(picture: IdeaImage) -> Subject:
    """A picture is judged with the idea that shows it: hiding or removing it takes the idea."""
    idea = picture.idea
    return Subject(Kind.PICTURE, picture, idea.author, idea.title[:SUBJECT_MAX], picture.alt, idea.visibility, idea)


def of_version(version: IdeaVersion) -> Subject:
    """One earlier text, judged apart from what the idea says today."""
    visibility = Visibility.HIDDEN if version.hidden_at else Visibility.PUBLIC
    return Subject(
        Kind.VERSION, version, version.idea.author, version.title[:SUBJECT_MAX], version.body, visibility, version.idea
    )


def of_member(member: Member) -> Subject:
    return Subject(Kind.MEMBER, member, member, member.display_name[:SUBJECT_MAX], member.bio, Visibility.PUBLIC)


def _ideas():
    return Idea.objects.select_related("author", "category").defer("author__password")


def _comments():
    return Comment.objects.select_related("author", "idea__category", "idea__author").defer(
        "author__password", "idea__author__password"
    )


def _pictures():
    return IdeaImage.objects.select_related("idea__author", "idea__category").defer("idea__author__password")


def _versions():
    return IdeaVersion.objects.select_related("idea__author", "idea__category").defer("idea__author__password")


def _remarks():
    return Remark.objects.select_related("author", "poll").defer("author__password")


LOADERS: dict[str, tuple[Callable[[], Any], Callable[[Any], Subject]]] = {
    Kind.IDEA: (_ideas, of_idea),
    Kind.COMMENT: (_comments, of_comment),
    Kind.PICTURE: (_pictures, of_picture),
    Kind.MEMBER: (Member.objects.living, of_member),
    Kind.VERSION: (_versions, of_version),
    Kind.REMARK: (_remarks, of_remark),
}


KEPT_TEXTS: dict[str, tuple[Any, str]] = {
    Kind.COMMENT: (CommentVersion, "comment"),
    Kind.REMARK: (RemarkVersion, "remark"),
}


def load(kind: str, pk: int) -> Subject | None:
    """The subject by its key, whoever asks: for verbs and the desk. Of a deleted comment, with the text that is kept."""
    return load_all([(kind, pk)]).get((kind, pk))


def load_all(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """Subjects by kind and key, in one query a kind (and one for what is kept of deleted comments of each kind)."""
    wanted: dict[str, list[int]] = {}
    for kind, pk in keys:
        wanted.setdefault(kind, []).append(pk)
    found = {}
    for kind, pks in wanted.items():
        rows, made = LOADERS[kind]
        found |= {(kind, thing.pk): made(thing) for thing in rows().filter(pk__in=pks)}
    for kind, (versions, name) in KEPT_TEXTS.items():
        deleted = [key for key, subject in found.items() if key[0] == kind and subject.is_deleted]
        if not deleted:
            continue
        rows = versions.objects.filter(**{f"{name}__in": [pk for _kind, pk in deleted]}).order_by("written_at", "pk")
        kept = dict(rows.values_list(f"{name}_id", "body"))
        for key in deleted:
            text = kept.get(key[1], "")
            found[key] = replace(found[key], text=text, title=excerpt(text, 100)[:SUBJECT_MAX])
    return found


def text_before(subject: Subject, moment: datetime) -> str:
    """The text it had by then, where its author has changed it; "" where there is no other than the present one."""
    thing = subject.thing
    if subject.is_deleted:
        return ""
    if subject.kind in KEPT_TEXTS:
        row = thing.versions.filter(written_at__lte=moment).order_by("-written_at", "-pk").first()
        return row.body if row and row.body != subject.text else ""
    if subject.kind != Kind.IDEA or not thing.edited_at:
        return ""
    now = thing.versions.order_by("-number").first()
    rows = thing.versions.filter(at__lte=moment).exclude(pk=now.pk if now else None)
    row = rows.order_by("-number").first()
    return f"{row.title}\n\n{row.body}" if row else ""


def find(kind: str, public_id: str, *, user: Any) -> Subject | None:
    """The subject as this reader may see it; None for what is not there and for what is not theirs to see alike."""
    if kind not in LOADERS or kind == Kind.VERSION:  # a version has no address of its own: one reports the idea
        return None
    rows, made = LOADERS[kind]
    thing = rows().filter(public_id=public_id).first()
    subject = made(thing) if thing else None
    if subject is None or (subject.idea and not can_see(user, subject.idea)):
        return None
    if kind == Kind.REMARK:
        is_theirs = can_see_poll(user, subject.poll) and Remark.objects.visible_to(user).filter(pk=subject.pk).exists()
        return subject if is_theirs else None
    if kind == Kind.COMMENT and not Comment.objects.visible_to(user).filter(pk=subject.pk).exists():
        return None
    return subject


def of_circles(prefix: str = "") -> Q:
    """What stands in a circle, of rows with a kind and a key: none of its figures are for everyone."""
    within = {
        Kind.IDEA: Idea.objects.filter(circle__isnull=False),
        Kind.COMMENT: Comment.objects.filter(idea__circle__isnull=False),
        Kind.PICTURE: IdeaImage.objects.filter(idea__circle__isnull=False),
        Kind.VERSION: IdeaVersion.objects.filter(idea__circle__isnull=False),
        Kind.REMARK: Remark.objects.filter(poll__circle__isnull=False),
    }
    found = Q()
    for kind, things in within.items():
        found |= Q(**{f"{prefix}kind": kind, f"{prefix}subject_id__in": things.order_by().values("pk")})
    return found


PAGES = {"ideas:detail": Kind.IDEA, "ideas:short": Kind.IDEA, "ideas:image": Kind.PICTURE,
         "ideas:small_image": Kind.PICTURE, "member_page": Kind.MEMBER}  # fmt: skip


def at(url: str, *, user: Any) -> Subject | None:
    """The subject that stands at an address of ours, in either language; `#comment-…` and `#remark-…` name a comment."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # « http://[ » is no address
        return None
    if (
        parts.netloc
        and parts.netloc != urlsplit(settings.SITE_URL).netloc
        and parts.netloc not in settings.ALLOWED_HOSTS
    ):
        return None
    kind, dash, public_id = parts.fragment.partition("-")
    if dash and kind in (Kind.COMMENT, Kind.REMARK):
        return find(kind, public_id[:12], user=user)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            try:
                match = resolve(unquote(parts.path) or "/")
            except Resolver404:
                continue
        if match.view_name in PAGES:
            return find(PAGES[match.view_name], match.kwargs["public_id"], user=user)
    return None
