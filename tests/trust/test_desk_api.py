"""Moderation through the API: the queue in its turn, verdicts with reasons, suspensions, rules; and following one's report."""

import json

import pytest

from ideas.domain.commenting import edit_comment
from ideas.models import Comment, Idea, SetAsideVote
from members.models import Member
from tests.counting import queries_of
from tests.factories.ideas import a_comment
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.factories.trust import WHY, a_case, a_report, votes_overnight
from tests.notifications.working import work
from trust.domain.appealing import appeal_statement
from trust.domain.bursts import decide_burst, look_for_bursts
from trust.domain.deciding import decide
from trust.models import Case, HoldRule, Report, Statement, VoteBurst
from trust.signing import api_path_of

pytestmark = pytest.mark.django_db
RULE = {"kind": "words", "name_fr": "Mots à relire", "name_en": "Words to read", "words_fr": "arnaque"}


@pytest.fixture
def desk(client):
    """`desk(method, path, **body)` as a moderator, or as whom the test signs in."""
    client.force_login(a_moderator())

    def ask(method, path, **body):
        return client.generic(method, f"/api/v1/desk/{path}", json.dumps(body), content_type="application/json")

    return ask


def refused(answer):
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("how_many", [1, 4])
def test_queue_is_one_query_whatever_waits(desk, how_many):
    for number in range(how_many):
        a_report(email=f"{number}@example.org")
    assert [row["report_count"] for row in desk("GET", "moderation/").json()["results"]] == [1] * how_many
    assert queries_of(lambda: desk("GET", "moderation/")) == 3  # with the member and their roles


def test_queue_gives_the_oldest_urgent_first_and_counts_its_views(desk):
    plain, urgent = a_case(reason="spam", email="a@example.org"), a_case(reason="fraud", email="b@example.org")
    assert [row["id"] for row in desk("GET", "moderation/").json()["results"]] == [urgent.public_id, plain.public_id]
    assert [row["id"] for row in desk("GET", "moderation/?view=urgent").json()["results"]] == [urgent.public_id]
    counts = desk("GET", "moderation/counts/").json()
    assert (counts["all"], counts["urgent"], counts["reported"], counts["appeals"]) == (2, 1, 2, 0)
    assert refused(desk("GET", "moderation/?view=tomorrow")) == (400, "unknown_view")


def test_case_tells_who_reported_and_what_is_read(desk):
    case = a_case()
    shown = desk("GET", f"moderation/{case.public_id}/").json()
    assert shown["case"]["kind"] == "comment" and shown["subject"]["visibility"] == "public"
    assert [(row["name"], row["email"]) for row in shown["reports"]] == [("Odile Martin", "odile@example.org")]
    assert (shown["appeal"], shown["burst"], shown["votes_with"], shown["strikes"]) == (None, None, None, 0)
    assert desk("GET", "moderation/zzzzzzzzzzzz/").status_code == 404


def test_verdict_hides_the_comment_strikes_and_is_given_once(desk):
    case = a_case()
    path = f"moderation/{case.public_id}/verdict/"
    assert refused(desk("POST", path, verdict="burn", reason=WHY)) == (400, "invalid")
    assert refused(desk("POST", path, verdict="hide", reason="non"))[0] == 400
    done = desk("POST", path, verdict="hide", reason=WHY, ground="law", rule="Loi de 1881", with_strike=True)
    assert done.status_code == 200, done.content
    assert done.json()["statement"]["measure"] == "hidden" and done.json()["statement"]["has_strike"]
    assert done.json()["case"]["closed_at"] and Comment.objects.get(pk=case.subject_id).visibility == "hidden"
    assert refused(desk("POST", path, verdict="keep", reason=WHY)) == (409, "case_closed")
    assert refused(desk("POST", f"moderation/{case.public_id}/votes/", confirmed=True, reason=WHY)) == (
        409,
        "other_matter",
    )


def test_verdict_is_taken_back_by_who_gave_it(desk, client):
    case = a_case()
    done = desk("POST", f"moderation/{case.public_id}/verdict/", verdict="hide", reason=WHY).json()
    assert refused(desk("POST", "moderation/undo/")) == (400, "invalid")
    me, other = Member.objects.get(pk=client.session["_auth_user_id"]), a_moderator()
    client.force_login(other)
    assert refused(desk("POST", "moderation/undo/", undo=done["undo"])) == (409, "too_late_to_undo")
    client.force_login(an_auditor())
    assert refused(desk("POST", "moderation/undo/", undo=done["undo"])) == (403, "not_allowed")
    client.force_login(me)
    assert desk("POST", "moderation/undo/", undo=done["undo"]).json() == {"undone": 1}
    assert Case.objects.get().is_open and Comment.objects.get(pk=case.subject_id).visibility == "public"


@pytest.mark.parametrize(("role", "reads"), [(an_auditor, 200), (an_expert, 403)])
def test_who_only_reads_gives_no_verdict(desk, client, role, reads):
    case = a_case()
    client.force_login(role())
    assert desk("GET", "moderation/").status_code == desk("GET", f"moderation/{case.public_id}/").status_code == reads
    assert refused(desk("POST", f"moderation/{case.public_id}/verdict/", verdict="hide", reason=WHY)) == (
        403,
        "not_allowed",
    )
    assert Case.objects.get().is_open


def test_appeal_is_answered_by_somebody_else(desk, client):
    first = a_moderator()
    statement = decide(a_case(), "hide", reason=WHY, by=first)
    appeal = appeal_statement(statement, text="Relisez mon texte, je vous prie.", by=statement.member)
    path = f"moderation/{appeal.case.public_id}/"
    assert desk("GET", path).json()["appeal"]["contested"] == WHY
    client.force_login(first)
    assert refused(desk("POST", f"{path}appeal/", upheld=True, reason=WHY)) == (403, "self_review")
    client.force_login(a_moderator())
    assert refused(desk("POST", f"{path}appeal/", reason=WHY)) == (400, "invalid")
    assert desk("POST", f"{path}appeal/", upheld=True, reason=WHY).status_code == 200
    assert Comment.objects.get(pk=statement.subject_id).visibility == "public"
    assert refused(desk("POST", f"{path}appeal/", upheld=True, reason=WHY)) == (409, "case_closed")


def test_burst_is_released(desk):
    idea = votes_overnight(young=40, old=2)
    look_for_bursts()
    case = Case.objects.get()
    shown = desk("GET", f"moderation/{case.public_id}/").json()
    assert (shown["votes_without"], shown["votes_with"], shown["burst"]["young"]) == (2, 42, 40)
    assert refused(desk("POST", f"moderation/{case.public_id}/votes/", confirmed="?", reason=WHY)) == (400, "invalid")
    assert desk("POST", f"moderation/{case.public_id}/votes/", confirmed=False, reason=WHY).status_code == 200
    assert Idea.objects.get(pk=idea.pk).vote_score == 42


def test_member_is_suspended_and_given_back(desk, client):
    member = a_member()
    path = f"members/{member.public_id}/"
    assert desk("GET", f"{path}file/").json()["is_suspended"] is False
    assert refused(desk("POST", f"{path}ban/", days=0, reason=WHY)) == (400, "invalid")
    banned = desk("POST", f"{path}ban/", days=7, reason=WHY).json()
    assert banned["is_suspended"] and banned["suspended_until"] and banned["bans"][0]["reason"] == WHY
    assert refused(desk("POST", f"{path}ban/", days=7, reason=WHY)) == (409, "already_banned")
    client.force_login(an_auditor())
    assert desk("GET", f"{path}file/").status_code == 200
    assert refused(desk("POST", f"{path}ban/lift/", reason=WHY)) == (403, "not_allowed")
    client.force_login(a_moderator())
    assert desk("POST", f"{path}ban/lift/", reason=WHY).json()["is_suspended"] is False
    forever = desk("POST", f"{path}ban/", days=None, reason=WHY).json()
    assert (forever["is_suspended"], forever["suspended_until"]) == (True, None)
    assert Member.objects.get(pk=member.pk).banned_until


def test_rules_are_made_changed_and_put_out_of_force(desk, client):
    made = desk("POST", "hold-rules/", **RULE)
    assert made.status_code == 201, made.content
    path = f"hold-rules/{made.json()['id']}/"
    assert refused(desk("PATCH", path, kind="moon")) == (400, "invalid")
    assert refused(desk("PATCH", path, number=0)) == (400, "invalid")
    assert desk("PATCH", path, is_active=False).json()["is_active"] is False
    assert HoldRule.objects.get(public_id=made.json()["id"]).words_fr == "arnaque"
    assert made.json()["id"] in {row["id"] for row in desk("GET", "hold-rules/").json()["results"]}
    assert queries_of(lambda: desk("GET", "hold-rules/")) == 3
    for role in (an_auditor, a_product_owner):
        client.force_login(role())
        assert refused(desk("POST", "hold-rules/", **RULE)) == (403, "not_allowed")
    assert desk("PATCH", "hold-rules/99999999999/", is_active=False).status_code == 403


def test_rules_are_named_by_public_ids_that_nobody_can_count(desk):
    rule = HoldRule.objects.earliest("pk")  # made by a migration
    assert rule.public_id and {row["id"] for row in desk("GET", "hold-rules/").json()["results"]} == set(
        HoldRule.objects.values_list("public_id", flat=True)
    )
    assert desk("PATCH", f"hold-rules/{rule.pk}/", is_active=False).status_code == 404
    assert desk("PATCH", f"hold-rules/{rule.public_id}/", is_active=False).json()["id"] == rule.public_id


def test_report_is_followed_and_contested_by_its_signed_address(client):
    report = a_report(a_comment())
    path = api_path_of(report)
    assert client.get(path).json()["state"] == "open" and client.get(path).json()["can_contest"] is False
    text = {"text": "Ce texte insulte bien une conseillère nommée."}
    assert refused(client.post(f"{path}appeal/", text, content_type="application/json")) == (409, "nothing_to_contest")
    decide(Case.objects.get(), "keep", reason=WHY, by=a_moderator())
    shown = client.get(path).json()
    assert (shown["state"], shown["answer"], shown["can_contest"]) == ("refused", WHY, True)
    assert refused(client.post(f"{path}appeal/", {"text": "non"}, content_type="application/json")) == (400, "invalid")
    assert client.post(f"{path}appeal/", text, content_type="application/json").status_code == 201
    assert client.get(path).json()["appeal"]["outcome"] == "open"
    assert refused(client.post(f"{path}appeal/", text, content_type="application/json")) == (409, "already_contested")


def test_report_is_followed_by_nobody_without_its_key(client):
    report = a_report(a_comment())
    other = a_report(a_comment(), email="b@example.org")
    assert client.get(api_path_of(report).replace(report.public_id, other.public_id)).status_code == 404
    member = a_member()
    mine = a_report(a_comment(), by=member)
    decide(Case.objects.get(pk=mine.case_id), "keep", reason=WHY, by=a_moderator())
    text = {"text": "Ce texte insulte bien une conseillère nommée."}
    client.force_login(a_member())
    assert client.post(f"{api_path_of(mine)}appeal/", text, content_type="application/json").status_code == 404
    assert Report.objects.get(pk=mine.pk).state != "upheld" and Statement.objects.count() == 1


def test_receipt_says_where_to_follow(client):
    comment = a_comment()
    made = client.post(
        "/api/v1/reports/",
        {"url": f"/idees/#comment-{comment.public_id}", "reason": "insult", "name": "Odile Martin", "good_faith": True,
         "explanation": "Ce texte insulte une conseillère nommée.", "email": "odile@example.org"},
        content_type="application/json",
    ).json()  # fmt: skip
    assert client.get(made["api_url"]).json()["id"] == made["id"]


def test_queue_is_narrowed_to_an_author_whatever_accents_or_letters_they_borrow(desk):
    spam = a_case(a_comment(author=a_member(nickname="Zoé Lambert")), email="a@example.org")
    double = a_case(a_comment(author=a_member(nickname="Zоe Larnbert 2")), email="b@example.org")  # a Cyrillic o
    a_case(a_comment(author=a_member(nickname="Paul Petit")), email="c@example.org")
    found = desk("GET", "moderation/?author=zoe").json()["results"]
    assert {row["id"] for row in found} == {spam.public_id, double.public_id}
    counts = desk("GET", "moderation/counts/?author=ZOÉ%20lambert").json()
    assert (counts["all"], counts["reported"], counts["urgent"]) == (1, 1, 0)
    for nobody in ("xyz", "%25", "%00", "(", "%20"):
        rows = desk("GET", f"moderation/?author={nobody}").json()["results"]
        assert len(rows) == (3 if nobody in ("%00", "%20") else 0), nobody


def test_many_cases_get_one_verdict_each_with_its_line_and_are_taken_back_together(desk):
    wave = [a_case(email=f"{n}@example.org", reason="spam") for n in range(3)]
    asked = [{"id": case.public_id} for case in wave]
    gone = {"id": "zzzzzzzzzzzz"}
    stale = {"id": wave[2].public_id, "seen": "2020-01-01T00:00:00+00:00."}
    done = desk("POST", "moderation/verdicts/", verdict="remove", reason=WHY, cases=[*asked[:2], stale, gone])
    assert done.status_code == 200, done.content
    answer = done.json()
    assert {row["id"] for row in answer["decided"]} == {case.public_id for case in wave[:2]}
    assert {(row["id"], row["code"]) for row in answer["refused"]} == {
        (wave[2].public_id, "changed_meanwhile"),
        ("zzzzzzzzzzzz", "not_found"),
    }
    assert Statement.objects.filter(measure="removed").count() == 2
    again = desk("POST", "moderation/verdicts/", verdict="keep", reason=WHY, cases=asked[:2]).json()
    assert [row["code"] for row in again["refused"]] == ["case_closed"] * 2 and again["undo"] is None
    assert desk("POST", "moderation/undo/", undo=answer["undo"]).json() == {"undone": 2}
    assert Case.objects.waiting().count() == 3


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"cases": []}, "no_case"),
        ({"cases": [{"id": f"{n:012}"} for n in range(101)]}, "too_many_cases"),
        ({"cases": "all"}, "invalid"),
        ({"cases": [{"id": "a" * 40}]}, "invalid"),
        ({"cases": [{"id": "a\x00"}]}, "invalid"),
        ({}, "invalid"),
        ({"cases": [{"id": "a"}], "verdict": "burn"}, "invalid"),
        ({"cases": [{"id": "a"}], "reason": "non"}, "too_short"),
    ],
)
def test_verdict_on_many_says_what_is_wrong_with_it(desk, body, code):
    answer = desk("POST", "moderation/verdicts/", **({"verdict": "hide", "reason": WHY} | body))
    assert refused(answer) == (400, code)


@pytest.mark.parametrize("role", [an_auditor, a_member, an_expert])
def test_only_who_decides_judges_many_or_releases_a_burst(desk, client, role):
    statement, case = decide(a_case(), "hide", reason=WHY, by=a_moderator()), a_case(email="b@example.org")
    appeal = appeal_statement(statement, text="Relisez mon texte, je vous prie.", by=statement.member)
    client.force_login(role())
    for path, body in (("verdicts/", {"cases": [{"id": case.public_id}], "verdict": "hide"}),
                       (f"{appeal.case.public_id}/appeal/", {"upheld": True})):  # fmt: skip
        answer = desk("POST", f"moderation/{path}", reason=WHY, **body)
        assert answer.status_code == 403
    path = f"moderation/{appeal.case.public_id}/appeal/whole-burst/"
    assert desk("POST", path, reason=WHY).status_code in (403, 409)  # it is about no burst: an auditor may read so
    assert Case.objects.waiting().count() == 2


def test_verdict_on_a_text_that_changed_since_it_was_read_is_refused(desk):
    case = a_case()
    version = desk("GET", f"moderation/{case.public_id}/").json()["subject"]["version"]
    comment = Comment.objects.get(pk=case.subject_id)
    edit_comment(comment, body="Je retire ce que j’ai dit.", by=comment.author)
    path = f"moderation/{case.public_id}/verdict/"
    assert refused(desk("POST", path, verdict="hide", reason=WHY, seen=version)) == (409, "changed_meanwhile")
    version = desk("GET", f"moderation/{case.public_id}/").json()["subject"]["version"]
    assert desk("POST", path, verdict="hide", reason=WHY, seen=version).status_code == 200


def test_answer_to_an_appeal_is_taken_back(desk, client):
    statement = decide(a_case(), "hide", reason=WHY, by=a_moderator())
    appeal = appeal_statement(statement, text="Relisez mon texte, je vous prie.", by=statement.member)
    done = desk("POST", f"moderation/{appeal.case.public_id}/appeal/", upheld=True, reason=WHY).json()
    assert Comment.objects.get().visibility == "public"
    assert desk("POST", "moderation/undo/", undo=done["undo"]).json() == {"undone": 1}
    assert Comment.objects.get().visibility == "hidden"
    assert desk("GET", f"moderation/{appeal.case.public_id}/").json()["appeal"]["id"] == appeal.public_id


def test_confirmed_burst_is_contested_and_released_whole_then_taken_back(desk, client):
    idea = votes_overnight(young=40)
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=a_moderator())
    work()
    voter, moderator = SetAsideVote.objects.first().member, Member.objects.get(pk=client.session["_auth_user_id"])
    client.force_login(voter)
    (statement,) = client.get("/api/v1/statements/").json()["results"]
    contest = f"/api/v1/statements/{statement['id']}/appeal/"
    body = json.dumps({"text": "J’ai ouvert mon compte pour cette idée."})
    assert client.post(contest, body, content_type="application/json").status_code == 201
    assert refused(client.post(contest, body, content_type="application/json")) == (409, "already_contested")
    client.force_login(moderator)
    case = Case.objects.get(matter="appeal")
    shown = desk("GET", f"moderation/{case.public_id}/").json()
    assert shown["appeal_burst"]["young"] == 40
    done = desk("POST", f"moderation/{case.public_id}/appeal/whole-burst/", reason=WHY)
    assert done.status_code == 200 and Idea.objects.get(pk=idea.pk).vote_score == 40
    assert refused(desk("POST", f"moderation/{case.public_id}/appeal/whole-burst/", reason=WHY)) == (409, "case_closed")
    assert desk("POST", "moderation/undo/", undo=done.json()["undo"]).status_code == 200
    assert Idea.objects.get(pk=idea.pk).vote_score == 0 and VoteBurst.objects.get().state == "confirmed"


def test_appeal_that_is_about_no_burst_releases_none(desk):
    statement = decide(a_case(), "hide", reason=WHY, by=a_moderator())
    appeal = appeal_statement(statement, text="Relisez mon texte, je vous prie.", by=statement.member)
    path = f"moderation/{appeal.case.public_id}/appeal/whole-burst/"
    assert refused(desk("POST", path, reason=WHY)) == (409, "nothing_to_contest")
