"""`a_furnished_desk()`: ideas in every state and sight, what stands beside them, and the addresses of the desk that show it."""

from django.urls import reverse
from django.utils import timezone

from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_idea, remove_idea
from ideas.domain.quarantining import set_votes_aside
from ideas.domain.tagging import tag_idea
from ideas.domain.urgency import raise_urgency
from ideas.domain.viewing import save_view
from ideas.domain.voting import cast_vote
from ideas.domain.voting_for_others import vote_for_others
from ideas.domain.withdrawing import withdraw_idea
from ideas.models import Idea
from ideas.states import Source, State, Visibility

from .desk import a_question, a_suggestion, a_tag, a_template
from .ideas import a_category, a_comment, an_idea
from .members import a_member, an_expert

BODY = "Xqz vwk jmb pfl wgr xnd kzt hbv mqp ltd vcz."  # no word of either language
WHY = "Zvk qpl mwt xgb rnd jkf hzs vbt."


def _named(number: int, **fields) -> Idea:
    return an_idea(title=f"Xqz vwk jmb {number}", body=BODY, category=fields.pop("category", None), **fields)


def a_furnished_desk(owner) -> dict[str, str]:
    """For this product owner, the address of each page by what it shows.

    What people wrote is in no language, so that ours stands out.
    """
    theme = a_category(name_fr="Xqz", name_en="Xqz")
    expert = an_expert(nickname="Jmb Pfl", job_title="Xgt")
    shown = {
        state: _named(n, state=state, category=theme) for n, state in enumerate(State.values) if state != State.MERGED
    }
    new, review = shown[State.NEW], shown[State.UNDER_REVIEW]
    shown["held"] = _named(20, visibility=Visibility.HELD, category=theme)
    for number, (name, change) in enumerate((("hidden", hide_idea), ("removed", remove_idea))):
        shown[name] = _named(30 + number, category=theme)
        change(shown[name], reason=WHY, by=owner)
    shown["withdrawn"] = _named(40, category=theme)
    withdraw_idea(shown["withdrawn"], by=shown["withdrawn"].author, reason=WHY)
    shown["merged"] = _named(50, category=theme)
    merge_idea(shown["merged"], review, reason=WHY, by=owner)
    a_suggestion(new, review)
    a_question(expert, new, days=-2, by=owner)
    a_comment(new, body=BODY), a_comment(new, body=BODY, is_internal=True, author=owner)
    tag_idea(new, add=[a_tag("Xqz")], remove=[], by=owner)
    vote_for_others(new, source=Source.BRANCH, people=4, reference="Zvk qpl 45", by=owner)
    raise_urgency(review, reason=WHY, by=owner)
    voters = [owner, *(a_member() for _ in range(7))]
    for voter in voters:
        cast_vote(new, by=voter)
    set_votes_aside(new, [voter.pk for voter in voters[-2:]], batch="zvk")
    Idea.objects.filter(pk=new.pk).update(promise_due_at=timezone.now())
    template = a_template(f"{{prenom}}, {WHY} {{equipe}}", name_fr="Zvk", name_en="Zvk", by=owner)
    save_view("Xqz", {"sort": "votes", "q": "xqz"}, by=owner)
    return _addresses(shown, new, template)


def _addresses(shown: dict, new: Idea, template) -> dict[str, str]:
    desk = reverse("ideas_desk:index")
    pages = {f"idea {name}": f"{desk}?idea={idea.public_id}&evidence=1" for name, idea in shown.items()}
    moves = (
        "review", "board", "decline", "merge", "assign", "answer", "note", "hide", "remove", "route", "file", "tag",
        "for-others", "complaint",
    )  # fmt: skip
    pages |= {f"move {name}": f"{desk}?idea={new.public_id}&move={name}&evidence=1" for name in moves}
    for move, name in (("unmerge", "merged"), ("restore", "hidden"), ("calm", State.UNDER_REVIEW)):
        pages[f"move {move}"] = f"{desk}?idea={shown[name].public_id}&move={move}&evidence=1"
    pages["queue, empty"] = f"{desk}?q=zzzzzz"
    pages["queue, filtered"] = f"{desk}?view=unassigned&sort=votes&state=new&q=xqz&evidence=1"
    pages["bulk"] = f"{reverse('ideas_desk:bulk')}?all=1&move=tag"
    for name in ("questions", "suggestions", "templates", "template_new", "views"):
        pages[name] = reverse(f"ideas_desk:{name}")
    pages["questions, all"] = pages["questions"] + "?all=1"
    pages["template"] = reverse("ideas_desk:template", args=[template.public_id])
    pages["evidence"] = reverse("ideas_desk:all_evidence", args=[new.public_id])
    pages["evidence, none"] = reverse("ideas_desk:all_evidence", args=[shown["withdrawn"].public_id])
    for name in ("index", "rules", "words"):
        pages[f"promises {name}"] = reverse(f"promises_desk:{name}")
    pages["exchange"] = reverse("ideas_exchange:index")
    return pages
