"""Nobody sets what is the server's: every path of the API that writes is sent, by each role, once plainly and once with every field
that is not its own (ids, authors, states, counters, moments, rights), and both must write the same.

The paths are the schema's: a new one fails here until it has a body below, or its reason among those it cannot have.
"""

import json
from datetime import timedelta
from functools import cache

import pytest
from django.utils import timezone, translation
from drf_spectacular.generators import SchemaGenerator

from core import roles
from ideas.domain.challenges.judging import invite_juror
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import remove_idea
from ideas.domain.viewing import save_view
from ideas.models import Idea, Juror
from members.models import CircleMember
from members.states import Joining
from polls.domain.deciding import letters_of
from polls.models import Poll
from tests.factories.betas import a_finding, a_mission, a_programme, a_tester
from tests.factories.board import an_item
from tests.factories.challenges import a_challenge, a_judged_challenge, a_juror, an_entry
from tests.factories.circles import a_circle
from tests.factories.complaints import ANSWER, LETTER, MEDIATOR, REASON, a_complaint
from tests.factories.desk import a_question, a_suggestion, a_tag, a_template
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, a_staff_member
from tests.factories.polls import a_closed_poll, a_consultation, a_draft, a_remark, an_open_poll, options_of, visuals_of
from tests.factories.trust import a_case, a_report
from trust.domain.appealing import appeal_statement
from trust.domain.banning import ban
from trust.domain.deciding import decide
from trust.models import HoldRule, Statement
from trust.signing import key_of

from .writes import KEY, MARK, MOMENT, STRANGER, spiked, written

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes, et voici pourquoi."
TITLE, BODY = "Bloquer sa carte depuis l’appli", "Je voudrais le faire en un geste, le soir et le dimanche aussi."
POLL = {"title": "Votre carte", "questions": [{"text": "Une ?", "options": [{"text": "Oui"}, {"text": "Non"}]}]}


def soon(days: int) -> str:
    return (timezone.now() + timedelta(days=days)).isoformat()


@cache
def operations() -> list[tuple[str, str, frozenset]]:
    """(method, path, the names its body declares) of each operation that writes."""
    with translation.override("en"):
        schema = SchemaGenerator(urlconf="lab.api_urls").get_schema(request=None, public=True)
    shapes = schema["components"]["schemas"]

    def names(shape) -> set[str]:
        if isinstance(shape, list):
            return set().union(*map(names, shape)) if shape else set()
        if not isinstance(shape, dict):
            return set()
        found = names(shapes[shape["$ref"].rsplit("/", 1)[1]]) if "$ref" in shape else set()
        return found | set(shape.get("properties", {})) | names([*shape.values()])

    return [
        (method.upper(), path.removeprefix("/api/v1/"), frozenset(names(operation.get("requestBody", {}))))
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in ("post", "put", "patch")
    ]


class Scene:
    """One of each thing, in a state in which it can be written to, and who does it."""

    def __init__(self):
        self.member = a_member(date_joined=timezone.now() - timedelta(days=400), adult_confirmed_at=timezone.now())
        self.people = {
            "member": self.member, "ambassador": a_member(is_ambassador=True),
            "expert": a_staff_member(roles.EXPERT), "owner": a_product_owner(), "moderator": a_moderator(),
        }  # fmt: skip
        stranger = a_member(pk=KEY, public_id=STRANGER)
        self.theme, self.tag, self.template = a_category(owner=self.people["owner"]), a_tag(), a_template()
        self.idea, self.mine = an_idea(category=self.theme), an_idea(author=self.member, category=self.theme)
        self.comment, self.own_comment = a_comment(self.idea), a_comment(self.idea, author=self.member)
        self.item = an_item()
        self.circle = a_circle(members=[stranger])
        CircleMember.objects.create(circle=self.circle, member=self.member, joining=Joining.INVITED)
        self.draft, self.poll, self.closed = a_draft(), an_open_poll(), a_closed_poll()
        self.talk = a_consultation()
        self.remark = a_remark(self.talk, by=self.member)
        self.planned = a_draft(opens_at=timezone.now() + timedelta(days=1))
        Poll.objects.filter(pk=self.planned.pk).update(state="scheduled")
        self.programme = a_programme(state="running")
        self.tester = a_tester(self.programme, member=self.member)
        self.recruiting, self.mission = a_programme(), a_mission(self.programme)
        self.finding = a_finding(self.tester, state="needs_info")
        self.challenge, self.voting = a_challenge(), a_judged_challenge(entries=2, jurors=1)
        self.entry = an_entry(self.challenge, author=self.member)
        self.case, self.report = a_case(a_comment(self.idea)), a_report(a_comment(self.idea))
        self.complaint = a_complaint(an_idea())
        self.suggestion, self.question = a_suggestion(), a_question(self.people["expert"], an_idea())


@pytest.fixture
def scene():
    return Scene()


def body_and_path(method: str, path: str, scene: Scene):
    """What is sent to this path, and with which ids; None where the table below has no row."""
    row = ROWS.get(f"{method} {path}")
    if row is None:
        return None
    ids, body = row(scene)
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", str(value))
    return path, body


def of(thing, **ids):
    return {"public_id": getattr(thing, "public_id", thing)} | ids


ROWS = {
    # Members
    "PATCH me/": lambda s: ({}, {"nickname": "Zoé Le Bihan", "bio": "Bonjour.", "segments": {"activity": "student"}}),
    "POST ideas/": lambda s: ({}, {"title": TITLE, "body": BODY, "category": s.theme.slug}),
    "PATCH ideas/{public_id}/": lambda s: (of(s.mine), {"title": TITLE, "body": BODY}),
    "POST ideas/preview/": lambda s: ({}, {"title": TITLE, "body": BODY}),
    "PUT ideas/{public_id}/vote/": lambda s: (of(s.idea), {}),
    "PUT ideas/{public_id}/follow/": lambda s: (of(s.idea), {}),
    "PUT ideas/{public_id}/withdrawal/": lambda s: (of(s.mine), {"reason": "Je la repense."}),
    "POST ideas/{public_id}/comments/": lambda s: (of(s.idea), {"body": "Cela me servirait aussi.", "parent": s.comment.public_id}),
    "PATCH ideas/{public_id}/comments/{comment_id}/":
        lambda s: (of(s.idea, comment_id=s.own_comment.public_id), {"body": "Cela me servirait bien."}),
    "PUT ideas/{public_id}/comments/{comment_id}/reactions/{kind}/":
        lambda s: (of(s.idea, comment_id=s.comment.public_id, kind="useful"), {}),
    "POST reports/": lambda s: ({}, {"url": s.idea.get_absolute_url(), "reason": "insult", "explanation": WHY, "good_faith": True}),
    "PUT circles/{public_id}/membership/": lambda s: (of(s.circle), {}),
    "PATCH notifications/preferences/": lambda s: ({}, [{"topic": "polls", "inbox": False, "mail": "never"}]),
    "POST notifications/read/": lambda s: ({}, {"all": True}),
    "PUT polls/{public_id}/ballot/": lambda s: (of(s.poll), {"options": options_of(s.poll)[:1]}),
    "POST polls/{public_id}/comments/": lambda s: (of(s.talk), {"body": "On ne lit pas le taux."}),
    "PATCH polls/{public_id}/comments/{remark_id}/":
        lambda s: (of(s.talk, remark_id=s.remark.public_id), {"body": "On ne lit pas bien le taux."}),
    "PUT polls/{public_id}/visuals/{visual_id}/reaction/":
        lambda s: (of(s.talk, visual_id=visuals_of(s.talk)[0]), {"kind": "cold"}),
    "PUT betas/{public_id}/enrolment/": lambda s: (of(s.recruiting), {"motivation": "Pour aider.", "device": "Pixel 8"}),
    "PUT betas/{public_id}/interest/": lambda s: (of(a_programme(state="interest")), {}),
    "PUT betas/{public_id}/missions/{mission_id}/": lambda s: (of(s.programme, mission_id=s.mission.public_id), {"steps": [0]}),
    "POST betas/{public_id}/findings/":
        lambda s: (of(s.programme), {"kind": "issue", "severity": "minor", "title": "Bouton gris", "body": "Il reste gris."}),
    "PATCH betas/{public_id}/findings/{finding_id}/":
        lambda s: (of(s.programme, finding_id=s.finding.public_id), {"details": "Sur la version 4.2."}),
    "PUT challenges/{public_id}/acceptance/": lambda s: (of(s.challenge), {"accepted_rules": 1}),
    "POST challenges/{public_id}/entries/": lambda s: (of(a_challenge()), {"idea": s.mine.public_id, "accepted_rules": 1}),
    "PUT challenges/{public_id}/jury/seat/": lambda s: (of(_invited(s)), {"accepts": True}),
    # The desk: ideas
    "PUT desk/ideas/{public_id}/assignee/": lambda s: (of(s.idea), {"assignee": s.people["owner"].public_id}),
    "PUT desk/ideas/{public_id}/category/": lambda s: (of(s.idea), {"category": a_category().slug}),
    "PATCH desk/ideas/{public_id}/tags/": lambda s: (of(s.idea), {"add": [s.tag.slug]}),
    "POST desk/ideas/{public_id}/notes/": lambda s: (of(s.idea), {"body": "Vu avec l’équipe Données."}),
    "POST desk/ideas/{public_id}/answers/": lambda s: (of(s.idea), {"body": WHY}),
    "POST desk/ideas/{public_id}/move/": lambda s: (of(s.idea), {"to": "under_review", "reason": WHY}),
    "POST desk/ideas/{public_id}/merge/": lambda s: (of(s.idea), {"into": s.mine.public_id, "reason": WHY}),
    "POST desk/ideas/{public_id}/board/": lambda s: (of(s.idea), {"reason": WHY, "item": s.item.public_id}),
    "POST desk/ideas/{public_id}/on-behalf/": lambda s: (of(s.idea), {"source": "branch", "people": 3, "reference": "Agence"}),
    "POST desk/ideas/{public_id}/questions/":
        lambda s: (of(s.idea), {"expert": s.people["expert"].public_id, "question": WHY, "due_on": soon(3)[:10]}),
    "PUT desk/ideas/{public_id}/urgency/": lambda s: (of(s.idea), {"reason": WHY}),
    "PUT desk/ideas/{public_id}/visibility/": lambda s: (of(s.idea), {"to": "hidden", "reason": WHY}),
    "PUT desk/comments/{key}/visibility/": lambda s: ({"key": s.comment.public_id}, {"to": "hidden", "reason": WHY}),
    "POST desk/suggestions/{key}/": lambda s: ({"key": s.suggestion.public_id}, {"reason": WHY}),
    "POST desk/questions/{key}/": lambda s: ({"key": s.question.public_id}, {"body": WHY}),
    "POST desk/tags/": lambda s: ({}, {"name_fr": "Vie quotidienne", "name_en": "Everyday life"}),
    "POST desk/urgent-words/": lambda s: ({}, {"text": "pirate", "language": "fr"}),
    "POST desk/answer-templates/":
        lambda s: ({}, {"name_fr": "Merci", "name_en": "Thanks", "body_fr": "Bonjour {prenom}, merci beaucoup.", "body_en": ""}),
    "PATCH desk/answer-templates/{key}/": lambda s: ({"key": s.template.public_id}, {"name_fr": "Un grand merci"}),
    "POST desk/bulk/":
        lambda s: ({}, {"move": "review", "ideas": [{"id": s.idea.public_id}], "values": {"reason": WHY}}),
    "POST desk/bulk/preview/":
        lambda s: ({}, {"move": "review", "ideas": [{"id": s.idea.public_id}], "values": {"reason": WHY}}),
    "POST desk/bulk/merge-preview/":
        lambda s: ({}, {"into": s.mine.public_id, "ideas": [{"id": s.idea.public_id}]}),
    "POST desk/views/": lambda s: ({}, {"name": "À voir", "choice": {"state": "new"}}),
    "PUT desk/promises/rules/{slug}/": lambda s: ({"slug": s.theme.slug}, {"promise_votes": 20, "promise_days": 9}),
    # The desk: circles, challenges
    "POST desk/circles/": lambda s: ({}, {"name_fr": "Les artisans", "name_en": "Craftspeople", "entry": "invitation"}),
    "PATCH desk/circles/{public_id}/": lambda s: (of(s.circle), {"name_fr": "Les pêcheurs", "name_en": "Fishers"}),
    "POST desk/circles/{public_id}/people/": lambda s: (of(s.circle), {"emails": [a_member().email]}),
    "POST desk/circles/{public_id}/close/": lambda s: (of(s.circle), {}),
    "POST desk/challenges/":
        lambda s: ({}, {"title_fr": "Un défi", "opens_at": soon(1), "posting_ends_at": soon(9), "voting_ends_at": soon(19),
                        "results_at": soon(29)}),
    "PATCH desk/challenges/{public_id}/": lambda s: (of(a_challenge("draft")), {"title_fr": "Un autre défi"}),
    "POST desk/challenges/{public_id}/announce/": lambda s: (of(a_challenge("draft")), {}),
    "PATCH desk/challenges/{public_id}/dates/": lambda s: (of(s.challenge), {"results_at": soon(60)}),
    "POST desk/challenges/{public_id}/jury/": lambda s: (of(s.challenge), {"member": a_member().public_id, "title": "Conseillère"}),
    "POST desk/challenges/{public_id}/rules/":
        lambda s: (of(s.challenge), {"body_fr": BODY * 3, "changes_fr": "Une date a changé."}),
    "PUT desk/challenges/{public_id}/results/":
        lambda s: (of(s.voting), {"winners": [{"idea": s.voting.entries.first().idea.public_id, "reason": WHY}], "jury_word": WHY}),
    # The desk: complaints, moderation
    "POST desk/complaints/": lambda s: ({}, {"idea": s.idea.public_id, "reason": REASON}),
    "POST desk/complaints/{public_id}/acknowledge/": lambda s: (of(s.complaint), {"text": LETTER}),
    "POST desk/complaints/{public_id}/answer/":
        lambda s: (of(s.complaint), {"text": ANSWER, "outcome": "refused", "mediator": MEDIATOR}),
    "POST desk/complaints/{public_id}/turn-back/": lambda s: (of(s.complaint), {"reason": REASON}),
    "POST desk/moderation/{public_id}/verdict/": lambda s: (of(s.case), {"verdict": "keep", "reason": WHY}),
    "POST desk/moderation/verdicts/":
        lambda s: ({}, {"verdict": "keep", "reason": WHY, "cases": [{"id": s.case.public_id, "seen": ""}]}),
    "POST desk/members/{public_id}/ban/": lambda s: (of(s.comment.author), {"reason": WHY, "days": 7}),
    "POST desk/hold-rules/":
        lambda s: ({}, {"kind": "words", "name_fr": "Mots", "name_en": "Words", "words_fr": "arnaque", "words_en": "scam"}),
    # The desk: polls
    "POST desk/polls/": lambda s: ({}, POLL | {"closes_at": soon(9)}),
    "PUT desk/polls/{public_id}/": lambda s: (of(s.draft), POLL | {"closes_at": soon(9)}),
    "POST desk/polls/{public_id}/open/": lambda s: (of(s.draft), {}),
    "POST desk/polls/{public_id}/close/": lambda s: (of(s.poll), {}),
    "POST desk/polls/{public_id}/extend/": lambda s: (of(s.poll), {"closes_at": soon(20)}),
    "POST desk/polls/{public_id}/reopen/": lambda s: (of(s.closed), {"closes_at": soon(20)}),
    "POST desk/polls/{public_id}/decision/": lambda s: (of(s.closed), {"text": "Nous lançons les frais offerts au printemps."}),
    "POST desk/polls/{public_id}/decision/preview/":
        lambda s: (_letter_read(s), {"text": "Nous lançons les frais offerts au printemps."}),
    "POST desk/polls/{public_id}/duplicate/": lambda s: (of(s.poll), {}),
    "POST desk/polls/{public_id}/template/": lambda s: (of(s.poll), {}),
    "POST desk/polls/{public_id}/reminder/": lambda s: (of(s.poll), {}),
    "PUT desk/polls/{public_id}/weights/": lambda s: (of(s.poll), {"csv": "âge;produit;part\n18-25;;80\n60+;;20\n"}),
    "POST desk/subjects/{public_id}/poll/": lambda s: (of(s.item), {}),
    "POST desk/polls/{public_id}/schedule/": lambda s: (of(a_draft(opens_at=timezone.now() + timedelta(days=1))), {}),
    "POST desk/polls/{public_id}/unschedule/": lambda s: (of(s.planned), {}),
    "POST desk/poll-templates/{key}/draft/": lambda s: ({"key": "welcome"}, {}),
    # What follows something else
    "POST desk/ideas/{public_id}/unmerge/": lambda s: (of(_merged(s)), {"reason": WHY}),
    "POST desk/members/{public_id}/ban/lift/": lambda s: (of(_banned(s)), {"reason": WHY}),
    "POST statements/{public_id}/appeal/": lambda s: (of(_statement(s)), {"text": WHY}),
    "POST desk/moderation/{public_id}/appeal/": lambda s: (of(_appeal(s).case), {"upheld": True, "reason": WHY}),
    "POST reports/{public_id}/{key}/appeal/": lambda s: (_refused_report(s), {"text": WHY}),
    "PUT challenges/{public_id}/jury/notes/{idea_id}/":
        lambda s: (_seated(s), {"usefulness": 4, "simplicity": 3, "novelty": 2, "text": WHY, "recused": False}),
    "PUT challenges/{public_id}/jury/call-up/{idea_id}/": lambda s: (_seated(s), {}),
    "PATCH desk/views/{public_id}/":
        lambda s: (of(save_view("À lire", {"state": "new"}, by=s.people["owner"])), {"name": "À voir"}),
    "PATCH desk/hold-rules/{public_id}/": lambda s: (of(HoldRule.objects.earliest("pk")), {"name_fr": "Un autre nom"}),
}  # fmt: skip
WITHOUT = {
    "POST challenges/{public_id}/jury/hand-in/", "POST desk/bulk/{public_id}/put-back/", "POST desk/bulk/{public_id}/stop/",
    "POST desk/bulk/{public_id}/undo/", "POST desk/challenges/{public_id}/results/", "POST desk/complaints/{public_id}/close/",
    "POST desk/complaints/{public_id}/undo/",
    "POST desk/imports/", "POST desk/imports/{key}/", "POST desk/moderation/undo/",
    "POST desk/moderation/{public_id}/appeal/whole-burst/", "POST desk/moderation/{public_id}/votes/", "POST desk/undo/",
    "PUT desk/ideas/{public_id}/versions/{number}/visibility/", "PUT desk/polls/{public_id}/apart/",
    "POST polls/{public_id}/receipt/",
    "PUT desk/polls/{public_id}/options/{option_id}/image/", "PUT desk/polls/{public_id}/questions/{question_id}/image/",
}  # fmt: skip


def _invited(scene):
    challenge = a_challenge("posting")
    invite_juror(challenge, member=scene.member, by=scene.people["owner"])
    assert Juror.objects.filter(challenge=challenge).exists()
    return challenge


def _merged(scene):
    duplicate = an_idea()
    merge_idea(duplicate, an_idea(), reason=WHY, by=a_product_owner())
    return duplicate


def _banned(scene):
    member = a_member()
    ban(member, reason=WHY, days=7, by=a_moderator())
    return member


def _letter_read(scene):
    """The first letter that anyone reads makes the row of the bank's settings."""
    letters_of(scene.closed, WHY, by=scene.people["owner"])
    return of(scene.closed)


def _statement(scene):
    idea = an_idea(author=scene.member)
    remove_idea(idea, reason=WHY, by=a_moderator())
    return Statement.objects.get(member=scene.member, kind="idea", subject_id=idea.pk)


def _appeal(scene):
    return appeal_statement(_statement(scene), text=WHY, by=scene.member)


def _refused_report(scene):
    report = a_report(a_comment(scene.idea), by=scene.member)
    decide(report.case, "keep", reason=WHY, by=a_moderator())
    return of(report, key=key_of(report))


def _seated(scene):
    challenge = a_challenge("jury")
    entry = an_entry(challenge)
    a_juror(challenge, scene.member)
    return of(challenge, idea_id=entry.idea.public_id)


def test_every_path_that_writes_is_walked():
    """`WITHOUT` are those that change what a long story has to come before, or nothing, and files sent as a form."""
    known = {f"{method} {path}" for method, path, _declared in operations()}
    assert known - set(ROWS) == WITHOUT
    assert set(ROWS) <= known


def test_what_a_request_writes_is_seen():
    """The comparison would see a field that goes through."""
    idea = an_idea()
    with written() as writes:
        Idea.objects.filter(pk=idea.pk).update(
            created_at=MOMENT, vote_score=KEY, title=f"Un titre {MARK}", visibility="removed"
        )
    assert len(writes.marks()) == 3 and writes.told()["removed"] == 1
    assert Idea.objects.get(pk=idea.pk).vote_score == 0
    assert spiked({"a": [{"b": 1}]}, {"state"})["a"][0]["visibility"] == "removed"


def send(client, method, path, body):
    """(status, what was written) of a request that leaves nothing behind."""
    with written() as writes:
        answer = client.generic(method, f"/api/v1/{path}", json.dumps(body), content_type="application/json")
    return answer.status_code, writes


def test_fields_of_the_server_are_nobody_s_to_set(client, scene):
    changed, never = [], []
    for method, path, declared in operations():
        told = body_and_path(method, path, scene)
        if told is None:
            continue
        at, body = told
        reached = False
        for who, person in scene.people.items():
            client.force_login(person)
            status, plain = send(client, method, at, body)
            reached |= status < 300
            if status in (403, 404):  # the door, which reads no body
                continue
            status_again, more = send(client, method, at, spiked(body, set(declared)))
            if (status, plain.statements(), plain.told()) != (
                status_again,
                more.statements(),
                more.told(),
            ) or more.marks():
                changed.append((who, method, path, status, status_again, more.marks(), plain.told(), more.told()))
        if not reached:
            never.append((method, path))
    assert changed == []
    assert never == []
