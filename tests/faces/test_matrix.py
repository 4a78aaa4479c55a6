"""Deny by default: each of our addresses has a row here, and a new one without a row fails.

OPEN: anyone reads it. MEMBER: a visitor is sent to the door. WRITE: nothing happens to a visitor's request.
DESK: visitors and members stay out, an auditor reads. API_OPEN, API_MEMBER: the same for the API.
"""

import pytest
from django.urls import get_resolver, reverse

from tests.factories.betas import a_finding, a_mission, a_programme, a_screenshot, a_tester
from tests.factories.board import a_quarter, an_item
from tests.factories.challenges import a_challenge
from tests.factories.circles import a_circle
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, an_auditor
from tests.factories.polls import an_open_poll

pytestmark = pytest.mark.django_db
OURS = ("lab", "core", "members", "ideas", "polls", "betas", "board", "complaints", "trust", "notifications", "cms")

OPEN = {
    "trust:report", "trust:followed", "trust:figures",
    "healthz", "readyz", "robots", "security_txt", "manifest", "brand_css", "service_worker", "offline", "styleguide",
    "api_docs", "home", "search",
    "ideas:list", "ideas:similar", "ideas:image", "ideas:small_image", "ideas:short", "ideas:detail", "ideas:comments",
    "ideas:new", "betas:list", "betas:short", "betas:detail", "polls:list", "polls:short", "polls:show", "board:roadmap",
    "board:quarters", "board:minutes", "board:notes", "member_page", "member_goodbye", "notifications:stop",
    "ideas:versions", "ideas:feed", "ideas:idea_feed",
}  # fmt: skip
MEMBER = {
    "trust:statements", "trust:statement",
    "account_confirm_by_code",
    "my_lab", "circles", "circle", "member_profile", "member_data", "member_export", "member_erase", "notifications:inbox",
    "notifications:preferences", "notifications:open", "ideas:edit", "betas:mission", "betas:report", "betas:finding",
    "betas:picture", "betas:leave", "ideas:withdraw", "ideas:pending_picture", "my_votes", "my_left",
    "complaints:mine", "complaints:show",
    "polls:remark_edit", "polls:remark_delete",
    "ideas:comment_edit", "ideas:comment_delete", "ideas:comment_versions", "ideas:version_sight",
}  # fmt: skip
WRITE = {
    "ideas:vote", "ideas:follow", "ideas:comment", "betas:apply", "betas:interest", "betas:sign", "polls:ballot",
    "notifications:read_all", "member_consent", "ideas:preview",
    "circle_membership",
    "ideas:comment_react", "polls:visual_react", "polls:remarks",
}  # fmt: skip
API_OPEN = {
    "api_ideas", "api_ideas_similar", "api_idea", "api_idea_comments", "api_categories",
    "api_tags", "api_betas", "api_beta", "api_polls",
    "api_poll", "api_poll_drawing", "api_poll_remarks", "api_poll_remark", "api_roadmap", "api_quarters", "api_quarter",
    "api_schema", "api_idea_versions",
    "api_idea_comment",
}  # fmt: skip
API_MEMBER = {
    "api_statements", "api_statement", "api_statement_appeal",
    "api_idea_vote", "api_idea_follow", "api_beta_enrolment", "api_beta_interest", "api_beta_missions", "api_beta_mission",
    "api_beta_findings", "api_beta_finding", "api_beta_screenshot", "api_me", "api_notifications", "api_notifications_read",
    "api_poll_ballot", "api_poll_reaction", "api_polls_unanswered",
    "api_idea_withdrawal", "api_me_votes", "api_me_left", "api_me_left_one",
    "api_desk_evidence",
    "api_desk_promises", "api_desk_promise_rule", "api_desk_urgent_words", "api_desk_urgent_word", "api_desk_urgency",
    "api_my_complaints", "api_my_complaint", "api_desk_complaints", "api_desk_complaint",
    "api_circles", "api_circle_membership",
    "api_desk_complaint_acknowledge", "api_desk_complaint_answer", "api_desk_complaint_close", "api_desk_complaint_turn_back",
    "api_desk_complaint_undo",
    "api_ideas_preview", "api_idea_names", "api_idea_reaction", "api_notification_preferences",
    "api_desk_ideas", "api_desk_views", "api_desk_view", "api_desk_bulk", "api_desk_bulk_run", "api_desk_bulk_lines",
    "api_desk_bulk_stop", "api_desk_bulk_undo", "api_desk_bulk_put_back", "api_desk_bulk_preview", "api_desk_filters",
    "api_desk_bulk_merge_preview",
}  # fmt: skip
API_DESK = {
    "api_desk_idea", "api_desk_idea_history",
    "api_desk_idea_move", "api_desk_idea_assignee", "api_desk_idea_category", "api_desk_idea_tags",
    "api_desk_idea_notes", "api_desk_idea_answers", "api_desk_idea_questions", "api_desk_idea_merge", "api_desk_idea_unmerge",
    "api_desk_idea_visibility", "api_desk_version", "api_desk_idea_on_behalf", "api_desk_idea_board",
    "api_desk_questions", "api_desk_question",
    "api_desk_votes", "api_desk_suggestions", "api_desk_suggestion", "api_desk_templates", "api_desk_tags", "api_desk_undo",
}  # fmt: skip
API_DESK |= {
    "api_desk_case_undo", "api_desk_case_verdicts", "api_desk_case_whole_burst",
    "api_desk_cases", "api_desk_case_counts", "api_desk_case", "api_desk_case_verdict", "api_desk_case_appeal",
    "api_desk_case_votes", "api_desk_member_file", "api_desk_member_ban", "api_desk_member_lift_ban", "api_desk_hold_rules",
    "api_desk_hold_rule",
    "api_desk_letters", "api_desk_letter", "api_desk_letter_versions", "api_desk_comment_versions",
    "api_desk_comment_visibility", "api_desk_export", "api_desk_imports", "api_desk_import",
    "api_desk_challenges", "api_desk_challenge", "api_desk_challenge_announce", "api_desk_challenge_dates",
    "api_desk_challenge_rules", "api_desk_challenge_jury", "api_desk_challenge_seat", "api_desk_challenge_notes",
    "api_desk_challenge_results",
    "api_desk_circles", "api_desk_circle", "api_desk_circle_close", "api_desk_circle_people", "api_desk_circle_person",
}  # fmt: skip
API_DESK |= {
    "api_desk_polls", "api_desk_poll", "api_desk_poll_open", "api_desk_poll_schedule", "api_desk_poll_unschedule",
    "api_desk_poll_close", "api_desk_poll_extend", "api_desk_poll_reopen", "api_desk_poll_decision",
    "api_desk_poll_reminder", "api_desk_poll_apart", "api_desk_poll_weights", "api_desk_poll_turnout", "api_desk_poll_names",
    "api_desk_poll_check", "api_desk_poll_history", "api_desk_poll_totals", "api_desk_poll_duplicate", "api_desk_poll_keep",
    "api_desk_poll_templates", "api_desk_poll_template", "api_desk_poll_template_draft", "api_desk_poll_visual",
    "api_desk_poll_picture", "api_desk_subject_poll",
    "api_desk_poll_words", "api_desk_poll_words_file",
    "api_desk_poll_names_file", "api_desk_poll_weights_file", "api_desk_poll_preview", "api_desk_poll_decision_preview",
}  # fmt: skip
OPEN |= {"polls:program"}
# The poll's own results policy decides (tests/polls), and the signed key of a report (tests/trust).
BY_POLICY = {"api_reports", "api_poll_results", "api_report", "api_report_appeal"}
BY_POLICY |= {
    "polls:chart",
    "polls:results",
    "api_poll_chart",
    "api_poll_results_file",
    "polls:growth",
    "api_poll_growth",
}
BY_POLICY |= {"polls:receipt", "polls:tally", "polls:names", "api_poll_receipt", "api_poll_tally", "api_poll_names"}
DESK_SPACES = (
    "trust_desk:",
    "ideas_desk:", "complaints_desk:", "board_desk:", "betas_desk:", "polls_studio:", "wagtailusers_users:", "members_desk:",
    "circles_desk:",
    "promises_desk:", "hold_rules:",
)  # fmt: skip
DOORS = {"to_sign_in"}
OPEN |= {"challenges:list", "challenges:short", "challenges:show", "challenges:rules"}
MEMBER |= {"challenges:jury"}
WRITE |= {
    "challenges:enter", "challenges:withdraw", "challenges:accept", "challenges:seat", "challenges:note",
    "challenges:call_up", "challenges:hand_in",
}  # fmt: skip
DESK_SPACES += ("challenges_desk:", "hold_rules:")
API_OPEN |= {"api_challenges", "api_challenge", "api_challenge_rules", "api_challenge_entries"}
API_MEMBER |= {
    "api_challenge_entry", "api_challenge_acceptance", "api_challenge_seat", "api_challenge_notes", "api_challenge_note",
    "api_challenge_call_up", "api_challenge_hand_in",
}  # fmt: skip


def our_addresses():
    """(name, the names of its arguments) of each address that a view of ours answers."""

    def walk(resolver, space=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(
                    pattern, space + (f"{pattern.namespace}:" if getattr(pattern, "namespace", None) else "")
                )
                continue
            view = pattern.callback
            view = getattr(view, "view_class", None) or getattr(view, "cls", None) or view
            if pattern.name and (getattr(view, "__module__", "") or "").split(".")[0] in OURS:
                yield space + pattern.name, tuple(pattern.pattern.converters)

    return sorted(set(walk(get_resolver())))


ADDRESSES = our_addresses()
NAMES = {name for name, _arguments in ADDRESSES}


DESK_SPACES += ("ideas_exchange:", "poll_chooser:")  # files in and out; polls for the pages


def is_desk(name):
    return name.startswith(DESK_SPACES)


@pytest.fixture
def things():
    """One of each thing, none of them the reader's, by the name of the argument that names it."""
    tester = a_tester(a_programme(state="running"))
    finding = a_finding(tester)
    return {
        "idea": an_idea(), "poll": an_open_poll(), "programme": tester.programme, "mission": a_mission(tester.programme),
        "finding": finding, "quarter": a_quarter(), "member": a_member(), "picture": a_screenshot(), "circle": a_circle(),
        "challenge": a_challenge(),
    }  # fmt: skip


def address(name, arguments, things):
    space = name.split(":")[0].removeprefix("api_").split("_")[0]
    subject = {"desk": "idea",
               "idea": "idea", "ideas": "idea", "poll": "poll", "polls": "poll", "beta": "programme", "betas": "programme",
               "circle": "circle", "circles": "circle",
               "challenge": "challenge", "challenges": "challenge",
               "member": "member", "members": "member", "notifications": "idea"}.get(space)  # fmt: skip
    values = {}
    for argument in arguments:
        if argument == "public_id" and name == "board_desk:score":
            values[argument] = an_item(things["quarter"]).public_id
        elif argument == "public_id" and subject:
            values[argument] = things[subject].public_id
        elif argument == "mission_id":
            values[argument] = things["mission"].public_id
        elif argument == "finding_id":
            values[argument] = things["finding"].public_id
        elif argument == "code":
            values[argument] = things["quarter"].code
        elif argument == "slug":
            values[argument] = getattr(things.get(subject), "slug", "-") or "-"
        elif argument in ("pk", "position", "number"):
            values[argument] = 1
        else:
            values[argument] = "zzzzzzzzzzzz"
    return reverse(name, kwargs=values)


def test_every_address_has_a_row():
    known = OPEN | MEMBER | WRITE | API_OPEN | API_MEMBER | API_DESK | BY_POLICY | DOORS
    assert {name for name in NAMES if name not in known and not is_desk(name)} == set()


def is_door(answer):
    return answer.status_code == 302 and ("/connexion/" in answer["Location"] or "/login" in answer["Location"])


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] in OPEN])
def test_visitor_reads_what_is_open(client, things, name, arguments):
    answer = client.get(address(name, arguments, things))
    assert answer.status_code in (200, 301, 302, 404)
    assert name == "ideas:new" or not is_door(answer)


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] in MEMBER])
@pytest.mark.once
def test_visitor_is_sent_to_the_door(client, things, name, arguments):
    answer = client.get(address(name, arguments, things))
    assert is_door(answer) or answer.status_code in (401, 404, 405)
    assert answer.status_code != 200


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] in WRITE | MEMBER])
@pytest.mark.once
def test_visitor_changes_nothing(client, things, name, arguments):
    answer = client.post(address(name, arguments, things), {"options": "x", "body": "x" * 40, "to": "in"})
    assert is_door(answer) or answer.status_code in (400, 401, 403, 404, 405)


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] in API_MEMBER])
@pytest.mark.once
def test_app_without_a_token_gets_401(client, things, name, arguments):
    place = address(name, arguments, things)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = client.generic(method, place, "{}", content_type="application/json")
        if {"finding_id", "comment_id"} & set(arguments):  # whether it exists is not said
            assert answer.status_code in (401, 404, 405), method
            continue
        assert answer.status_code in (401, 405), method
        if answer.status_code == 401:
            assert answer.json()["code"] == "not_signed_in"


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] in API_OPEN])
@pytest.mark.once
def test_app_without_a_token_changes_nothing(client, things, name, arguments):
    place = address(name, arguments, things)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = client.generic(method, place, "{}", content_type="application/json")
        assert answer.status_code in (401, 405) or ("comment_id" in arguments and answer.status_code == 404), method


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] in API_DESK])
@pytest.mark.parametrize(("who", "status"), [("visitor", 401), ("member", 403)])
@pytest.mark.once
def test_desk_s_api_is_for_staff_alone(client, things, name, arguments, who, status):
    if who == "member":
        client.force_login(a_member())
    place = address(name, arguments, things)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        assert client.generic(method, place, "{}", content_type="application/json").status_code == status, method


@pytest.mark.parametrize("who", ["visitor", "member"])
@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if is_desk(row[0])])
@pytest.mark.once
def test_desk_lets_no_visitor_and_no_member_in(client, things, name, arguments, who):
    if who == "member":
        client.force_login(a_member())
    place = address(name, arguments, things)
    for send in (client.get, client.post):
        answer = send(place)
        assert answer.status_code in (302, 403, 404, 405)
        if answer.status_code == 302:
            assert is_door(answer) or answer["Location"] in ("/", "/desk/") or "/connexion/" in answer["Location"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [row for row in ADDRESSES if is_desk(row[0]) and not row[0].startswith(("wagtailusers", "members_desk"))],
)
@pytest.mark.once
def test_auditor_changes_nothing(client, things, name, arguments):
    from core.models import Event

    client.force_login(an_auditor())
    before = Event.objects.count()
    client.post(
        address(name, arguments, things), {"reason": "x" * 40, "body": "x" * 40, "idea": things["idea"].public_id}
    )
    assert Event.objects.count() == before
