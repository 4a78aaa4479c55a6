"""The meaning of titles: off where the encoder is not installed, kept up to date in the background where it is."""

import pytest
from django.core.management import CommandError, call_command

from core.errors import DomainError
from ideas.domain.indexing import index_again, index_batch, index_one, progress
from ideas.events import IdeaPosted
from ideas.models import Idea, IdeaVector
from ideas.search import search, semantic
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner, an_auditor

pytestmark = pytest.mark.django_db


@pytest.fixture
def without_encoder(settings):
    settings.SEARCH_BY_MEANING = False


@pytest.fixture
def encoder(settings):
    settings.SEARCH_BY_MEANING = True
    semantic.forget()
    yield semantic.load()
    semantic.forget()


def test_without_the_encoder_everything_goes_on_by_words(without_encoder):
    idea = an_idea(title="Bloquer ma carte perdue")
    index_one(IdeaPosted(idea.pk), event_id=None)
    index_batch()
    assert not IdeaVector.objects.exists() and semantic.nearest("geler ma carte") == {}
    assert [found.pk for found in search(Idea.objects.listed(None), "bloquer carte")] == [idea.pk]
    with pytest.raises(CommandError):
        call_command("index_ideas")
    with pytest.raises(DomainError) as refusal:
        index_again(by=a_product_owner())
    assert refusal.value.code == "no_encoder"


def test_only_who_triages_has_all_indexed_again(without_encoder):
    with pytest.raises(DomainError) as refusal:
        index_again(by=an_auditor())
    assert refusal.value.code == "not_allowed"


def test_a_word_with_the_same_meaning_finds_the_idea(encoder):
    meant = an_idea(title="Assurer mon vélo contre le vol")
    for title in ("Prendre un rendez-vous en agence", "Recycler les vieilles cartes", "Un livret pour ma fille"):
        an_idea(title=title)
    index_batch()
    found = search(Idea.objects.listed(None), "cambriolage bicyclette")
    assert found[0].pk == meant.pk


def test_a_changed_title_is_indexed_anew(encoder):
    idea = an_idea(title="Prendre un rendez-vous en agence")
    index_one(IdeaPosted(idea.pk), event_id=None)
    before = bytes(idea.vector.numbers)
    Idea.objects.filter(pk=idea.pk).update(title="Assurer mon vélo contre le vol")
    index_one(IdeaPosted(idea.pk), event_id=None)
    assert bytes(IdeaVector.objects.get().numbers) != before


def test_progress_says_how_many_are_done(encoder):
    an_idea(), an_idea()
    assert (progress().done, progress().whole, progress().percent) == (0, 2, 0)
    index_batch()
    assert progress().is_complete and progress().percent == 100
