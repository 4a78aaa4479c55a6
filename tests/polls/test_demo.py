from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from core.models import Event
from members.models import Member
from members.states import Kind
from polls.demo import choosing, stories, writing
from polls.demo.course import first_close
from polls.domain.filling import fill
from polls.domain.reacting import recount_reactions
from polls.domain.reading_words import read_words
from polls.domain.results import summarise
from polls.domain.tallying import recount
from polls.history import history_of, steps_of
from polls.models import Ballot, Option, Participation, Poll, Question
from polls.sheets import _as_typed, answers_in
from polls.states import Method, ResultsPolicy

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    import members.demo
    import polls.demo
    from lab.demo import Demo

    demo = Demo(say=lambda *_: None)
    members.demo.load(demo)
    polls.demo.load(demo)
    polls.demo.load_last(demo)
    return demo


def test_demo_has_polls_in_every_state_and_tallies_that_agree(demo):
    states = Counter(poll.current_state.value for poll in Poll.objects.all())
    assert states == {"closed": 4, "decided": 3, "open": 10, "scheduled": 1, "draft": 2}  # a template too
    assert Participation.objects.count() == Ballot.objects.count() > 1200
    assert sum(recount(poll) + recount_reactions(poll) for poll in Poll.objects.all()) == 0


def test_demo_has_a_poll_of_each_method_and_kind(demo):
    assert set(Question.objects.values_list("method", flat=True)) == set(Method.values)
    assert Poll.objects.filter(sealed=True).exists() and Poll.objects.filter(weighted=True).exists()
    assert Question.objects.exclude(only_if="").exists() and Option.objects.filter(is_other=True).exists()
    kept = dict(Poll.objects.exclude(retained=None).values_list("title", "retained__text"))
    assert (
        kept["Vous ouvrez un compte. Quel cadeau vous ferait vraiment plaisir ?"]
        == "Un an de frais à l’étranger offerts"
    )
    open_now = Poll.objects.filter(state="open", questions__method="ranking", questions__ties=True).get()
    assert not open_now.participations.filter(
        member__email__in=["cliente@demo.example", "prospect@demo.example"]
    ).exists()
    named = Poll.objects.get(confidential=False)
    assert not named.participations.filter(ballot=None).exists()
    confidential = Participation.objects.filter(poll__confidential=True)
    assert not confidential.exclude(ballot=None).exists()
    assert set(Ballot.objects.exclude(apart="").values_list("apart", flat=True)) == {"staff", "new", "burst"}
    assert Question.objects.exclude(image="").exclude(image_alt="").count() == 3
    assert Poll.objects.get(consultation=True).remarks.count() == 11


def test_closed_poll_of_the_demo_has_written_answers_to_read(demo):
    poll = Poll.objects.with_questions().get(title="Payer avec son téléphone : et vous ?")
    told = read_words(poll, by=demo.accounts["produit"], size=100)
    other, comment = told.sections
    assert poll.is_over and other.texts >= 5 and comment.texts == len(writing.ON_PAYING_BY_PHONE)
    assert {one.text for one in told.texts if one.section is comment} == set(writing.ON_PAYING_BY_PHONE)


def test_every_ballot_of_the_demo_is_one_that_the_site_would_take(demo):
    for poll in Poll.objects.with_questions():
        questions = list(poll.questions.all())
        for ballot in poll.ballots.all()[:25]:
            answers = answers_in(_as_typed(ballot.choices, ballot.words, poll), poll)
            assert fill(questions, answers).choices == ballot.choices


def test_the_ranking_is_won_by_another_option_than_leads_in_first_places(demo):
    question = Question.objects.get(method="ranking", poll__state="closed")
    counts = {(row.option_id, row.key): row.count for row in question.tallies.filter(dimension="all", cell="")}
    options = list(question.options.all())
    first = max(options, key=lambda option: counts[option.pk, "first"])
    condorcet = [
        one for one in options
        if all(counts[one.pk, f">{two.pk}"] > counts[two.pk, f">{one.pk}"] for two in options if two != one)
    ]  # fmt: skip
    assert len(condorcet) == 1 and condorcet[0] != first


def test_welcome_offer_shows_customers_and_prospects_differ(demo):
    poll = Poll.objects.with_questions().get(state="decided", title__contains="cadeau")
    found = summarise(poll).questions[0]
    assert "étranger" in found.shares[0].option.text, [(one.option.text, one.votes) for one in found.shares]
    customers, prospects = found.by_kind.groups
    assert "livret" in customers.leader.text
    assert "étranger" in prospects.leader.text
    [finding] = found.by_kind.findings
    assert finding.is_large_enough and (finding.who, finding.leads) == ("prospect", True)


def test_decided_poll_of_scores_and_points_of_the_demo_shows_a_final_and_groups_compared_by_their_means(demo):
    poll = Poll.objects.with_questions().get(title__startswith="Changer de banque")
    assert (poll.state, poll.ballots.filter(apart="").count() > 100) == ("decided", True)
    scores, points = summarise(poll).questions
    assert (scores.question.method, points.question.method) == (Method.SCORE, Method.POINTS)
    assert scores.scores.winner == poll.retained == scores.shares[0].option and scores.scores.decided == "preferred"
    for question, prospects_want in ((scores, "Deux mois sans frais"), (points, "Le prix des premiers mois")):
        found = {one.option.text: one for one in question.by_kind.findings if one.is_large_enough}
        [finding] = [one for text, one in found.items() if text.startswith(prospects_want)]
        assert (finding.who, finding.higher) == (Kind.PROSPECT, True) and finding.ours > 1.3 * finding.others
        customers, prospects = question.by_kind.groups
        assert (
            len({max(group.shares.values(), key=lambda one: one.value).option for group in (customers, prospects)}) == 2
        )


def ballots_of_the_first_polls(draws_before: int) -> list[list[tuple]]:
    """As they are where other apps, which load before the polls, drew so often."""
    import members.demo
    from lab.demo import Demo

    demo, found = Demo(say=lambda *_: None), []
    with transaction.atomic():
        members.demo.load(demo)
        for _ in range(draws_before):
            demo.random.random()
        for told in stories.POLLS:
            poll, options = choosing.write(demo, told)
            choosing.answer(demo, told, poll, options)
            found.append(list(poll.ballots.order_by("pk").values_list("receipt", "kind", "segment", "choices")))
        transaction.set_rollback(True)
    return found


def test_first_polls_are_answered_alike_whatever_is_loaded_before_them():
    alone = ballots_of_the_first_polls(0)
    assert alone == ballots_of_the_first_polls(1000)
    assert sum(map(len, alone)) > 500


def test_demo_accounts_find_a_poll_of_the_moment_to_answer(demo):
    for name in ("cliente", "prospect"):
        assert Poll.objects.of_the_moment(demo.accounts[name]).my_answer_at is None


def done(poll) -> list[str]:
    return [step.did for step in reversed(steps_of(history_of(poll)))]


def test_every_poll_of_the_demo_has_its_history_and_nobody_is_told_of_it(demo):
    assert all(done(poll)[0] == "created" for poll in Poll.objects.all())
    reopened = Poll.objects.get(reopened_at__isnull=False)
    assert done(reopened) == ["created", "changed", "scheduled", "opened", "closed", "reopened"]
    welcome = Poll.objects.get(state="decided", title__contains="cadeau")
    assert done(welcome)[-4:] == ["opened", "reminded", "closed", "decided"]
    assert not Event.objects.filter(at__gt=demo.now, name__in=["PollOpened", "PollClosed", "PollDecided"]).exists()
    assert "polls." not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))


def test_nobody_of_the_demo_voted_while_the_poll_was_closed(demo):
    poll = Poll.objects.get(reopened_at__isnull=False)
    assert not poll.participations.filter(at__range=(first_close(poll), poll.reopened_at)).exists()


def test_nobody_of_the_demo_answered_before_they_joined(demo):
    assert not Participation.objects.filter(at__lt=F("member__date_joined")).exists()
    assert not Participation.objects.filter(at__lt=F("poll__opens_at")).exists()
    assert not Participation.objects.filter(at__gt=F("poll__closes_at")).exists()


def test_a_poll_of_the_demo_ends_in_a_tie(demo):
    poll = Poll.objects.with_questions().get(title__contains="rencontre du printemps")
    first, second, third = sorted(summarise(poll).questions[0].shares, key=lambda one: -one.votes)
    assert first.votes == second.votes > third.votes > 0


def test_ballots_of_a_crowd_made_in_a_night_stand_apart_in_the_demo(demo):
    poll = Poll.objects.get(title__startswith="100 points")
    assert Counter(poll.ballots.values_list("apart", flat=True)).items() >= {"new": 34, "burst": 22}.items()
    hours, days = (
        timedelta(hours=24),
        timedelta(days=7),
    )  # as in settings/base.py: tests count nobody apart by their age
    assert poll.participations.filter(member__date_joined__gt=F("at") - hours).count() == 34
    assert poll.participations.filter(member__date_joined__gt=F("at") - days).count() >= 56


def test_weights_of_the_demo_are_by_age_and_product(demo):
    poll = Poll.objects.with_questions().get(weighted=True)
    assert set(poll.audience_shares.values_list("product", flat=True)) == {"account", "savings", "loan"}
    assert sum(poll.audience_shares.values_list("share", flat=True)) == 1
    weighted = summarise(poll).questions[0].weighted
    assert weighted.usable and weighted.covered > 0.9 and weighted.effective < weighted.ballots
    assert not Member.objects.filter(kind="prospect").exclude(product="").exists()


def test_demo_shows_what_the_studio_can_do(demo):
    assert Poll.objects.templates().exists() and Poll.objects.exclude(counted_in="").exists()
    assert Poll.objects.filter(reminded_at__isnull=False).count() == 2
    assert Poll.objects.filter(state="decided", retained__isnull=True).count() == 0
    assert set(Poll.objects.values_list("results_policy", flat=True)) == set(ResultsPolicy.values)
    young = Poll.objects.get(min_account_days=30)
    assert not young.participations.filter(member__date_joined__gt=young.joined_before).exists()
    assert Question.objects.filter(ties=True, blanks=True, method="ranking").exists()
    assert Option.objects.exclude(image="").count() == 3
