"""Writing the demo's ideas: rows in bulk, then the counters from the rows. Dates run from eighteen months ago to today."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from vote.models import UP, Vote

from core.public_ids import ALPHABET, LENGTH
from core.roles import role_of

from ..domain.measuring import measure_all
from ..domain.voting import recount
from ..models import Follow, Idea, IdeaMove, Merge, OfficialAnswer
from ..states import Crowd, State, crowd_of
from ..votes import trend_of
from .challenges import load_challenges
from .changes import load_changes
from .conversations import load_comments, someone
from .desk import load_desk
from .pictures import load_pictures
from .promises import load_promises
from .queue import load_queue
from .sessions import TESTED, past_sessions
from .texts import DELIVERED, IDEAS, LETTERS, MERGED, REASONS, french
from .themes import load_themes

# How long ago an idea of each state was posted, in days: at most, at least.
AGES = {
    "new": (50, 0.2), "under_review": (150, 15), "candidate": (230, 60), "planned": (420, 150), "in_beta": (460, 240),
    "delivered": (540, 240), "declined": (520, 60), "merged": (120, 60),
}  # fmt: skip
OF_FIRMS = "pro"  # the theme whose newest ideas professionals carry
COURSE = ("under_review", "candidate", "planned", "in_beta", "delivered")
ROLES = {"produit": "product_owner", "expert": "expert", "moderation": "moderator", "presidence": "board_chair"}
AUTHORS = {  # titles written by the accounts one signs in with
    "Bloquer ma carte quelques heures depuis l’appli, puis la remettre en service": "cliente",
    "Suspendre la carte de mon salarié": "ambassadeur",
    "Un widget avec le solde du compte joint": "cliente",
    "Recycler les vieilles cartes en agence": "cliente",
    "Pas de frais de retrait pour les séjours d’études": "prospect",
    "Encaisser avec mon téléphone": "ambassadeur",
    french("Une fiche « premier appartement »"): "prospect",
}
RECENT = {"Choisir la date de prélèvement de mon prêt immobilier": 9, "Payer avec ma montre": 1.5}
THANKS = {
    "planned": ("Nous vous écrirons dès qu’un essai sera ouvert.", "La première version sera simple ; vos remarques feront la suite."),
    "delivered": ("Si quelque chose vous gêne, dites-le ici : la même équipe vous lira.", "Merci d’avoir attendu, et de l’avoir si bien expliqué."),
    "declined": ("Nous préférons vous le dire clairement. Merci de l’avoir proposé.", "L’idée reste lisible ici, avec vos arguments."),
    "in_beta": ("Il reste quelques places dans l’essai.", "Chaque lundi, une version corrigée."),
    "candidate": ("La décision et ses raisons seront publiées dans le compte rendu.", "Le comité se réunit à la fin du trimestre."),
    "under_review": ("Continuez à nous raconter vos cas : ils nous servent.", "Nous revenons vers vous ici, d’ici trois semaines."),
}  # fmt: skip


def load(demo) -> None:
    """Fill `demo.ideas` (by title) as well: betas and the board lean on them."""
    themes = load_themes(demo.accounts)
    people = [*demo.members, *(demo.accounts[name] for name in ("cliente", "prospect", "ambassadeur"))]
    ideas = _ideas(demo, themes, people)
    demo.ideas = {idea.title: idea for idea in ideas}
    _votes(demo, ideas, people)
    _moves(demo, ideas)
    _answers(demo, ideas)
    _merges(demo)
    load_comments(demo, ideas, people)
    load_pictures(demo)
    load_changes(demo, public_id)
    _follows(demo, ideas)
    load_promises(demo)
    measure_all()
    load_challenges(demo, ideas)
    load_desk(demo, ideas, public_id)
    load_queue(demo, ideas, public_id)


def public_id(demo) -> str:
    return "".join(demo.random.choice(ALPHABET) for _ in range(LENGTH))


def _ideas(demo, themes, people) -> list[Idea]:
    rows = []
    for theme, state, weight, title, body in IDEAS:
        oldest, youngest = AGES[state]
        created = demo.ago(days=RECENT[title]) if title in RECENT else demo.between(oldest, youngest)
        author = demo.accounts[AUTHORS[title]] if title in AUTHORS else someone(demo, people, created)
        row = Idea(
            public_id=public_id(demo), title=title, body=body, category=themes[theme], author=author, state=state,
            created_at=created, state_since=created, author_crowd=crowd_of(author.kind, author.segment),
        )  # fmt: skip
        row.weight = weight
        rows.append(row)
    # In the order of posting, so that keys follow dates.
    return Idea.objects.bulk_create(sorted(rows, key=lambda row: row.created_at))


def _votes(demo, ideas, people) -> None:
    """As many voters as the idea's weight, none its author; many in the first weeks, then a trickle."""
    kind, rows, scores = ContentType.objects.get_for_model(Idea), [], {}
    for idea in ideas:
        crowd = [member for member in people if member.pk != idea.author_id]
        if idea.state == State.NEW and idea.category.slug == OF_FIRMS:
            crowd = [member for member in crowd if crowd_of(member.kind, member.segment) == Crowd.PROFESSIONAL]
        voters = demo.random.sample(crowd, min(idea.weight, len(crowd)))
        scores[idea.pk] = len(voters)
        rows += [
            Vote(user_id=voter.pk, content_type=kind, object_id=idea.pk, action=UP,
                 create_at=since + (demo.now - since) * demo.random.random() ** 2.5)
            for voter in voters
            for since in (max(idea.created_at, voter.date_joined),)
        ]  # fmt: skip
    moments = {(row.user_id, row.object_id): row.create_at for row in rows}
    for vote in Vote.objects.bulk_create(rows, batch_size=1000):
        vote.create_at = moments[(vote.user_id, vote.object_id)]  # the package's column is auto_now_add
    Vote.objects.bulk_update(rows, ["create_at"], batch_size=400)
    for idea in ideas:
        idea.vote_score = idea.num_vote_up = scores[idea.pk]
        idea.trend = trend_of(idea.vote_score, idea.created_at)
    Idea.objects.bulk_update(ideas, ["vote_score", "num_vote_up", "trend"])


def _steps_to(state: str) -> list[str]:
    if state in COURSE:
        course = COURSE[: COURSE.index(state) + 1]
        return [step for step in course if step != "in_beta" or state == "in_beta"]
    return {"declined": ["under_review", "declined"], "merged": ["under_review"]}.get(state, [])


def _moves(demo, ideas) -> None:
    """Each idea's course with its reasons; the last step gives `state_since`."""
    rows = []
    for idea in ideas:
        here, steps = "new", _steps_to(idea.state)
        moments = sorted(demo.random.uniform(0.08, 0.92) for _step in steps)
        for step, at in zip(steps, _dates(demo, idea, steps, moments), strict=True):
            name = "presidence" if step == "planned" else "produit"  # whom the verb lets move ideas
            rows.append(IdeaMove(
                public_id=public_id(demo), idea=idea, from_state=here, to_state=step, by=demo.accounts[name], at=at,
                reason=_reason(demo, idea, step), by_role=ROLES[name],
            ))  # fmt: skip
            here, idea.state_since = step, at
            idea.assignee = demo.accounts[_who(idea)]
    IdeaMove.objects.bulk_create(rows)
    Idea.objects.bulk_update(ideas, ["state_since", "assignee"])


def _dates(demo, idea, steps: list[str], shares: list[float]) -> list:
    """Along its life; what the board planned, on the day it published that, with what was studied before and built after."""
    if "planned" not in steps:
        return [idea.created_at + (demo.now - idea.created_at) * share for share in shares]
    sessions = past_sessions(demo.now)
    session = sessions[1] if idea.state == State.PLANNED else sessions[0]
    place = steps.index("planned")
    dates = [idea.created_at + (session - idea.created_at) * share for share in shares[:place]] + [session]
    dates += [session + (demo.now - session) * share for share in shares[place + 1 :]]
    if idea.title in TESTED:
        dates[-1] = demo.ago(days=TESTED[idea.title])
    return dates


def _reason(demo, idea, step: str) -> str:
    said = demo.random.choice(REASONS[step])
    return DELIVERED.get(idea.title, said) if step == "delivered" else said


def _who(idea) -> str:
    """Who has it in hand and answers."""
    return "expert" if idea.category.slug in ("cartes", "etranger", "securite") else "produit"


def _answers(demo, ideas) -> None:
    """A letter for all that was decided, and for half of what is studied; the promise runs for the rest that many want."""
    rows = []
    for idea in ideas:
        decided = idea.state in ("planned", "in_beta", "delivered", "declined")
        if idea.title in LETTERS or decided or (idea.state in THANKS and demo.random.random() < 0.5):
            name = "moderation" if demo.random.random() < 0.25 else _who(idea)
            by = demo.accounts[name]
            text = LETTERS.get(idea.title) or _letter(demo, idea)
            idea.answered_at = idea.state_since + timedelta(hours=demo.random.randrange(1, 40))
            idea.answered_at = min(idea.answered_at, demo.ago(hours=2))
            rows.append(OfficialAnswer(
                public_id=public_id(demo), idea=idea, body=text, by=by, by_role=role_of(by),
                signature=f"{by.nickname}, {by.job_title}",
                at=idea.answered_at,
                promise_due_at=idea.answered_at + timedelta(days=demo.random.randrange(1, 11)) if idea.vote_score >= 50 else None,
            ))  # fmt: skip
    waiting = [idea for idea in ideas if not idea.answered_at and idea.vote_score >= 50]
    for place, idea in enumerate(sorted(waiting, key=lambda idea: idea.created_at)):
        idea.promise_due_at = demo.now + timedelta(days=(-2, 3, 6, 12)[min(place, 3)], hours=4)
    OfficialAnswer.objects.bulk_create(rows)
    Idea.objects.bulk_update(ideas, ["answered_at", "promise_due_at"])


def _letter(demo, idea) -> str:
    first, last = demo.random.choice(REASONS[idea.state]), demo.random.choice(THANKS[idea.state])
    return f"Bonjour {idea.author},\n\n**{first}**\n\n{last}"


def _merges(demo) -> None:
    for duplicate_title, (canonical_title, reason) in MERGED.items():
        duplicate, canonical = demo.ideas[duplicate_title], demo.ideas[canonical_title]
        by, at = demo.accounts["produit"], duplicate.state_since + (demo.now - duplicate.state_since) / 2
        Merge.objects.create(duplicate=duplicate, canonical=canonical, state_before=State.UNDER_REVIEW, by=by, at=at)
        IdeaMove.objects.create(
            public_id=public_id(demo), idea=duplicate, from_state=State.UNDER_REVIEW, to_state=State.MERGED, reason=reason,
            by=by, by_role="product_owner", is_silent=True, at=at,
        )  # fmt: skip
        duplicate.merged_into, duplicate.state_since = canonical, at
        duplicate.save(update_fields=["merged_into", "state_since"])
        canonical.merged_count += 1
        Idea.objects.filter(pk=canonical.pk).update(merged_count=canonical.merged_count)
        canonical.vote_score = recount(canonical)


def _follows(demo, ideas) -> None:
    """A few choices made by hand, silence among them."""
    picked = demo.random.sample(ideas, 12)
    Follow.objects.bulk_create(
        Follow(member=demo.accounts["cliente"], idea=idea, active=place != 0) for place, idea in enumerate(picked)
    )
