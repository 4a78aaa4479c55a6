"""The moderation desk: one queue in turn, a fixed number of queries, and verdicts through forms."""

import pytest
from django.urls import reverse

from core.models import Event
from ideas.models import Comment
from members.models import Member
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.factories.trust import WHY, a_case, a_report, votes_overnight
from trust.domain.appealing import appeal_statement
from trust.domain.bursts import look_for_bursts
from trust.domain.deciding import decide
from trust.figures import rates, year_of
from trust.models import Case, HoldRule, Statement

pytestmark = pytest.mark.django_db
INDEX = "trust_desk:index"


def act(client, case, name, **said):
    return client.post(reverse("trust_desk:act", args=[case.public_id, name]), {"reason": WHY} | said)


def queries_of(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(reverse(INDEX)).status_code == 200
    tables = ("trust_", "ideas_")
    return len([query for query in seen.captured_queries if any(table in query["sql"] for table in tables)])


def test_queue_costs_the_same_at_one_row_and_at_three(client):
    client.force_login(a_moderator())
    a_report(email="a@example.org")
    client.get(reverse(INDEX))  # Wagtail makes the person's profile once
    one = queries_of(client)
    for name in "bc":
        a_report(email=f"{name}@example.org")
    assert queries_of(client) == one <= 8


def test_the_oldest_urgent_case_comes_first(client):
    client.force_login(a_moderator())
    plain, urgent, later = (
        a_case(reason=reason, email=f"{n}@example.org") for n, reason in enumerate(("spam", "fraud", "illegal"))
    )
    page = client.get(reverse(INDEX))
    assert [row.pk for row in page.context["rows"]] == [urgent.pk, later.pk, plain.pk]
    assert page.context["case"].pk == urgent.pk
    assert {name: count for name, _label, count, *_ in page.context["tabs"]}["urgent"] == 2
    assert len(client.get(reverse(INDEX), {"view": "urgent"}).context["rows"]) == 2


def test_moderator_hides_a_reported_comment_with_a_strike(client):
    client.force_login(a_moderator())
    case = a_case()
    page = client.get(reverse(INDEX), {"case": case.public_id, "do": "hide"})
    assert "data-prepared" in page.content.decode()
    assert (
        act(client, case, "hide", ground="law", rule="Loi du 29 juillet 1881, article 33", with_strike="on").status_code
        == 302
    )
    statement = Statement.objects.get()
    assert (statement.ground, statement.measure) == ("law", "hidden")
    assert statement.strike
    assert Comment.objects.get(pk=case.subject_id).visibility == "hidden"


def test_verdict_without_a_reason_keeps_the_page_and_changes_nothing(client):
    client.force_login(a_moderator())
    case = a_case()
    answer = act(client, case, "hide", reason="non")
    assert answer.status_code == 400 and ">\nnon</textarea>" in answer.content.decode()
    assert not Statement.objects.exists()


def test_second_colleague_is_told_that_it_is_decided(client):
    client.force_login(a_moderator())
    case = a_case()
    decide(case, "keep", reason=WHY, by=a_moderator())
    assert act(client, case, "hide").status_code == 409


@pytest.mark.parametrize(("role", "status"), [(an_auditor, 403), (an_expert, 302)])
def test_who_only_reads_gives_no_verdict(client, role, status):
    client.force_login(role())
    case = a_case()
    act(client, case, "hide")
    assert Case.objects.get(pk=case.pk).is_open
    page = client.get(reverse(INDEX))
    assert page.status_code == (200 if role is an_auditor else 302)
    if page.status_code == 200:
        assert not page.context["moves"]


def test_first_decider_finds_no_verdict_on_the_appeal(client):
    first = a_moderator()
    statement = decide(a_case(), "hide", reason=WHY, by=first)
    appeal = appeal_statement(statement, text="Relisez mon texte, je vous prie.", by=statement.member)
    client.force_login(first)
    page = client.get(reverse(INDEX), {"case": appeal.case.public_id})
    assert not page.context["moves"]
    assert act(client, appeal.case, "accept").status_code == 403
    client.force_login(a_moderator())
    assert act(client, appeal.case, "accept").status_code == 302
    assert Comment.objects.get(pk=statement.subject_id).visibility == "public"


def test_burst_is_released_from_the_queue(client):
    idea = votes_overnight(young=40, old=2)
    look_for_bursts()
    client.force_login(a_moderator())
    page = client.get(reverse(INDEX), {"view": "votes"})
    assert (page.context["work"].votes_without, page.context["work"].votes_with) == (2, 42)
    assert act(client, page.context["case"], "release").status_code == 302
    idea.refresh_from_db()
    assert idea.vote_score == 42


def test_member_is_suspended_and_given_back_from_their_file(client):
    client.force_login(a_moderator())
    member = a_member()
    url = reverse("trust_desk:member", args=[member.public_id])
    assert client.get(url).status_code == 200
    assert client.post(url, {"days": "7", "reason": WHY}).status_code == 302
    assert Member.objects.get(pk=member.pk).banned_until
    assert client.post(url, {"days": "7", "reason": WHY}).status_code == 409
    assert client.post(url, {"lift": "1", "days": "7", "reason": WHY}).status_code == 302
    assert Member.objects.get(pk=member.pk).banned_until is None


def test_auditor_sees_the_rate_of_removals_by_owner(client):
    """Abuse 6: a product owner who hides criticism."""
    owner = a_product_owner()
    theme = a_category(owner=owner)
    ideas = [an_idea(category=theme) for _ in range(4)]
    for idea in ideas[:2]:
        decide(a_case(idea, email=f"{idea.pk}@example.org"), "remove", reason=WHY, by=owner)
    row = next(row for row in rates() if row.person == owner)
    assert (row.ideas, row.taken, row.own_hand, row.percent) == (4, 2, 2, 50)
    client.force_login(an_auditor())
    assert "50,0" in client.get(reverse("trust_desk:removals")).content.decode()
    client.force_login(a_moderator())
    assert client.get(reverse("trust_desk:removals")).status_code == 302


def test_rules_are_kept_by_moderators(client):
    client.force_login(a_moderator())
    assert client.get(reverse("hold_rules:index")).status_code == 200
    client.force_login(an_auditor())
    assert client.get(reverse("hold_rules:index")).status_code == 302


def test_year_in_figures(client):
    decide(a_case(a_comment()), "hide", reason=WHY, by=a_moderator())
    a_report(email="b@example.org")
    from django.utils import timezone

    year = year_of(timezone.localdate().year)
    assert (year.reports, year.upheld, year.removals, year.appeals) == (2, 1, 1, 0)
    assert year.median_report is not None
    assert client.get(reverse("trust:figures")).status_code == 200
    assert client.get(reverse("trust:figures"), {"year": "1999"}).status_code == 400


RULE = {
    "name_fr": "Compte tout neuf", "name_en": "Brand new account", "kind": "newcomer", "is_active": "on", "number": "1",
    "minutes": "10", "days": "3", "words_fr": "", "words_en": "",
}  # fmt: skip


def test_desk_keeps_rules_by_the_verb_which_leaves_its_event(client):
    client.force_login(a_moderator())
    known = set(HoldRule.objects.values_list("pk", flat=True))
    assert client.post(reverse("hold_rules:add"), RULE).status_code == 302
    rule = HoldRule.objects.exclude(pk__in=known).get()
    assert client.post(reverse("hold_rules:edit", args=[rule.pk]), RULE | {"days": "5"}).status_code == 302
    rule.refresh_from_db()
    assert rule.days == 5
    kept = Event.objects.filter(name="HoldRuleKept").values_list("payload", flat=True)
    assert [event["rule_id"] for event in kept] == [rule.pk, rule.pk]


def test_refusal_of_the_verb_comes_back_with_what_was_typed(client):
    client.force_login(a_moderator())
    known = HoldRule.objects.count()
    page = client.post(reverse("hold_rules:add"), RULE | {"words_fr": "4539 1488 0343 6467"}).content.decode()
    assert "Brand new account" in page and "carte" in page and "4539 1488" not in page
    assert HoldRule.objects.count() == known


def test_rule_is_put_out_of_force_and_never_deleted(client):
    client.force_login(a_moderator())
    rule = HoldRule.objects.first()
    assert client.post(reverse("hold_rules:delete", args=[rule.pk])).status_code == 302
    assert HoldRule.objects.filter(pk=rule.pk).exists()


def test_wave_of_one_author_is_found_by_name_and_judged_together(client):
    spammer, moderator = a_member(nickname="Zoé Lambert"), a_moderator()
    wave = [a_case(a_comment(author=spammer), email=f"{n}@example.org", reason="spam") for n in range(3)]
    other = a_case(a_comment(author=a_member(nickname="Paul Petit")), email="p@example.org")
    client.force_login(moderator)
    page = client.get(reverse(INDEX), {"author": "zoe lambert"})
    assert {row.public_id for row in page.context["rows"]} == {case.public_id for case in wave}
    assert [count for _name, _label, count, *_rest in page.context["tabs"]][:3] == [3, 0, 3]
    chosen = client.get(reverse("trust_desk:bulk"), {"author": "zoe lambert"})
    assert {row.case.public_id for row in chosen.context["rows"]} == {case.public_id for case in wave}
    picks = [row.pick for row in chosen.context["rows"]]
    said = {"pick": picks, "verdict": "remove", "reason": WHY, "ground": "charter"}
    assert client.post(reverse("trust_desk:bulk"), said).status_code == 302
    assert list(Case.objects.waiting()) == [other]
    assert "Zoé" not in client.get(reverse(INDEX), {"author": "zoe"}).content.decode().split("data-queue")[-1]


def test_search_by_author_that_finds_nothing_says_so_and_bears_anything(client):
    a_case()
    client.force_login(a_moderator())
    for typed in ("personne", "\x00", "%", "‮", "<script>", "x" * 5000, "'); --"):
        page = client.get(reverse(INDEX), {"author": typed})
        assert page.status_code == 200
        assert client.get(reverse("trust_desk:bulk"), {"author": typed, "case": "\x00"}).status_code == 200
    assert client.get(reverse(INDEX), {"author": "personne"}).context["rows"] == []
