"""Auditors read and take no part: every verb that changes something says so, or says here why it need not.

The verbs are found in the code (`*/domain/`, public, with the actor as a keyword): a new one fails here until it asks for a
right that an auditor has not, or is named below with the reason why they may.
"""

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from core.errors import Invalid
from core.models import Event
from ideas.domain.challenges.judging import answer_invitation, call_up, hand_in, invite_juror, note_entry
from ideas.domain.challenges.ruling import accept_rules
from ideas.domain.commenting import comment_on, edit_comment
from ideas.domain.editing import edit_idea
from ideas.domain.following import follow, unfollow
from ideas.domain.picturing import keep_picture
from ideas.domain.posting import post_idea
from ideas.domain.reacting import react
from ideas.domain.voting import cast_vote
from ideas.models import ChallengeEntry, Comment, Follow, IdeaMove, Juror
from members.domain.circling import join_circle
from members.models import CircleMember
from members.permissions import ReadsOnly
from members.states import Joining
from tests.factories.challenges import a_challenge
from tests.factories.circles import a_circle
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_product_owner, an_auditor

pytestmark = [pytest.mark.django_db, pytest.mark.once]
APPS = ("members", "ideas", "polls", "betas", "board", "trust", "complaints", "notifications")
GUARDS = {"require_taking_part", "refuse_who_only_reads"}
# Rights that an auditor has too: asking for one of these alone keeps nobody from changing anything.
READING = {
    "can_see",
    "can_see_comment",
    "can_see_challenge",
    "can_see_circle",
    "can_open_desk",
    "can_read_all",
    "can_undo",
}
OWN = {"can_describe", "can_erase", "can_export"}  # one's own account, whoever one is

OWN_ACCOUNT = "their own account, its choices and what they are told"
BACK = "takes back what is their own"
READS = "changes nothing"
AROUND = "stands around a verb, which asks"
AFTER = "called by verbs that have asked already, or by the worker"
DESK = "their own desk: named views and runs that nobody else starts for them"
RIGHTS_OF_ALL = "the law gives it to everyone, without an account too"
ALLOWED = {
    OWN_ACCOUNT: {
        "members.consenting.record_consent", "members.describing.describe_oneself", "members.erasing.erase",
        "members.exporting.gather", "members.exporting.make_archive",
        "notifications.preferring.choose", "notifications.preferring.choose_all", "notifications.reading.mark_read",
        "notifications.reading.mark_all_read", "notifications.reading.opened",
    },
    BACK: {
        "members.circling.leave_circle", "ideas.challenges.entering.withdraw_entry", "ideas.commenting.delete_comment",
        "ideas.following.unfollow", "ideas.leaving.take_back_left", "ideas.reacting.take_back", "ideas.voting.withdraw_vote",
        "ideas.withdrawing.withdraw_idea", "polls.remarking.delete_remark", "betas.applying.withdraw_interest",
        "betas.enrolling.withdraw",
    },
    AFTER: {
        "betas.enrolling.free_seat", "betas.enrolling.give_back", "betas.enrolling.offer_free_seats",
        "ideas.moving.record_move", "ideas.recording.record_deed", "ideas.quarantining.set_votes_aside",
        "ideas.quarantining.release_votes", "trust.banning.strike", "trust.bursts.release_one", "trust.bursts.release_rest",
        "trust.casing.close_case", "trust.deciding.carry_out", "trust.deciding.log", "trust.stating.make_statement",
    },
    READS: {
        "ideas.alerting_staff.asked_hear", "ideas.alerting_staff.assigned_hear", "ideas.alerting_staff.filed_hear",
        "ideas.alerting_staff.raised_hear",
        "polls.naming.named_answers", "polls.previewing.as_if_open", "polls.publishing_tally.open_tally",
        "polls.reading_words.all_words", "polls.reading_words.read_words",
        "polls.showing_names.names_in",
        "board.publishing.checks_before", "board.publishing.preview_publication",
        "ideas.mentioning.propose_names", "ideas.picturing.pending_of", "ideas.following.people_told",
        "ideas.following.audience_of_many", "ideas.following.authors_told", "ideas.following.authors_stated",
        "ideas.following.followers_told", "ideas.following.hearers_of_many",
    },
    AROUND: {"polls.repeating.once", "polls.repeating.made_once"},
    RIGHTS_OF_ALL: {"trust.reporting.report_content", "trust.appealing.appeal_statement", "trust.appealing.appeal_report"},
    DESK: {
        "ideas.viewing.save_view", "ideas.viewing.change_view", "ideas.viewing.make_default",
        "ideas.viewing.shift_view", "ideas.viewing.delete_view", "ideas.bulk.stop_bulk", "ideas.bulk.undo_bulk",
        "ideas.importing.keeping.keep_rows", "ideas.importing.keeping.kept_rows",
        "ideas.importing.keeping.forget_rows", "ideas.undoing.undo", "ideas.recording.undo_deed", "ideas.putting_back.put_back",
    },
}  # fmt: skip


@cache
def verbs():
    """Name → the functions that it and its module's own helpers call."""
    found = {}
    for app in APPS:
        for path in sorted((Path(apps.get_app_config(app).path) / "domain").rglob("*.py")):
            tree = {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef)}
            calls = {name: set(re.findall(r"\b(\w+)\(", ast.unparse(node))) for name, node in tree.items()}
            module = ".".join(
                (app, *path.relative_to(Path(apps.get_app_config(app).path) / "domain").with_suffix("").parts)
            )
            for name, node in tree.items():
                if not name.startswith("_") and any(argument.arg == "by" for argument in node.args.kwonlyargs):
                    found[f"{module}.{name}"] = _reached(name, calls)
    return found


def _reached(name, calls):
    reached, waiting = set(), {name}
    while waiting:
        one = waiting.pop()
        reached.add(one)
        waiting |= calls.get(one, set()) - reached
    return reached


def rights_of(called):
    return {name for name in called if name.startswith("can_")} - READING - OWN


def is_refused(right, auditor):
    """Whether an auditor has none of the rights of that name."""
    held = []
    for app in APPS:
        known = getattr(import_module(f"{app}.permissions"), right, None) if _has_permissions(app) else None
        if known:
            about_something = known.__code__.co_argcount - len(known.__defaults__ or ()) > 1
            held.append(about_something or known(auditor))  # what depends on a thing may be an auditor's: say why below
    return bool(held) and not any(held)


def _has_permissions(app):
    return (Path(apps.get_app_config(app).path) / "permissions.py").exists()


ALL_ALLOWED = set().union(*ALLOWED.values())


@pytest.mark.parametrize("name", sorted(verbs()))
def test_each_verb_refuses_an_auditor_or_says_why_it_need_not(name):
    if name in ALL_ALLOWED:
        return
    called, auditor = verbs()[name], an_auditor()
    guarded = called & GUARDS or any(is_refused(right, auditor) for right in rights_of(called))
    assert guarded, f"{name}: ask for a right, refuse who only reads, or say in ALLOWED why an auditor may"


def test_what_is_allowed_is_there():
    assert ALL_ALLOWED - set(verbs()) == set()


class Site:
    """What an auditor could lay hands on."""

    def __init__(self):
        self.who = an_auditor()
        self.idea, self.theirs = an_idea(), an_idea(author=self.who)
        self.comment, self.said = a_comment(self.idea), a_comment(self.idea, author=self.who)
        self.challenge = a_challenge(phase="jury")
        self.seat = Juror.objects.create(challenge=self.challenge, member=self.who)
        entered = an_idea(author=self.who)
        ChallengeEntry.objects.create(challenge=self.challenge, idea=entered)
        self.circle = a_circle()
        CircleMember.objects.create(circle=self.circle, member=self.who, joining=Joining.INVITED)


TEXT = "Un texte assez long pour être lu."
TAKING_PART = {
    "vote": lambda on: cast_vote(on.idea, by=on.who),
    "comment": lambda on: comment_on(on.idea, body=TEXT, by=on.who),
    "change a comment": lambda on: edit_comment(on.said, body=TEXT, by=on.who),
    "react": lambda on: react(on.comment, "useful", by=on.who),
    "post": lambda on: post_idea(title="Un titre assez long", body=TEXT * 3, category=a_category(), by=on.who),
    "change an idea": lambda on: edit_idea(on.theirs, by=on.who, title="Un autre titre bien long"),
    "choose a picture": lambda on: keep_picture(None, by=on.who),
    "follow": lambda on: follow(on.idea, by=on.who),
    "join a circle": lambda on: join_circle(on.circle, by=on.who),
    "accept a seat": lambda on: answer_invitation(on.challenge, accepts=True, by=on.who),
    "note an entry": lambda on: note_entry(on.challenge, on.idea, scores={}, by=on.who),
    "hand notes in": lambda on: hand_in(on.challenge, by=on.who),
    "call up an entry": lambda on: call_up(on.challenge, on.idea, by=on.who),
    "accept rules": lambda on: accept_rules(on.challenge, number=1, by=on.who),
}


@pytest.mark.parametrize("deed", list(TAKING_PART))
def test_auditor_takes_no_part(deed):
    on, before = Site(), Event.objects.count()
    with pytest.raises(ReadsOnly) as refusal:
        TAKING_PART[deed](on)
    assert (refusal.value.code, refusal.value.status) == ("reads_only", 403)
    assert Event.objects.count() == before and not Follow.objects.exists()


def test_auditor_is_given_no_seat_in_a_jury():
    with pytest.raises(Invalid) as refusal:
        invite_juror(a_challenge(phase="posting"), member=an_auditor(), by=a_product_owner())
    assert (refusal.value.code, refusal.value.field) == ("reads_only", "member")


def test_who_became_an_auditor_unfollows_and_declines():
    on = Site()
    Follow.objects.create(member=on.who, idea=on.idea, active=True)
    unfollow(on.idea, by=on.who)
    answer_invitation(on.challenge, accepts=False, by=on.who)
    assert not Follow.objects.get().active and not Juror.objects.exists()


def test_page_and_api_refuse_and_offer_nothing(client):
    on = Site()
    client.force_login(on.who)
    fresh = an_idea()
    assert reverse("ideas:follow", args=[fresh.public_id]) not in client.get(fresh.get_absolute_url()).content.decode()
    assert client.post(reverse("ideas:follow", args=[on.idea.public_id]) + "?to=in").status_code in (302, 403)
    assert client.put(f"/api/v1/ideas/{on.idea.public_id}/follow/").json()["code"] == "reads_only"
    joined = client.put(f"/api/v1/circles/{on.circle.public_id}/membership/")
    assert (joined.status_code, joined.json()["code"]) == (403, "reads_only")
    assert 'value="in"' not in client.get(reverse("circles")).content.decode()
    assert 'value="yes"' not in client.get(reverse("challenges:jury", args=[on.challenge.public_id])).content.decode()
    assert not Follow.objects.exists() and CircleMember.objects.get().joining == Joining.INVITED


def test_old_comments_of_auditors_no_longer_stand_as_the_banks():
    auditor, before, member = an_auditor(), an_auditor(), a_product_owner()
    IdeaMove.objects.create(
        idea=an_idea(), from_state="new", to_state="under_review", by=before, by_role="product_owner"
    )
    for author in (auditor, before, member):
        a_comment(author=author, is_official=True)
    module = import_module(
        "ideas.migrations." + next(Path("ideas/migrations").glob("*auditors_are_not_the_bank.py")).stem
    )
    module.unmark(apps, connection.schema_editor())
    assert dict(Comment.objects.values_list("author", "is_official")) == {
        auditor.pk: False, before.pk: True, member.pk: True,
    }  # fmt: skip
