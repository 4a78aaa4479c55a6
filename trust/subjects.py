"""What can be reported: found by its address or its id as its reader sees it, and loaded by its key for staff.

Another app adds a kind by `register(kind, load=…, find=…)` and its pages by `PAGES`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

from core.text import excerpt
from ideas.models import Comment, Idea, IdeaImage
from ideas.permissions import can_see
from ideas.states import Visibility
from members.models import Member

from .states import SUBJECT_MAX, Kind


@dataclass(frozen=True)
class Subject:
    """A thing that is reported or moderated. `idea` is where it stands, if it stands under one."""

    kind: str
    thing: Any
    author: Any
    title: str
    text: str
    visibility: str
    idea: Idea | None = None

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
    def owner_id(self) -> int | None:
        return self.idea.category.owner_id if self.idea else None


def of_idea(idea: Idea) -> Subject:
    return Subject(Kind.IDEA, idea, idea.author, idea.title[:SUBJECT_MAX], idea.body, idea.visibility, idea)


def of_comment(comment: Comment) -> Subject:
    title = excerpt(comment.body, 100)[:SUBJECT_MAX]
    return Subject(Kind.COMMENT, comment, comment.author, title, comment.body, comment.visibility, comment.idea)


def of_picture(picture: IdeaImage) -> Subject:
    """A picture is judged with the idea that shows it: hiding or removing it takes the idea."""
    idea = picture.idea
    return Subject(Kind.PICTURE, picture, idea.author, idea.title[:SUBJECT_MAX], picture.alt, idea.visibility, idea)


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


LOADERS: dict[str, tuple[Callable[[], Any], Callable[[Any], Subject]]] = {
    Kind.IDEA: (_ideas, of_idea),
    Kind.COMMENT: (_comments, of_comment),
    Kind.PICTURE: (_pictures, of_picture),
    Kind.MEMBER: (Member.objects.living, of_member),
}


def load(kind: str, pk: int) -> Subject | None:
    """The subject by its key, whoever asks: for verbs and the desk."""
    rows, made = LOADERS[kind]
    thing = rows().filter(pk=pk).first()
    return made(thing) if thing else None


def find(kind: str, public_id: str, *, user: Any) -> Subject | None:
    """The subject as this reader may see it; None for what is not there and for what is not theirs to see alike."""
    if kind not in LOADERS:
        return None
    rows, made = LOADERS[kind]
    thing = rows().filter(public_id=public_id).first()
    subject = made(thing) if thing else None
    if subject is None or (subject.idea and not can_see(user, subject.idea)):
        return None
    if kind == Kind.COMMENT and not Comment.objects.visible_to(user).filter(pk=subject.pk).exists():
        return None
    return subject


PAGES = {"ideas:detail": Kind.IDEA, "ideas:short": Kind.IDEA, "ideas:image": Kind.PICTURE,
         "ideas:small_image": Kind.PICTURE, "member_page": Kind.MEMBER}  # fmt: skip


def at(url: str, *, user: Any) -> Subject | None:
    """The subject that stands at an address of ours, in either language; `#comment-…` names a comment."""
    parts = urlsplit(url.strip())
    if (
        parts.netloc
        and parts.netloc != urlsplit(settings.SITE_URL).netloc
        and parts.netloc not in settings.ALLOWED_HOSTS
    ):
        return None
    if parts.fragment.startswith("comment-"):
        return find(Kind.COMMENT, parts.fragment.removeprefix("comment-"), user=user)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            try:
                match = resolve(unquote(parts.path) or "/")
            except Resolver404:
                continue
        if match.view_name in PAGES:
            return find(PAGES[match.view_name], match.kwargs["public_id"], user=user)
    return None
