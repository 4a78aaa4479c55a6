"""Puts the demo's programmes in, in bulk: no event is published, so nobody is told of what is long past."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.public_ids import new_public_id
from ideas.models import Idea

from ..domain.applying import why_ineligible
from ..domain.checking import in_house_language
from ..domain.making import CHARTER
from ..models import (
    Enrolment,
    Finding,
    FindingImage,
    InterestRegistration,
    Mission,
    MissionProgress,
    Programme,
    ProgrammeIdea,
)
from ..states import Enrolled, State
from .screens import draw
from .texts import DEVICES, FINDINGS, HERS, MOTIVATIONS, PROGRAMMES

SIGNED = (Enrolled.AGREED, Enrolled.ACTIVE, Enrolled.INACTIVE, Enrolled.COMPLETED)
DECLINED = "Nous avions plus de candidatures que de places, et il nous fallait des profils variés. Merci pour la vôtre."
SIGNATURE = "Hugo Prigent, Expert cartes et paiements"


def load(demo: Any) -> None:
    for words in PROGRAMMES:
        programme = _programme(demo, words)
        _link(programme, words)
        missions = _missions(programme, words)
        testers = _people(demo, programme, words)
        _work(demo, programme, missions, testers)
        _report(demo, words["key"], programme, missions, testers)
        if words["key"] == "pause":
            _customer(demo, programme, missions)


def _programme(demo: Any, words: dict) -> Programme:
    today = timezone.localdate(demo.now)
    dates = {"starts_on": "starts", "ends_on": "ends", "applications_until": "until", "decision_on": "decision"}
    plain = (
        "title", "summary", "intro", "audience", "platforms", "state", "seats", "feature_flag", "focus_title", "focus",
        "eligible_kinds", "eligible_segments", "eligible_ages", "accepts_at_once", "outcome", "what_changed",
    )  # fmt: skip
    fields = {name: words[name] for name in plain if name in words}
    fields |= {name: today + timedelta(days=words[key]) for name, key in dates.items() if key in words}
    since = {
        State.CLOSED: words.get("closed", 0), State.RUNNING: -words.get("starts", 0),
        State.EVALUATING: -words.get("ends", 0),
    }.get(words["state"], words["begun"])  # fmt: skip
    return Programme.objects.create(
        owner=demo.accounts.get("produit"), charter=in_house_language(CHARTER), created_at=demo.ago(words["begun"]),
        state_since=demo.ago(since), closed_at=demo.ago(words["closed"]) if "closed" in words else None, **fields,
    )  # fmt: skip


def _link(programme: Programme, words: dict) -> None:
    """To the ideas by their titles; where the ideas' demo has none of them, to the most wanted one in that state."""
    if not words["ideas"]:
        return
    ideas = list(Idea.objects.filter(title__in=words["ideas"]).exclude(state="merged"))
    if not ideas:
        free = Idea.objects.filter(state=words["idea_state"], programme_links__isnull=True)
        ideas = list(free.order_by("-vote_score", "-id")[:1])
    ProgrammeIdea.objects.bulk_create(ProgrammeIdea(programme=programme, idea=idea) for idea in ideas)


def _missions(programme: Programme, words: dict) -> list[Mission]:
    return [
        Mission.objects.create(
            programme=programme, title=title, brief=brief, steps=steps, duration=duration, position=at
        )
        for at, (title, brief, steps, duration) in enumerate(words["missions"])
    ]


def _people(demo: Any, programme: Programme, words: dict) -> list[Enrolment]:
    """Candidates and testers among those who may; the demo's accounts keep free, to be tried out."""
    kept_free = {member.pk for member in demo.accounts.values()}
    fit = [one for one in demo.members if one.pk not in kept_free and not why_ineligible(programme, one)]
    demo.random.shuffle(fit)
    rows = []
    for state, wanted in words["people"].items():
        if programme.seats and len(fit) < wanted:
            wanted = len(fit)
        rows += [_enrolment(demo, programme, words, fit.pop(), state) for _ in range(wanted)]
    Enrolment.objects.bulk_create(rows)
    curious = fit[: words.get("interested", 0)]
    InterestRegistration.objects.bulk_create(
        InterestRegistration(programme=programme, member=member, at=demo.between(words["begun"], 0))
        for member in curious
    )
    return [row for row in rows if row.state in SIGNED]


def _enrolment(demo: Any, programme: Programme, words: dict, member: Any, state: str) -> Enrolment:
    begun, over = words["begun"], words.get("closed", 0)
    applied = demo.between(begun - 1, max(begun * 0.5, over))
    signed = state in SIGNED
    seen = None
    if state in (Enrolled.ACTIVE, Enrolled.AGREED):
        seen = demo.between(6, 0.1)
    elif signed:
        seen = demo.between(max(begun * 0.5, over + 1), over + 0.5) if over else demo.ago(16)
    return Enrolment(
        public_id=new_public_id(), programme=programme, member=member, state=state, applied_at=applied,
        state_since=max(applied, demo.ago(3)) if not over else demo.ago(over),
        motivation=demo.random.choice(MOTIVATIONS), device=demo.random.choice(DEVICES), seen_at=seen,
        note=DECLINED if state == Enrolled.DECLINED else "",
        agreed_at=applied + timedelta(days=2) if signed else None, agreed_version=1 if signed else None,
    )  # fmt: skip


def _work(demo: Any, programme: Programme, missions: list[Mission], testers: list[Enrolment]) -> None:
    """The first missions are done by more testers than the last ones."""
    rows = []
    for tester in testers:
        if tester.state == Enrolled.AGREED:
            continue
        for at, mission in enumerate(missions):
            if demo.random.random() > 0.92 - 0.2 * at:
                continue
            count = len(mission.step_list)
            done = demo.random.random() < 0.8
            steps = list(range(count if done else max(1, count - 1)))
            done_at = tester.seen_at if len(steps) == count else None
            rows.append(MissionProgress(mission=mission, enrolment=tester, steps=steps, done_at=done_at))
    MissionProgress.objects.bulk_create(rows)


def _report(demo: Any, key: str, programme: Programme, missions: list[Mission], testers: list[Enrolment]) -> None:
    authors = [tester for tester in testers if tester.state in (Enrolled.ACTIVE, Enrolled.COMPLETED, Enrolled.INACTIVE)]
    originals: list[Finding] = []
    for at, (*words, screen) in enumerate(FINDINGS.get(key, ())):
        if not authors:
            return
        author = authors[(at * 7) % len(authors)]
        days = demo.random.uniform(0.2, 11) + (0 if programme.is_open else (demo.now - programme.closed_at).days + 8)
        finding = _finding(author, missions, words, screen, at=demo.ago(days))
        if finding.state == "duplicate" and originals:
            finding.duplicate_of = originals[-1]
            finding.save(update_fields=["duplicate_of"])
        else:
            originals.append(finding)


def _finding(
    author: Enrolment, missions: list[Mission], words: list, screen: str | None, *, at, version="4.0"
) -> Finding:
    kind, severity, title, body, state, reply, mission = words
    finding = Finding.objects.create(
        programme=author.programme, enrolment=author, mission=missions[mission], kind=kind, severity=severity, title=title,
        body=body, state=state, reply=reply, reply_signature=SIGNATURE if reply else "", device=author.device,
        app_version=version, created_at=at, state_since=at + timedelta(hours=5 if state != "new" else 0),
    )  # fmt: skip
    if screen:
        FindingImage.objects.create(finding=finding, file=draw(screen))
    return finding


def _customer(demo: Any, programme: Programme, missions: list[Mission]) -> None:
    """The demo's customer is a tester: two missions done, one begun, three reports."""
    member = demo.accounts.get("cliente")
    if member is None:
        return
    mine = Enrolment.objects.create(
        programme=programme, member=member, state=Enrolled.ACTIVE, applied_at=demo.ago(24), state_since=demo.ago(11),
        agreed_at=demo.ago(19), agreed_version=1, seen_at=demo.ago(0.4), device="iPhone 15",
        motivation="Deux fois cet hiver, j’ai cru ma carte perdue. C’est mon idée, je veux la voir marcher.",
    )  # fmt: skip
    for mission, steps in zip(missions, ([0, 1, 2], [0, 1, 2, 3], [0], []), strict=True):
        if steps:
            done = demo.ago(4) if len(steps) == len(mission.step_list) else None
            MissionProgress.objects.create(mission=mission, enrolment=mine, steps=steps, done_at=done)
    for days, (*words, screen, version) in zip((8, 6, 1.2), HERS, strict=True):
        _finding(mine, missions, words, screen, at=demo.ago(days), version=version)
