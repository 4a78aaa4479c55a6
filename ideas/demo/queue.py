"""The product owner's named views of the queue, and a bulk move that she finished last week."""

from datetime import timedelta

from ..models import BulkLine, BulkRun, Deed, IdeaTag, SavedView, Tag
from ..states import BulkState, Doing, LineResult

VIEWS = (
    ("Cartes, par échéance", {"base": "all", "sort": "promise", "category": "cartes"}, False),
    ("Pros, sans réponse", {"base": "unanswered", "sort": "votes", "voters": "professional"}, True),
)
TAG = "a-chiffrer"
REASON = "Lot du comité de décembre : l’équipe Chiffrage les prend mardi."
LOT = 8


def load_queue(demo, ideas, public_id) -> None:
    """Two views, one of them shared with the team; eight ideas tagged at once, one of which a colleague had moved meanwhile."""
    owner, kept = demo.accounts["produit"], demo.random.getstate()
    demo.random.seed(f"{demo.seed} queue")
    SavedView.objects.bulk_create(
        SavedView(public_id=public_id(demo), owner=owner, name=name, choice=choice, position=place, is_shared=is_shared,
                  created_at=demo.ago(days=30))
        for place, (name, choice, is_shared) in enumerate(VIEWS, 1)
    )  # fmt: skip
    tag = Tag.objects.get(slug=TAG)
    there = set(IdeaTag.objects.filter(tag=tag).values_list("idea_id", flat=True))
    lot = sorted(
        (idea for idea in ideas if idea.state == "candidate" and idea.pk not in there), key=lambda one: one.pk
    )[:LOT]
    if len(lot) > 1:
        _run(demo, owner, tag, lot, public_id)
    demo.random.setstate(kept)


def _run(demo, owner, tag, lot, public_id) -> None:
    at = demo.ago(days=6, hours=2)
    *done, changed = lot
    values = {"tags": [tag.slug], "reason": REASON, "shown": ""}
    run = BulkRun.objects.create(
        public_id=public_id(demo), by=owner, move="tag", values=values, state=BulkState.DONE, total=len(lot), done=len(done),
        changed=1, created_at=at, finished_at=at + timedelta(seconds=2),
    )  # fmt: skip
    IdeaTag.objects.bulk_create(IdeaTag(idea=idea, tag=tag, by=owner, at=at) for idea in done)
    deeds = Deed.objects.bulk_create(
        Deed(public_id=public_id(demo), idea=idea, kind=Doing.TAGGED, words_fr=f"étiquettes : + {tag.name_fr}",
             words_en=f"tags: + {tag.name_en}", by=owner, by_role="product_owner", reason=REASON, at=at,
             before={"added": [tag.pk], "removed": []})
        for idea in done
    )  # fmt: skip
    lines = [
        BulkLine(
            run=run, idea=deed.idea, seen="", result=LineResult.DONE, undo_kind="deed", undo_key=deed.public_id, at=at
        )
        for deed in deeds
    ]
    words = "Quelqu’un l’a modifiée depuis votre choix : rien n’a été fait."
    lines.append(BulkLine(run=run, idea=changed, seen="", result=LineResult.CHANGED, words=words, at=at))
    BulkLine.objects.bulk_create(lines)
