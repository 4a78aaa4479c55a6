"""The demo's conversations show what comments can do, and their counters are those of the rows."""

import pytest

from ideas.demo.talk import load_talk
from ideas.domain.recounting import recount_all
from ideas.models import Comment, CommentReaction, CommentVersion, Mention
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member

pytestmark = pytest.mark.django_db


def test_demo_holds_reactions_names_a_changed_and_a_deleted_comment():
    people = [a_member() for _n in range(8)]
    idea = an_idea(comment_count=48)
    for n in range(24):
        top = a_comment(idea, author=people[n % 8])
        a_comment(idea, parent=top, author=people[(n + 1) % 8])
    load_talk(people)
    assert CommentReaction.objects.count() > 10 and Mention.objects.count() > 5
    assert Comment.objects.filter(edited_at__isnull=False).exists() and CommentVersion.objects.exists()
    [gone] = Comment.objects.filter(deleted_at__isnull=False)
    assert gone.body == "" and gone.replies.exists()
    assert recount_all(write=False) == []
