"""A ranking made by mouse, by buttons, by keys and by menus alone, with ranks shared or not: what is told, and what is kept."""

import pytest
from playwright.sync_api import expect

from polls.models import Ballot
from tests.factories.members import a_member
from tests.factories.polls import a_question, an_open_poll, options_of

from .test_design import broken
from .test_states import NARROW, found_on, look  # noqa: F401 - `look` is a fixture
from .waiting import becomes, sent

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]
CASH, FEES, SAVING = "80 € en espèces", "Un an de frais offerts", "Un livret boosté"
TALL = {"text": SAVING, "description": ("Versé à l’étranger compris, sans aucune commission, " * 4).strip()}


@pytest.fixture
def ranking(look):  # noqa: F811
    """`ranking(**of the question)`: a poll to rank, and its page as a member reads it, with the script at work; ranked as it
    is shown, unless that is said not to be."""

    def ranking(options=(CASH, FEES, SAVING), ranked=True, **question):
        poll = an_open_poll(questions=[a_question(options, method="ranking", **question)])
        page = look(a_member())
        page.goto(poll.get_absolute_url())
        becomes(page, "Boolean(customElements.get('rank-list'))")
        for title in options if ranked else ():
            press(page, title["text"] if isinstance(title, dict) else title, "à la suite")
        return poll, page

    return ranking


def row(page, title):
    return page.locator(f'[data-rank][data-title="{title}"]')


def press(page, title, name):
    row(page, title).get_by_role("button", name=name).click()


def dragged(page, title, to, then=(), steps=15):
    """The row's handle, held by the mouse, goes to these points (title, part of its height) in so many moves."""
    grip = row(page, title).locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    box = grip.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for over, part in (to, *then):
        box = row(page, over).bounding_box()
        page.mouse.move(box["x"] + 20, box["y"] + box["height"] * part, steps=steps)
    page.mouse.up()


def ranks(page) -> list[tuple[str, str]]:
    """What is shown, from the top down: (title, rank)."""
    rows = page.locator("[data-rank]").all()
    return [(row.get_attribute("data-title"), row.get_by_role("combobox").input_value()) for row in rows]


def offered(page, title) -> list[str]:
    """The ranks that the menu of this option offers."""
    return row(page, title).locator("option:not([hidden])").evaluate_all("all => all.map(one => one.value)")


def told(page):
    return page.locator("rank-list [role=status]")


def saved(page, poll):
    """The ballot that the page puts in, by the places of the options."""
    with sent(page):
        page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_text("Votre réponse est enregistrée")).to_be_visible()
    places = {option: place for place, option in enumerate(options_of(poll), 1)}
    (ranks,) = Ballot.objects.get().choices.values()
    return [[places[option] for option in rank] for rank in ranks]


def test_row_dragged_to_the_bottom_is_the_last_and_is_said_to_be(ranking):
    poll, page = ranking()
    dragged(page, CASH, (SAVING, 0.9))
    expect(told(page)).to_have_text(f"{CASH} : rang 3e")
    dragged(page, SAVING, (FEES, 0.1))
    expect(told(page)).to_have_text(f"{SAVING} : rang 1er")
    assert saved(page, poll) == [[3], [2], [1]]


@pytest.mark.parametrize("steps", [1, 2, 3, 4])
def test_row_dragged_over_a_taller_one_does_not_jump_back_at_the_next_move_of_the_mouse(ranking, steps):
    _poll, page = ranking(options=(CASH, FEES, TALL))
    page.set_viewport_size(NARROW)
    box = row(page, CASH).locator("[data-grip]").bounding_box()
    last = page.locator("[data-rank]").last.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    y = last["y"] + last["height"] * 0.52
    for step in range(steps):
        page.mouse.move(box["x"] + 5 + step, y)
    page.mouse.up()
    expect(told(page)).to_have_text(f"{CASH} : rang 3e")


def test_row_dragged_below_the_whole_list_is_the_last(ranking):
    _poll, page = ranking()
    dragged(page, CASH, (SAVING, 1.5), steps=1)
    expect(told(page)).to_have_text(f"{CASH} : rang 3e")
    dragged(page, CASH, (FEES, -0.5), steps=1)
    expect(told(page)).to_have_text(f"{CASH} : rang 1er")


def test_ranks_are_shared_by_a_button_and_the_ballot_keeps_them(ranking):
    poll, page = ranking(ties=True)
    assert (
        page.get_by_role("button", name="Même rang que la ligne au-dessus").count() == 2
    )  # nothing stands above the first
    press(page, FEES, "Même rang")
    expect(told(page)).to_have_text(f"{FEES} : rang 1er, ex æquo avec {CASH}")
    expect(row(page, FEES).get_by_role("button", name="Même rang")).to_have_attribute("aria-pressed", "true")
    for title, rank in ((CASH, "1"), (FEES, "1"), (SAVING, "2")):
        expect(row(page, title).get_by_role("combobox")).to_have_value(rank)
    assert found_on(page) == []
    assert saved(page, poll) == [[1, 2], [3]]
    page.get_by_text("Changer ma réponse").click()
    expect(row(page, FEES).get_by_role("button", name="Même rang")).to_have_attribute("aria-pressed", "true")
    press(page, FEES, "Même rang")
    expect(told(page)).to_have_text(f"{FEES} : rang 2e")
    with sent(page):
        page.get_by_role("button", name="Déposer mon nouveau bulletin").click()
    assert [len(rank) for rank in next(iter(Ballot.objects.get().choices.values()))] == [1, 1, 1]


def test_arrows_go_past_all_that_share_a_rank_and_who_leaves_them_leaves_them_equal(ranking):
    _poll, page = ranking(options=(CASH, FEES, SAVING, "Une carte gratuite"), ties=True)
    press(page, FEES, "Même rang")
    press(page, "Une carte gratuite", "Monter")
    expect(told(page)).to_have_text("Une carte gratuite : rang 2e")
    press(page, "Une carte gratuite", "Monter")
    expect(told(page)).to_have_text("Une carte gratuite : rang 1er")
    expect(row(page, FEES).get_by_role("combobox")).to_have_value("2")
    press(page, CASH, "Descendre")  # the first of two equals: the other keeps its rank
    expect(told(page)).to_have_text(f"{CASH} : rang 3e")
    expect(row(page, FEES).get_by_role("combobox")).to_have_value("2")
    expect(row(page, SAVING).get_by_role("combobox")).to_have_value("4")


def test_dragging_among_equals_makes_equal_and_away_from_them_makes_alone(ranking):
    poll, page = ranking(options=(CASH, FEES, SAVING, "Une carte gratuite"), ties=True)
    press(page, FEES, "Même rang")
    dragged(page, SAVING, (FEES, 0.1))
    expect(told(page)).to_have_text(f"{SAVING} : rang 1er, ex æquo avec {CASH}, {FEES}")
    dragged(page, CASH, ("Une carte gratuite", 0.9))
    expect(told(page)).to_have_text(f"{CASH} : rang 3e")
    dragged(page, SAVING, (FEES, 0.9), then=((FEES, 0.1),))  # there and back: nothing has changed
    expect(row(page, FEES).get_by_role("combobox")).to_have_value("1")
    assert saved(page, poll) == [[2, 3], [4], [1]]


def test_ranking_with_shared_ranks_is_made_by_keys_alone(ranking):
    poll, page = ranking(ties=True)
    down = page.get_by_role("button", name=f"Descendre « {CASH} »")
    down.focus()
    page.keyboard.press("Enter")
    expect(told(page)).to_have_text(f"{CASH} : rang 2e")
    expect(down).to_be_focused()
    level = row(page, CASH).get_by_role("button", name="Même rang")
    level.focus()
    page.keyboard.press("Space")
    expect(told(page)).to_have_text(f"{CASH} : rang 1er, ex æquo avec {FEES}")
    expect(level).to_be_focused()
    assert saved(page, poll) == [[1, 2], [3]]


def test_menu_that_names_the_rank_of_another_shares_it_where_that_is_allowed(ranking):
    poll, page = ranking(ties=True)
    page.get_by_label(f"Rang de « {SAVING} »").select_option("1")
    expect(told(page)).to_have_text(f"{SAVING} : rang 1er, ex æquo avec {CASH}")
    page.get_by_label(f"Rang de « {FEES} »").select_option("1")
    expect(told(page)).to_have_text(f"{FEES} : rang 1er, ex æquo avec {CASH}, {SAVING}")
    page.get_by_label(f"Rang de « {CASH} »").select_option("2")
    expect(told(page)).to_have_text(f"{CASH} : rang 2e")
    assert saved(page, poll) == [[2, 3], [1]]


def test_menu_that_names_the_rank_of_one_below_shares_that_rank(ranking):
    poll, page = ranking(ties=True)
    page.get_by_label(f"Rang de « {FEES} »").select_option("3")
    expect(told(page)).to_have_text(f"{FEES} : rang 2e, ex æquo avec {SAVING}")
    assert saved(page, poll) == [[1], [2, 3]]


def test_without_shared_ranks_a_menu_moves_its_row_before_the_one_that_had_the_rank(ranking):
    poll, page = ranking()
    expect(page.get_by_role("button", name="Même rang")).to_have_count(0)
    page.get_by_label(f"Rang de « {SAVING} »").select_option("1")
    expect(told(page)).to_have_text(f"{SAVING} : rang 1er")
    assert saved(page, poll) == [[3], [1], [2]]


@pytest.mark.parametrize("ties", [True, False])
def test_row_without_a_rank_stands_last_and_comes_back_by_its_arrow(ranking, ties):
    poll, page = ranking(ties=ties, blanks=True)
    page.get_by_label(f"Rang de « {CASH} »").select_option("")
    expect(told(page)).to_have_text(f"{CASH} : sans rang")
    expect(row(page, FEES).get_by_role("combobox")).to_have_value("1")
    expect(row(page, SAVING).get_by_role("button", name="Descendre")).to_be_disabled()
    press(page, CASH, "à la suite")
    expect(told(page)).to_have_text(f"{CASH} : rang 3e")
    page.get_by_label(f"Rang de « {FEES} »").select_option("")
    assert broken(page) == []
    assert saved(page, poll) == [[3], [1]]


BEGINS = [{}, {"blanks": True}, {"required": False}, {"ties": True}, {"ties": True, "blanks": True}]


@pytest.mark.parametrize("rule", BEGINS)
def test_nothing_is_ranked_to_begin_with_and_each_tap_gives_the_next_rank(ranking, rule):
    poll, page = ranking(ranked=False, **rule)
    assert ranks(page) == [(CASH, ""), (FEES, ""), (SAVING, "")]
    assert found_on(page) == []
    for title, rank in ((SAVING, "1er"), (CASH, "2e"), (FEES, "3e")):
        row(page, title).get_by_text(title, exact=True).click()
        expect(told(page)).to_have_text(f"{title} : rang {rank}")
    row(page, SAVING).get_by_text(SAVING, exact=True).click()  # ranked already: a tap changes nothing
    expect(told(page)).to_have_text(f"{FEES} : rang 3e")
    assert ranks(page) == [(SAVING, "1"), (CASH, "2"), (FEES, "3")]
    assert saved(page, poll) == [[3], [1], [2]]


@pytest.mark.parametrize("rule", [{}, {"blanks": True}])
def test_ranking_nobody_touched_is_refused_in_words_and_none_of_it_is_kept(ranking, rule):
    _poll, page = ranking(ranked=False, **rule)
    with sent(page):
        page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_role("alert")).to_contain_text("Classez les réponses avant de voter")
    assert ranks(page) == [(CASH, ""), (FEES, ""), (SAVING, "")]
    assert not Ballot.objects.exists()


def test_unranked_rows_are_ranked_by_keys_alone_and_the_keyboard_stays_in_its_row(ranking):
    poll, page = ranking(ranked=False, blanks=True)
    for title, rank in ((FEES, "1er"), (SAVING, "2e")):
        page.get_by_role("button", name=f"Classer « {title} » à la suite").focus()
        page.keyboard.press("Enter")
        expect(told(page)).to_have_text(f"{title} : rang {rank}")
        assert page.evaluate("document.activeElement.closest('[data-rank]').dataset.title") == title
    expect(page.locator(":focus")).to_have_accessible_name(f"Monter « {SAVING} »")
    expect(row(page, CASH).get_by_role("button", name="Descendre")).to_be_disabled()
    assert broken(page) == []
    assert saved(page, poll) == [[2], [3]]


def test_menus_offer_no_rank_that_would_leave_a_hole(ranking):
    poll, page = ranking(ranked=False, blanks=True)
    assert offered(page, CASH) == ["1", ""]
    page.get_by_label(f"Rang de « {CASH} »").select_option("1")
    assert (offered(page, CASH), offered(page, FEES)) == (["1", ""], ["1", "2", ""])
    page.get_by_label(f"Rang de « {SAVING} »").select_option("1")
    expect(told(page)).to_have_text(f"{SAVING} : rang 1er")
    assert ranks(page) == [(SAVING, "1"), (CASH, "2"), (FEES, "")]
    assert saved(page, poll) == [[3], [1]]


@pytest.mark.parametrize("to", [(FEES, 0.9), (CASH, 1.9)])
def test_unranked_row_that_is_dragged_anywhere_or_its_handle_pressed_has_the_next_rank(ranking, to):
    _poll, page = ranking(ranked=False, blanks=True)
    dragged(page, SAVING, to)
    expect(told(page)).to_have_text(f"{SAVING} : rang 1er")
    row(page, FEES).locator("[data-grip]").click()
    expect(told(page)).to_have_text(f"{FEES} : rang 2e")
    assert ranks(page) == [(SAVING, "1"), (FEES, "2"), (CASH, "")]


def test_without_a_script_the_menus_alone_share_ranks(chromium, live_server, client):
    poll = an_open_poll(questions=[a_question((CASH, FEES, SAVING), method="ranking", ties=True)])
    client.force_login(a_member())
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(poll.get_absolute_url())
    expect(page.get_by_role("button", name="Même rang")).to_have_count(0)
    for title, rank in ((CASH, "2"), (FEES, "1"), (SAVING, "1")):
        page.get_by_label(f"Rang de « {title} »").select_option(rank)
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_text("Votre bulletin est déposé")).to_be_visible()
    cash, fees, saving = options_of(poll)
    assert list(Ballot.objects.get().choices.values()) == [[[fees, saving], [cash]]]
    context.close()
