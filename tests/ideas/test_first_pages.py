"""First pages that a database finds hard: filters that leave almost nothing, and the figures of all views at once.

On PostgreSQL the indexes answer them alone; what they cost at 100,000 ideas, `manage.py bench` prints,
and `bench --strict` refuses.
"""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from ideas.listing import Wanted
from ideas.models import Idea
from ideas.queueing import Asked, figures_of, known_views
from ideas.states import BEYOND_REVIEW, State
from lab.management.commands import bench
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_product_owner

pytestmark = pytest.mark.django_db
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="about its plans")


@pytest.fixture
def path():
    """Of each state an idea with its answer and one without."""
    for state in State.values:
        an_idea(title=f"{state} répondue", state=state, answered_at=timezone.now() - timedelta(days=1))
        an_idea(title=f"{state} sans réponse", state=state)


def plan_of(rows) -> str:
    """As the database would read many rows: a table of ten is otherwise read whole."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    return rows.explain()


@pytest.mark.parametrize("state", State.values)
def test_unanswered_ideas_of_a_state_are_those_alone_in_the_list_and_at_the_desk(path, state):
    wanted = {f"{state} sans réponse"}
    member, owner = a_product_owner(), a_product_owner()
    listed = Wanted.read(QueryDict(f"state={state}&unanswered=1"), known=()).ideas(member)
    assert {idea.title for idea in listed} == wanted
    desk = Asked.of(QueryDict(f"view=unanswered&state={state}")).ideas(owner, timezone.now())
    assert {idea.title for idea in desk} == wanted


def test_unanswered_ideas_of_several_states_are_all_of_them(path):
    listed = Wanted.read(QueryDict("state=declined,new,planned&unanswered=1"), known=()).ideas(None)
    assert {idea.title.split()[0] for idea in listed} == {"declined", "new", "planned"}
    assert all("sans réponse" in idea.title for idea in listed)


def test_overlooked_is_what_was_moved_on_and_never_answered_whatever_moves_it(path):
    assert set(Idea.objects.filter(overlooked=True).values_list("state", flat=True)) == set(BEYOND_REVIEW)
    idea = Idea.objects.get(title="declined sans réponse")
    Idea.objects.filter(pk=idea.pk).update(answered_at=timezone.now())
    idea.refresh_from_db()
    assert not idea.overlooked


@on_postgresql
@pytest.mark.parametrize("state", ["candidate", "declined", "delivered"])
def test_what_was_moved_on_without_an_answer_is_found_in_its_own_index(path, state):
    listed = Wanted.read(QueryDict(f"state={state}&unanswered=1"), known=()).filtered(None)
    asked = Asked.of(QueryDict(f"view=unanswered&state={state}")).filtered(a_product_owner(), timezone.now())
    assert "overlooked" in str(listed.query) and "overlooked" in str(asked.query)
    assert "idea_overlooked" in plan_of(Idea.objects.filter(overlooked=True, state=state).order_by("-id"))


COUNTED_IN = {"category_id": "queue_category", "author_crowd": "queue_author", "led_by": "queue_led_by"}


@on_postgresql
def test_figures_of_themes_and_groups_read_nothing_that_is_not_in_their_index(path):
    """A count that opens each idea costs thirty milliseconds at 100,000: fifteen thousand of them.

    Of a table of twenty rows any plan will do, so it is the index that is read here: each holds what its count asks for.
    """
    a_category(slug="cartes")
    owner, now, asked = a_product_owner(), timezone.now(), []

    def note(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        figures_of({name: Asked.of_tab(name, {}).filtered(owner, now) for name in known_views()}, around=True)
    read = set(re.findall(r"\bi\.(\w+)", asked[-1]))
    assert read == {*COUNTED_IN, "in_queue", "visibility"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'ideas_idea'")
        definitions = dict(cursor.fetchall())
    for column, index in COUNTED_IN.items():
        columns = definitions[index].split("(")[1].split(")")[0].split(", ")
        assert columns[0] == column
        assert "visibility" in columns
        assert definitions[index].endswith("WHERE in_queue")


def test_bench_reads_the_pairs_that_leave_almost_nothing(path):
    a_product_owner()
    out = StringIO()
    call_command("bench", only="desk", stdout=out)
    call_command("bench", only="lists", stdout=out)
    for line in ("desk unanswered state=candidate voters=private by newest", "unanswered=1&state=declined by newest"):
        assert line in out.getvalue()


def test_bench_fails_where_a_first_page_is_over_its_limit(path, monkeypatch):
    a_product_owner()
    call_command("bench", only="lists", stdout=StringIO())
    monkeypatch.setattr(bench, "PAGE_LIMIT", -1)
    call_command("bench", only="lists", stdout=StringIO())
    with pytest.raises(CommandError, match="over the limit: all by"):
        call_command("bench", only="lists", strict=True, stdout=StringIO())
