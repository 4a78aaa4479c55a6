"""A ballot in each method: what is taken, what is refused and in which words, and what it counts for."""

import pytest
from django.urls import reverse

from core.errors import Invalid
from core.shield import PrivateData
from polls.domain.answering import Answer
from polls.domain.tallying import recount
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Poll, Tally
from tests.factories.members import a_member
from tests.factories.polls import a_question, an_open_poll, options_of

pytestmark = pytest.mark.django_db
OTHER = {"text": "Autre", "is_other": True}


def count(poll, option, key="", dimension="all", cell=""):
    return Tally.objects.get(poll=poll, option__public_id=option, dimension=dimension, cell=cell, key=key).count


def answer(poll, by=None, **told):
    question = poll.questions.get().public_id
    return cast_ballot(poll.public_id, answers={question: Answer(**told)}, by=by or a_member())


def kept(poll):
    return Ballot.objects.get(poll=poll).choices[poll.questions.get().public_id]


def refused(poll, **told) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        answer(poll, **told)
    assert not Ballot.objects.filter(poll=poll).exists()
    assert refusal.value.extra.get("question") in (None, poll.questions.get().public_id)
    return refusal.value


# Ranking


def test_ranking_is_kept_and_counts_each_pair():
    poll = an_open_poll(method="ranking")
    cash, travel, saving = options_of(poll)
    answer(poll, ranks=[[travel], [saving], [cash]])
    assert kept(poll) == [[travel], [saving], [cash]]
    pk = {option.public_id: option.pk for option in poll.questions.get().options.all()}
    assert [count(poll, option, "first") for option in (cash, travel, saving)] == [0, 1, 0]
    assert count(poll, travel, f">{pk[cash]}") == count(poll, saving, f">{pk[cash]}") == 1
    assert count(poll, cash, f">{pk[travel]}") == 0
    assert count(poll, travel, f">{pk[cash]}", "kind", "customer") == 1


def test_changed_ranking_moves_the_pairs_that_changed_and_no_others():
    poll, member = an_open_poll(method="ranking"), a_member()
    cash, travel, saving = options_of(poll)
    answer(poll, ranks=[[travel], [saving], [cash]], by=member)
    answer(poll, ranks=[[saving], [travel], [cash]], by=member)
    assert [count(poll, option, "first") for option in (cash, travel, saving)] == [0, 0, 1]
    assert recount(poll) == 0


def test_option_left_out_stands_below_all_that_are_ranked():
    poll = an_open_poll(method="ranking", blanks=True, ties=True)
    cash, travel, saving = options_of(poll)
    pk = {option.public_id: option.pk for option in poll.questions.get().options.all()}
    answer(poll, ranks=[[travel, saving]])
    assert count(poll, travel, f">{pk[cash]}") == count(poll, saving, f">{pk[cash]}") == 1
    assert count(poll, travel, f">{pk[saving]}") == count(poll, saving, f">{pk[travel]}") == 0
    assert count(poll, cash) == 0


@pytest.mark.parametrize(
    ("choose", "code"),
    [
        (lambda a, b, c: [], "no_option"),
        (lambda a, b, c: [[a], [b]], "incomplete_ranking"),
        (lambda a, b, c: [[a, b], [c]], "tied_ranks"),
        (lambda a, b, c: [[a], [b], [c], [a]], "ranked_twice"),
        (lambda a, b, c: [[a], [b], ["abcdefghjkmn"]], "unknown_option"),
    ],
)
def test_ranking_that_is_none_is_refused(choose, code):
    poll = an_open_poll(method="ranking")
    assert refused(poll, ranks=choose(*options_of(poll))).code == code


def words(text):
    return str(text).replace("\u00a0", " ")


def test_refusal_names_the_options_that_share_a_place_or_have_none():
    poll = an_open_poll(method="ranking", options=("Carte", "Livret", "Prime"))
    card, book, bonus = options_of(poll)
    tied = refused(poll, ranks=[[book, card], [bonus]])
    assert words(tied) == "« Carte » et « Livret » partagent une place : donnez à chacune la sienne."
    assert tied.extra["options"] == [card, book]
    left = refused(poll, ranks=[[book]])
    assert words(left) == "Donnez une place à chaque option. Sans place : « Carte » et « Prime »."
    assert left.extra["options"] == [card, bonus]


def test_refusal_names_the_options_without_a_score():
    poll = an_open_poll(method="score", options=("Carte", "Livret", {"text": "Autre", "is_other": True}))
    card, book, _other = options_of(poll)
    left = refused(poll, numbers={card: 4})
    assert words(left) == "Donnez une note à chaque option. Sans note : « Livret »."
    assert left.extra["options"] == [book], "“other” may be left out"


# Score


def test_scores_are_kept_and_counted_by_value():
    poll = an_open_poll(method="score")
    cash, travel, saving = options_of(poll)
    answer(poll, numbers={cash: 5, travel: 3, saving: 1})
    answer(poll, numbers={cash: 5, travel: 4, saving: 1})
    assert (count(poll, cash, "5"), count(poll, cash, "4"), count(poll, travel, "3"), count(poll, travel)) == (
        2,
        0,
        1,
        2,
    )


def test_scores_count_which_option_is_scored_above_which():
    poll, member = an_open_poll(method="score", blanks=True), a_member()
    cash, travel, saving = options_of(poll)
    pk = {option.public_id: option.pk for option in poll.questions.get().options.all()}

    def above(one, other, *cell):
        return count(poll, one, f">{pk[other]}", *cell)

    answer(poll, numbers={cash: 5, travel: 3}, by=member)
    assert (above(cash, travel), above(travel, cash)) == (1, 0)
    assert (above(cash, saving), above(saving, cash)) == (1, 0), "a blank is a 0, below every score"
    assert above(cash, travel, "kind", "customer") == 1
    assert not Tally.objects.filter(poll=poll, dimension="age", key__startswith=">").exists()
    answer(poll, numbers={cash: 4, travel: 4, saving: 5}, by=member)
    assert (above(cash, travel), above(travel, cash), above(saving, cash)) == (0, 0, 1)
    assert recount(poll) == 0


def test_recount_makes_the_comparisons_of_a_poll_that_was_counted_before_there_were_any():
    poll = an_open_poll(method="score")
    cash, travel, saving = options_of(poll)
    answer(poll, numbers={cash: 5, travel: 3, saving: 1})
    Tally.objects.filter(poll=poll, key__startswith=">").delete()
    assert recount(poll) == 6, "three pairs, of everyone and of customers"
    assert recount(poll) == 0


@pytest.mark.parametrize(("score", "code"), [(0, "bad_score"), (6, "bad_score"), (None, "incomplete_scores")])
def test_score_that_is_none_is_refused(score, code):
    poll = an_open_poll(method="score")
    cash, travel, saving = options_of(poll)
    numbers = {cash: 5, travel: 3} | ({saving: score} if score is not None else {})
    assert refused(poll, numbers=numbers).code == code


def test_score_may_be_left_out_where_the_poll_says_so():
    poll = an_open_poll(method="score", blanks=True)
    cash, *_rest = options_of(poll)
    answer(poll, numbers={cash: 2})
    assert kept(poll) == {cash: 2}


# Points


def test_points_are_kept_with_their_sum_and_squares():
    poll = an_open_poll(method="points")
    cash, travel, saving = options_of(poll)
    answer(poll, numbers={cash: 70, travel: 30, saving: 0})
    assert kept(poll) == {cash: 70, travel: 30}
    assert (count(poll, cash, "sum"), count(poll, cash, "sq"), count(poll, saving, "sum"), count(poll, saving)) == (
        70,
        4900,
        0,
        0,
    )


def test_changed_points_leave_no_drift():
    poll, member = an_open_poll(method="points"), a_member()
    cash, travel, saving = options_of(poll)
    answer(poll, numbers={cash: 70, travel: 30}, by=member)
    answer(poll, numbers={saving: 100}, by=member)
    assert (count(poll, cash, "sum"), count(poll, saving, "sum")) == (0, 100)
    assert recount(poll) == 0


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((0, 0, 0), "no_option"),
        ((50, 30, 10), "bad_points_total"),
        ((150, -50, 0), "bad_points"),
        ((90, 20, 0), "bad_points_total"),
    ],
)
def test_points_that_do_not_make_a_hundred_are_refused(points, code):
    poll = an_open_poll(method="points")
    refusal = refused(poll, numbers=dict(zip(options_of(poll), points, strict=True)))
    assert refusal.code == code
    if code == "bad_points_total":
        assert str(sum(points)) in str(refusal)


@pytest.fixture
def may_be_shared():
    """A poll whose second question, of points, may be left out."""
    return an_open_poll(
        questions=[a_question(["Oui", "Non"], text="Venez-vous ?"),
                   a_question(["A", "B"], text="Partagez", method="points", required=False)]
    )  # fmt: skip


def test_points_that_may_be_left_out_are_where_the_page_sends_none_but_zeros(may_be_shared, client):
    poll = may_be_shared
    yes, _no, one, other = options_of(poll)
    first, second = [question.public_id for question in in_order(poll)]
    voter = a_member()
    client.force_login(voter)
    fields = {f"options-{first}": yes, f"points-{second}-{one}": "0", f"points-{second}-{other}": "0"}
    page = client.get(poll.get_absolute_url()).content.decode()
    assert all(f'name="points-{second}-{option}" value="0"' in page for option in (one, other)), (
        "the form as it is sent"
    )
    assert client.post(reverse("polls:ballot", args=[poll.public_id]), fields).status_code == 302
    assert Ballot.objects.get().choices == {first: [yes]}
    # What was shared is taken back in the same way.
    fields[f"points-{second}-{one}"] = "100"
    client.post(reverse("polls:ballot", args=[poll.public_id]), fields)
    assert Ballot.objects.get().choices[second] == {one: 100}
    fields[f"points-{second}-{one}"] = "0"
    client.post(reverse("polls:ballot", args=[poll.public_id]), fields)
    assert Ballot.objects.get().choices == {first: [yes]}
    assert recount(poll) == 0


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ((0, 0), None),
        ((), None),
        ((0, 1), "bad_points_total"),
        ((100, -100), "bad_points"),
        ("other", "unknown_option"),
    ],
)
def test_points_that_may_be_left_out_are_by_the_api_too(may_be_shared, client, points, code):
    poll = may_be_shared
    yes, _no, *shared = options_of(poll)
    first, second = [question.public_id for question in in_order(poll)]
    client.force_login(a_member())
    given = {"nowhere": 0} if points == "other" else dict(zip(shared, points, strict=False))
    body = {"answers": {first: {"options": [yes]}, second: {"points": given}}}
    reply = client.put(reverse("api_poll_ballot", args=[poll.public_id]), body, "application/json")
    if code is None:
        assert reply.status_code == 200
        assert Ballot.objects.get().choices == {first: [yes]}
    else:
        assert (reply.status_code, reply.json()["code"]) == (400, code)
        assert not Ballot.objects.exists()


# Other, comments


def test_other_is_an_option_with_words_that_the_tally_counts_and_no_one_reads_there():
    poll = an_open_poll(options=["A", "B", OTHER])
    other = options_of(poll)[-1]
    answer(poll, options=[other], other="Un parrainage")
    assert count(poll, other) == 1
    assert Ballot.objects.get().words == {poll.questions.get().public_id: {"other": "Un parrainage"}}


def test_words_alone_are_a_choice_of_other():
    poll = an_open_poll(options=["A", "B", OTHER])
    answer(poll, other="Un parrainage")
    assert kept(poll) == options_of(poll)[-1:]


@pytest.mark.parametrize(
    ("place", "words", "code"), [(-1, "", "other_without_words"), (0, "Un parrainage", "other_not_chosen")]
)
def test_other_and_its_words_go_together(place, words, code):
    poll = an_open_poll(options=["A", "B", OTHER])
    assert refused(poll, options=[options_of(poll)[place]], other=words).code == code


def test_comment_is_kept_where_it_is_asked_for_and_masked_for_the_public():
    poll = an_open_poll(comments=True)
    answer(poll, options=options_of(poll)[:1], comment="Appelez-moi au 06 12 34 56 78")
    said = Ballot.objects.get().words[poll.questions.get().public_id]["comment"]
    assert "06 12" not in said
    plain = an_open_poll()
    answer(plain, options=options_of(plain)[:1], comment="Bonjour")
    assert Ballot.objects.get(poll=plain).words == {}


@pytest.mark.parametrize("part", ["other", "comment"])
def test_card_number_in_ones_own_words_is_refused_before_storage(part):
    poll = an_open_poll(options=["A", "B", OTHER], comments=True)
    chosen = options_of(poll)[-1:]
    words = {"other": "Un parrainage"} | {part: "4111 1111 1111 1111"}
    with pytest.raises(PrivateData):
        answer(poll, options=chosen, **words)
    assert not Ballot.objects.exists()


# Several questions


def questions():
    return [
        a_question(["Oui", {"text": "Non", "key": "no"}], text="Avez-vous une carte ?"),
        a_question(["Le prix", "L’usage"], text="Pourquoi ?", only_if=["no"]),
        a_question(["A", "B"], text="Et encore ?", required=False, method="ranking"),
    ]


def in_order(poll: Poll):
    return list(poll.questions.order_by("position"))


def test_question_is_put_to_those_who_chose_its_option_alone():
    poll = an_open_poll(questions=questions())
    first, why, _last = in_order(poll)
    yes, no, price, *_rest = options_of(poll)
    member, other = a_member(), a_member()
    cast_ballot(poll.public_id, answers={first.public_id: Answer([yes]), why.public_id: Answer([price])}, by=member)
    assert Ballot.objects.get().choices == {first.public_id: [yes]}, "an answer to a question not put is left out"
    with pytest.raises(Invalid) as refusal:
        cast_ballot(poll.public_id, answers={first.public_id: Answer([no])}, by=other)
    assert refusal.value.extra["question"] == why.public_id
    cast_ballot(poll.public_id, answers={first.public_id: Answer([no]), why.public_id: Answer([price])}, by=other)
    asked = Tally.objects.get(question=why, option=None, dimension="all", key="")
    assert (asked.count, count(poll, price)) == (1, 1)
    assert recount(poll) == 0


def test_answers_are_one_ballot_or_none():
    poll = an_open_poll(questions=[a_question(["A", "B"], text="Un ?"), a_question(["C", "D"], text="Deux ?")])
    first, _second = in_order(poll)
    with pytest.raises(Invalid):
        cast_ballot(poll.public_id, answers={first.public_id: Answer(options_of(poll)[:1])}, by=a_member())
    assert not Ballot.objects.exists()
    cast_ballot(poll.public_id, [options_of(poll)[0], options_of(poll)[2]], by=a_member())
    assert Ballot.objects.count() == 1


def test_only_if_asks_about_an_earlier_choice():
    with pytest.raises(Invalid) as refusal:
        an_open_poll(
            questions=[
                a_question(["A", "B"], text="?", only_if=["later"]),
                a_question([{"text": "C", "key": "later"}, "D"]),
            ]
        )
    assert refusal.value.code == "bad_condition"


@pytest.mark.parametrize("method", ["single", "multiple", "ranking", "score", "points"])
def test_ballot_of_any_method_costs_six_queries(method, django_assert_num_queries):
    poll, member = an_open_poll(method=method, options=[f"Option {n}" for n in range(12)]), a_member()
    ids = options_of(poll)
    told = {
        "single": {"options": ids[:1]}, "multiple": {"options": ids[:4]}, "ranking": {"ranks": [[one] for one in ids]},
        "score": {"numbers": {one: 1 + n % 5 for n, one in enumerate(ids)}}, "points": {"numbers": {ids[0]: 60, ids[5]: 40}},
    }[method]  # fmt: skip
    answers = {poll.questions.get().public_id: Answer(**told)}
    member = type(member).objects.get(pk=member.pk)
    with django_assert_num_queries(10):  # six, and the two ends of two savepoints
        cast_ballot(poll.public_id, answers=answers, by=member)
    assert recount(poll) == 0


# Several questions


def test_every_wrong_answer_is_named_at_once_and_the_first_is_the_refusal():
    poll = an_open_poll(questions=[a_question(text="Laquelle ?"), a_question(text="Partagez", method="points"),
                                   a_question(text="Et encore ?", method="score", required=False)])  # fmt: skip
    first, second, _third = poll.questions.prefetch_related("options")
    cash = second.options.first().public_id
    with pytest.raises(Invalid) as refusal:
        cast_ballot(poll.public_id, answers={second.public_id: Answer(numbers={cash: 60})}, by=a_member())
    assert refusal.value.code == "no_option"
    assert refusal.value.extra["question"] == first.public_id
    faults = [(fault["question"], fault["code"]) for fault in refusal.value.extra["faults"]]
    assert faults == [(first.public_id, "no_option"), (second.public_id, "bad_points_total")]
    with pytest.raises(Invalid) as refusal:
        cast_ballot(
            poll.public_id, by=a_member(),
            answers={first.public_id: Answer(options=[first.options.first().public_id]),
                     second.public_id: Answer(numbers={cash: 60})},
        )  # fmt: skip
    assert "faults" not in refusal.value.extra  # one alone is the refusal itself
