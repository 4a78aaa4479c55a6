"""Files of pictures leave the disk with the rows that showed them: after the commit, and never one that another poll shows."""

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from core.errors import Invalid
from polls.domain.duplicating import drop_template, duplicate, keep_as_template
from polls.domain.picturing import drop_picture, drop_visual, put_picture, put_visual
from polls.domain.writing import write_poll
from polls.models import Option, Question
from tests.factories.members import a_product_owner
from tests.factories.polls import a_draft, a_picture, a_question, options_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner():
    return a_product_owner()


@pytest.fixture
def certain(django_capture_on_commit_callbacks):
    """As if what is done within were committed."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def a_pictured_draft(owner, **fields):
    options = [{"text": "Bleue", "image": a_picture()}, {"text": "Verte", "image": a_picture()}]
    question = a_question(options, image=a_picture(), image_alt="Un phare", text="Laquelle ?")
    return a_draft(by=owner, questions=[question, a_question(text="Et celle-ci ?")], **fields)


def on_disk():
    return {f"polls/{name}" for name in default_storage.listdir("polls")[1]}


def in_rows():
    rows = (*Question.objects.exclude(image=""), *Option.objects.exclude(image=""))
    return {row.image.name for row in rows}


def written(poll, owner, questions, **fields):
    return write_poll(poll, by=owner, title=poll.title, questions=questions, closes_at=poll.closes_at, **fields)


def told(poll):
    """The poll's first question as it can be written back."""
    question = poll.questions.first()
    options = [{"id": one.public_id, "text": one.text} for one in question.options.all()]
    return {"id": question.public_id, "text": question.text, "image_alt": "Un phare", "options": options}


def test_picture_that_is_replaced_or_dropped_leaves_the_disk(owner, certain):
    poll = a_pictured_draft(owner)
    assert len(on_disk()) == 3
    question = told(poll)
    question["options"][0]["image"] = a_picture()
    question["options"][1]["drop_image"] = True
    with certain():
        written(poll, owner, [question])
    assert on_disk() == in_rows() and len(on_disk()) == 2


def test_pictures_of_a_question_or_an_option_taken_away_leave_with_it(owner, certain):
    poll = a_pictured_draft(owner)
    question = told(poll)
    del question["options"][0]
    with certain():
        written(poll, owner, [question])
    assert on_disk() == in_rows() and len(on_disk()) == 2
    with certain():
        written(poll, owner, [a_question(text="Tout autre chose ?")])
    assert on_disk() == set()


def test_pictures_put_and_dropped_one_by_one_leave_no_file_behind(owner, certain):
    poll = a_pictured_draft(owner)
    question, option = poll.questions.first().public_id, options_of(poll)[0]
    for change in (
        lambda: put_visual(poll, question, a_picture(), alt="Un phare", by=owner),
        lambda: put_picture(poll, option, a_picture(), by=owner),
    ):
        with certain():
            change()
        assert on_disk() == in_rows() and len(on_disk()) == 3
    for change in (lambda: drop_visual(poll, question, by=owner), lambda: drop_picture(poll, option, by=owner)) * 2:
        with certain():
            change()
        assert on_disk() == in_rows()
    assert len(on_disk()) == 1


def test_template_taken_away_takes_its_own_files_and_no_others(owner, certain):
    poll = a_pictured_draft(owner)
    kept, copy = keep_as_template(poll, by=owner), duplicate(poll, by=owner)
    assert len(on_disk()) == 9
    with certain():
        drop_template(kept, by=owner)
    assert on_disk() == in_rows() and len(on_disk()) == 6
    assert all(row.image.storage.exists(row.image.name) for row in copy.questions.exclude(image=""))


def test_file_that_another_poll_shows_too_stays(owner, certain):
    poll = a_pictured_draft(owner)
    shared = poll.questions.first().image.name
    other = a_draft(by=owner)
    other.questions.update(image=shared, image_alt="Un phare")
    with certain():
        drop_visual(poll, poll.questions.first().public_id, by=owner)
    assert shared in on_disk()
    with certain():
        drop_visual(other, other.questions.get().public_id, by=owner)
    assert shared not in on_disk()


def test_change_that_is_rolled_back_loses_no_picture(owner, certain):
    poll = a_pictured_draft(owner)
    before = on_disk()
    with certain(), pytest.raises(ZeroDivisionError), transaction.atomic():
        written(poll, owner, [a_question(text="Tout autre chose ?")])
        raise ZeroDivisionError
    assert on_disk() == before == in_rows()


def test_write_that_is_refused_leaves_no_file_behind(owner, certain):
    poll = a_pictured_draft(owner)
    before = on_disk()
    question = told(poll) | {"image": a_picture()}
    question["options"][0]["image"] = a_picture()
    with certain(), pytest.raises(Invalid):
        written(poll, owner, [question, a_question(only_if=["nowhere"])])
    assert on_disk() == before == in_rows()
