"""Of which group an idea's author is: named on the idea, and right when the author changes group."""

import pytest

from core.models import Event
from core.worker import Worker
from ideas.domain.recounting import recount_all
from ideas.models import Idea
from members.domain.describing import describe_oneself
from tests.factories.ideas import an_idea
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def crowd(idea):
    return Idea.objects.values_list("author_crowd", flat=True).get(pk=idea.pk)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, "private"), ({"segment": "student"}, "student"), ({"kind": "prospect", "segment": "student"}, "prospect")],
)
def test_idea_names_its_author_s_group_from_the_first_save_on(fields, expected):
    assert crowd(an_idea(author=a_member(**fields))) == expected


def test_ideas_go_with_a_member_who_changes_group():
    author = a_member(kind="prospect")
    idea, other = an_idea(author=author), an_idea(author=a_member(kind="prospect"))
    describe_oneself(author, by=author, kind="customer", segment="professional")
    Worker(batch=True).run()
    assert (crowd(idea), crowd(other)) == ("professional", "prospect")
    assert recount_all() == []


def test_saying_something_else_of_oneself_moves_no_idea():
    author = a_member()
    describe_oneself(author, by=author, bio="J’aime les idées simples.")
    assert not Event.objects.filter(name="GroupChanged").exists()


def test_recount_finds_and_mends_a_group_that_is_wrong():
    idea = an_idea()
    Idea.objects.filter(pk=idea.pk).update(author_crowd="student")
    drift = [(line.counter, line.shown, line.counted) for line in recount_all(write=False)]
    assert drift == [("author_crowd", "student", "private")]
    recount_all()
    assert crowd(idea) == "private" and recount_all() == []


def test_saving_an_old_copy_changes_no_group():
    idea = an_idea()
    Idea.objects.filter(pk=idea.pk).update(author_crowd="student")
    idea.save()
    assert crowd(idea) == "student"
