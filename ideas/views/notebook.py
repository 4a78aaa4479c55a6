"""The pictures of a notebook from one step to the next: chosen, kept, left out; a refusal of one keeps the others."""

from dataclasses import dataclass, field
from typing import Any

from core.errors import DomainError

from ..domain.picturing import keep_picture, pending_of, require_so_many, require_words
from ..forms import IdeaForm
from ..models import IMAGES_MAX, Idea, IdeaImage, PendingPicture


@dataclass
class Slot:
    """One place for a picture: what was typed to describe it, and the picture kept there, if one is."""

    place: int
    picture: IdeaImage | PendingPicture | None
    alt: str
    errors: list[str] = field(default_factory=list)  # about what was typed

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def names(self) -> dict[str, str]:
        """Of its inputs."""
        return {name: f"{name}_{self.place}" for name in ("image", "alt", "kept", "drop")}

    @property
    def url(self) -> str:
        return getattr(self.picture, "small_url", "") or (self.picture.get_absolute_url() if self.picture else "")


def first_slots(form: IdeaForm, idea: Idea | None = None) -> list[Slot]:
    """Of a form just opened: the idea's pictures, then empty places."""
    pictures: list[Any] = list(idea.images.all()[:IMAGES_MAX]) if idea else []
    pictures += [None] * (IMAGES_MAX - len(pictures))
    form.slots = [Slot(place, picture, picture.alt if picture else "") for place, picture in enumerate(pictures)]
    return form.slots


def read_slots(request, form: IdeaForm, idea: Idea | None = None) -> list[Slot]:
    """Of a form that was sent: what is chosen anew is cleaned and kept; refusals go into the form, at the pictures."""
    names = [f"kept_{place}" for place in range(IMAGES_MAX)]
    ids = {name: request.POST.get(name, "").replace("\x00", "")[:12] for name in names}
    known: dict[str, Any] = pending_of([key for key in ids.values() if key], by=request.user)
    if idea:
        known |= {image.public_id: image for image in idea.images.all()}
    form.slots, seen = [], set()
    for place in range(IMAGES_MAX):
        picture = None if request.POST.get(f"drop_{place}") else known.get(ids[f"kept_{place}"])
        files = request.FILES.getlist(f"image_{place}")
        if files:
            picture = _kept(form, files[0], request.user) or picture
        if picture and picture.public_id in seen:
            picture = None
        seen.add(getattr(picture, "public_id", None))
        form.slots.append(Slot(place, picture, str(form[f"alt_{place}"].value() or "")))
    _refuse_more(request, form)
    _refuse_wordless(form)
    for slot in form.slots:
        slot.errors = form.errors.get(slot.names["alt"], [])
    return form.slots


def _kept(form: IdeaForm, upload, member) -> PendingPicture | None:
    try:
        return keep_picture(upload, by=member)
    except DomainError as refusal:
        form.take(refusal)
        return None


def _refuse_more(request, form: IdeaForm) -> None:
    sent = sum(len(request.FILES.getlist(name)) for name in request.FILES)
    kept = sum(1 for slot in form.slots if slot.picture and slot.names["image"] not in request.FILES)
    try:
        require_so_many(sent + kept)
    except DomainError as refusal:
        form.take(refusal)


def _refuse_wordless(form: IdeaForm) -> None:
    """Each picture without words is named at once, with whatever else is wrong, beside the place where they go."""
    pictures = [slot for slot in form.slots if slot.picture]
    try:
        require_words([alt for _picture, alt in pictures_of(form)])
    except DomainError as refusal:
        for place in refusal.extra["missing"]:
            form.add_error(pictures[place].names["alt"], str(refusal))


def pictures_of(form: IdeaForm) -> list[tuple]:
    """(picture, description) of the places taken, for the verbs."""
    return [(slot.picture, slot.alt.strip()) for slot in form.slots if slot.picture]
