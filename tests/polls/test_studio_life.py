"""The life of a poll in the studio: remind, open again, count in, weigh, names of open polls. Auditors read, members stay out."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from core.models import Event
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from polls.models import AudienceShare, Participation, Poll
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_closed_poll, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
WHY = "Ces comptes viennent de notre invitation en agence du 12 novembre."


def address(name, *args):
    return reverse(f"polls_studio:{name}", args=args)


def read(client, name, poll, *args):
    return client.get(address(name, poll.public_id, *args)).content.decode()


@pytest.fixture
def owner(client):
    owner = a_product_owner(date_joined=timezone.now() - timedelta(days=90))
    client.force_login(owner)
    return owner


def test_reminder_says_how_many_will_hear_and_is_sent_once(client, owner):
    for _ in range(3):
        a_member()
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=2)
    assert "3 membres l’apprendront" in read(client, "live", poll)
    done = client.post(address("remind", poll.public_id), follow=True).content.decode()
    assert "Le rappel part vers 3 membres" in done
    assert Poll.objects.get().reminded_at
    assert "leur est envoyé" in read(client, "live", poll)
    again = client.post(address("remind", poll.public_id))
    assert again.status_code == 409
    assert "n’en reçoivent qu’un" in again.content.decode()


def test_live_page_no_longer_says_that_a_close_is_for_good(client, owner):
    poll = an_open_poll(by=owner)
    text = read(client, "live", poll)
    assert "ne peut pas être rouvert" not in text
    assert "Jusqu’à la décision, vous pouvez rouvrir le sondage" in text


def test_closed_poll_is_opened_again_from_its_page(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=2)
    close(poll, by=owner)
    assert "2 personnes ayant voté apprendront" in read(client, "live", poll)
    until = timezone.localtime(timezone.now() + timedelta(days=3)).replace(second=0, microsecond=0)
    done = client.post(address("reopen", poll.public_id), {"closes_at": until.strftime("%Y-%m-%dT%H:%M")}, follow=True)
    assert "de nouveau ouvert" in done.content.decode()
    poll = Poll.objects.get()
    assert (poll.state, poll.closes_at) == ("open", until)


@pytest.mark.parametrize("typed", ["", "demain", "2020-01-01T10:00", "9999-99-99T10:00", "0001-01-01T00:00"])
def test_wrong_close_is_refused_on_the_page_with_what_was_typed(client, owner, typed):
    poll = a_closed_poll(by=owner)
    page = client.post(address("reopen", poll.public_id), {"closes_at": typed})
    assert page.status_code == 400
    assert f'value="{typed}"' in page.content.decode() or not typed
    page = client.post(address("extend", an_open_poll(by=owner).public_id), {"closes_at": typed})
    assert page.status_code == 400
    assert Poll.objects.filter(state="closed").count() == 1


def test_decided_poll_offers_no_way_back(client, owner):
    poll = decide(a_closed_poll(by=owner), "Nous lançons les frais offerts au printemps.", by=owner)
    assert "Rouvrir" not in read(client, "live", poll)
    later = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(address("reopen", poll.public_id), {"closes_at": later}).status_code == 409


def test_turnout_grows_by_day_without_the_banks_own_people(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6, prospects=7)
    first = timezone.now() - timedelta(days=2)
    some = Participation.objects.order_by("id").values_list("pk", flat=True)[:4]
    Participation.objects.filter(pk__in=list(some)).update(at=first)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_product_owner())
    answer = client.get(address("figures", poll.public_id))
    assert [(span.came, span.whole) for span in answer.context["turnout"].course] == [(4, 4), (0, 4), (9, 13)]
    assert [crowd.people for crowd in answer.context["turnout"].crowds] == [6, 7]
    assert answer.context["turnout"].apart["staff"] == 1


def test_kind_of_under_five_people_is_not_shown_nor_given_away(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=9, prospects=1)
    turnout = client.get(address("figures", poll.public_id)).context["turnout"]
    assert [crowd.people for crowd in turnout.crowds] == [None, None]
    assert "trop peu pour être montré" in read(client, "figures", poll)


@pytest.mark.parametrize("many", [1, 3])
def test_live_page_costs_the_same_however_many_vote(client, owner, many):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=many)
    client.get(address("live", poll.public_id))
    with CaptureQueriesContext(connection) as captured:
        client.get(address("figures", poll.public_id))
    assert len([query for query in captured if "polls_" in query["sql"]]) == 6, [q["sql"][:150] for q in captured]


def test_ballots_are_counted_in_with_a_reason_that_stands_on_the_poll(client, owner, settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24}
    poll = an_open_poll(by=owner, results_policy="always")
    old = {"date_joined": timezone.now() - timedelta(days=60)}
    votes(poll, 0, customers=12, **old)
    votes(poll, 1, customers=6)
    done = client.post(address("count", poll.public_id), {"kinds": ["new"], "reason": WHY}, follow=True)
    assert "Compté à nouveau" in done.content.decode()
    poll = Poll.objects.get()
    assert poll.counts_in == ("new",)
    client.logout()
    assert WHY in client.get(poll.get_absolute_url()).content.decode()


def test_refused_reason_is_kept_as_typed_and_a_number_is_masked(client, owner):
    poll = an_open_poll(by=owner)
    page = client.post(address("count", poll.public_id), {"kinds": ["new"], "reason": "Parce que"})
    assert page.status_code == 400
    assert "Parce que</textarea>" in page.content.decode()
    page = client.post(
        address("count", poll.public_id), {"kinds": ["new"], "reason": "La carte 4111 1111 1111 1111 vote"}
    )
    assert page.status_code == 400
    assert "4111" not in page.content.decode()
    assert client.post(address("count", poll.public_id), {"kinds": ["staff"], "reason": WHY}).status_code == 400


def test_weights_come_from_a_file_of_an_older_spreadsheet_and_go_again(client, owner):
    poll = an_open_poll(by=owner)
    raw = "Tranche d'âge;Produit;Part\n18-25;Épargne;40 %\n60+;Crédit;60 %\n".encode("cp1252")
    done = client.post(
        address("weigh", poll.public_id),
        {"file": SimpleUploadedFile("parts.csv", raw, content_type="text/csv")},
        follow=True,
    )
    assert "2 lignes lues" in done.content.decode()
    assert {row.stratum for row in AudienceShare.objects.all()} == {"18-25/savings", "60+/loan"}
    assert "40,0" in read(client, "counting", poll)
    client.post(address("weigh", poll.public_id), {"drop": "1"})
    assert not Poll.objects.get().weighted


def test_wrong_weights_come_back_line_by_line_with_the_text(client, owner):
    poll = an_open_poll(by=owner)
    page = client.post(address("weigh", poll.public_id), {"text": "âge;produit;part\n17-25;;50\n60+;;50"})
    assert page.status_code == 400
    text = page.content.decode()
    assert "Ligne 2" in text
    assert "17-25;;50" in text


def test_template_of_weights_is_a_file_to_fill_in(client, owner):
    answer = client.get(address("weights_template", an_open_poll(by=owner).public_id))
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode().startswith("\ufeffâge;produit;part")


def test_strata_show_the_samples_own_shares_after_the_close_and_no_small_one(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6, age_band="18-25", product="account")
    votes(poll, 0, customers=7, age_band="60+", product="account")
    text = "âge;produit;part\n18-25;compte;30\n60+;compte;50\n40-59;compte;20"
    client.post(address("weigh", poll.public_id), {"text": text})
    assert [row.ballots for row in client.get(address("counting", poll.public_id)).context["strata"]] == [None] * 3
    close(poll, by=owner)
    rows = client.get(address("counting", poll.public_id)).context["strata"]
    assert {str(row.age): row.ballots for row in rows} == {"18 à 25 ans": 6, "60 ans et plus": 7, "40 à 59 ans": 0}


def an_open_poll_with_names(owner, **fields):
    poll = an_open_poll(by=owner, confidential=False, **fields)
    votes(poll, 1, customers=3)
    return poll


def test_open_poll_lists_names_beside_answers_and_gives_them_as_a_file(client, owner):
    poll = an_open_poll_with_names(owner)
    voter = a_member(nickname="=2+2")
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    text = read(client, "names", poll)
    assert "Un an de frais offerts" in text
    csv = b"".join(client.get(address("names_export", poll.public_id, "csv")).streaming_content).decode()
    assert "'=2+2" in csv
    assert csv.count("Un an de frais offerts") == 3
    book = load_workbook(
        BytesIO(b"".join(client.get(address("names_export", poll.public_id, "xlsx")).streaming_content))
    )
    assert [row[0].value for row in book.active.iter_rows(min_row=2)].count("'=2+2") == 1
    assert Event.objects.filter(name="NamesExported").count() == 2


def test_confidential_poll_has_no_such_page(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=6)
    assert client.get(address("names", poll.public_id)).status_code == 404
    for kind in ("csv", "xlsx"):
        assert client.get(address("names_export", poll.public_id, kind)).status_code == 404
    assert "/names/" not in read(client, "live", poll)


def test_sealed_open_poll_shows_its_names_after_the_close_alone(client, owner):
    poll = an_open_poll_with_names(owner, sealed=True)
    page = client.get(address("names", poll.public_id))
    assert page.status_code == 403
    assert "frais offerts" not in page.content.decode()
    assert client.get(address("names_export", poll.public_id, "csv")).status_code == 302
    close(poll, by=owner)
    assert "Un an de frais offerts" in read(client, "names", poll)


def test_unknown_kind_of_file_is_not_there(client, owner):
    assert client.get(address("names_export", an_open_poll_with_names(owner).public_id, "pdf")).status_code == 404


def test_list_of_names_goes_on_by_cursor(client, owner):
    poll = an_open_poll(by=owner, confidential=False)
    voters = votes(poll, 0, customers=52)
    first = client.get(address("names", poll.public_id))
    after = client.get(address("names", poll.public_id), {"cursor": first.context["next"]})
    seen = [line["row"].member for page in (first, after) for line in page.context["lines"]]
    assert len(seen) == 52
    assert set(seen) == set(voters)
    assert client.get(address("names", poll.public_id), {"cursor": "xx"}).status_code == 400


@pytest.mark.parametrize("many", [1, 3])
def test_names_cost_the_same_however_many(client, owner, many):
    poll = an_open_poll(by=owner, confidential=False)
    votes(poll, 0, customers=many)
    client.get(address("names", poll.public_id))
    with CaptureQueriesContext(connection) as captured:
        client.get(address("names", poll.public_id))
    assert len([query for query in captured if "polls_" in query["sql"]]) == 4, [q["sql"][:150] for q in captured]


def test_decision_may_name_the_option_retained(client, owner):
    poll = a_closed_poll(by=owner)
    said = "Nous offrons un an de frais à tous les nouveaux clients."
    other = options_of(an_open_poll(by=owner))[0]
    page = client.post(address("decide", poll.public_id), {"decision": said, "retained": other})
    assert page.status_code == 400
    client.post(address("decide", poll.public_id), {"decision": said, "retained": options_of(poll)[1]})
    client.logout()
    page = client.get(poll.get_absolute_url()).content.decode()
    assert "Option retenue" in page


def test_auditor_reads_and_changes_nothing(client):
    owner = a_product_owner()
    poll = an_open_poll_with_names(owner)
    client.force_login(an_auditor())
    for name in ("live", "counting", "names"):
        assert client.get(address(name, poll.public_id)).status_code == 200
    for name in ("remind", "reopen", "count", "weigh", "close", "extend"):
        later = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
        sent = {"kinds": ["new"], "reason": WHY, "text": "âge;produit;part\n60+;;1", "closes_at": later}
        assert client.post(address(name, poll.public_id), sent).status_code == 403
    assert not Event.objects.filter(
        name__in=["PollReminded", "PollReopened", "BallotsCountedIn", "PollWeighted"]
    ).exists()


@pytest.mark.parametrize("who", [a_member, a_moderator])
def test_others_have_none_of_it(client, who):
    poll = an_open_poll_with_names(a_product_owner())
    client.force_login(who())
    for name in ("live", "counting", "names"):
        assert client.get(address(name, poll.public_id)).status_code in (302, 403)
    for name in ("remind", "count", "weigh"):
        assert client.post(address(name, poll.public_id)).status_code in (302, 403)
    assert Poll.objects.get().reminded_at is None
