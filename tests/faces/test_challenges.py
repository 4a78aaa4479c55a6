"""Challenges by the API: the same refusals as the pages, with stable codes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas.domain.challenges.counting import count_votes
from ideas.models import ChallengeEntry, Idea, JuryNote
from ideas.phases import Phase
from tests.factories.challenges import a_challenge, a_juror, a_won_challenge, an_entrant, an_entry, notes
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
API = "/api/v1/challenges/"


def send(client, method, url, data=None):
    return getattr(client, method)(url, data or {}, content_type="application/json")


def test_app_reads_challenges_their_rules_entries_and_winners(client):
    won, draft = a_won_challenge(), a_challenge(Phase.DRAFT)
    running = a_challenge()
    an_entry(running)
    rows = {row["id"]: row for row in client.get(API).json()["results"]}
    assert draft.public_id not in rows
    assert rows[running.public_id]["phase"] == "posting" and rows[running.public_id]["entry_count"] == 1
    assert [row["id"] for row in client.get(f"{API}?phase=results").json()["results"]] == [won.public_id]
    assert client.get(f"{API}?phase=nonsense").json()["code"] == "unknown_phase"
    one = client.get(f"{API}{won.public_id}/").json()
    assert [winner["rank"] for winner in one["winners"]] == [1, 2] and one["jury_word"] and len(one["jury"]) == 2
    assert one["winners"][0]["prize"] == "Votre idée construite avec vous"
    assert client.get(f"{API}{won.public_id}/rules/").json()[0]["number"] == 1
    assert len(client.get(f"{API}{running.public_id}/entries/").json()["results"]) == 1
    assert client.get(f"{API}{draft.public_id}/").status_code == 404


def test_words_of_the_jury_and_winners_stay_private_before_the_results(client):
    from ideas.domain.challenges.awarding import Pick, propose_winners
    from tests.factories.challenges import a_judged_challenge

    challenge = a_judged_challenge()
    idea = challenge.entries.order_by("id").first().idea
    pick = Pick(idea.public_id, "Elle sert dès le premier mois.")
    propose_winners(challenge, [pick], by=a_product_owner(), jury_word="Secret jusqu’au bout.")
    one = client.get(f"{API}{challenge.public_id}/")
    assert one.json()["winners"] == [] and "Secret" not in one.content.decode()
    assert "Secret" not in client.get(challenge.get_absolute_url()).content.decode()


def test_app_enters_withdraws_and_posts_into_a_challenge(client):
    challenge, member = a_challenge(entries_per_member=2), an_entrant()
    idea, theme = an_idea(author=member), a_category(slug="jeunes")
    client.force_login(member)
    entries = f"{API}{challenge.public_id}/entries/"
    assert (
        send(client, "post", entries, {"idea": idea.public_id, "accepted_rules": 3}).json()["code"] == "rules_changed"
    )
    assert send(client, "post", entries, {"idea": idea.public_id, "accepted_rules": 1}).status_code == 201
    assert client.delete(f"{entries}{idea.public_id}/").status_code == 204
    new = {"title": "Le budget qui parle en repas", "body": "« Il te reste 23 repas » se comprend mieux qu’un solde.",
           "category": theme.slug, "challenge": challenge.public_id}  # fmt: skip
    assert send(client, "post", "/api/v1/ideas/", new).json()["code"] == "rules_not_accepted"
    assert Idea.objects.count() == 1
    assert send(client, "post", "/api/v1/ideas/", new | {"accepted_rules": 1}).status_code == 201
    assert ChallengeEntry.objects.get().idea.title == new["title"]
    listed = client.get(f"/api/v1/ideas/?challenge={challenge.public_id}").json()["results"]
    assert [row["title"] for row in listed] == [new["title"]]
    assert client.get("/api/v1/ideas/?challenge=zzz").json()["code"] == "unknown_challenge"


def test_app_of_a_juror_notes_and_gives_notes_and_reads_no_others_before(client):
    challenge = a_challenge(Phase.JURY)
    entry = an_entry(challenge, votes=1)
    count_votes(challenge)
    juror, other = a_juror(challenge), a_juror(challenge)
    notes(other, entry, 1)
    client.force_login(juror.member)
    jury = f"{API}{challenge.public_id}/jury/"
    note = f"{jury}notes/{entry.idea.public_id}/"
    assert send(client, "put", note, {"usefulness": 7}).status_code == 400
    assert send(client, "put", note, {"usefulness": 4, "text": "Il manque deux notes."}).json()["code"] == "bad_score"
    marks = {"usefulness": 4, "simplicity": 4, "novelty": 4, "text": "Utile dès le premier mois."}
    assert send(client, "put", note, marks).json()["mean"] == 4
    assert len(client.get(f"{jury}notes/").json()[0]["notes"]) == 1
    assert send(client, "post", f"{jury}hand-in/").json()["handed_in_at"]
    assert send(client, "put", note, marks).json()["code"] == "notes_handed_in"
    assert len(client.get(f"{jury}notes/").json()[0]["notes"]) == 1, "the other has not given theirs"
    client.force_login(a_member())
    assert client.get(f"{jury}notes/").status_code == 404
    assert send(client, "put", note, marks).status_code == 404
    assert JuryNote.objects.count() == 2


def test_api_costs_the_same_at_1_and_3_rows(client):
    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len([query for query in captured.captured_queries if '"ideas_' in query["sql"]])

    challenge = a_challenge()
    an_entry(challenge)
    urls = (API, f"{API}{challenge.public_id}/", f"{API}{challenge.public_id}/entries/")
    few = [cost(url) for url in urls]
    a_challenge(), a_challenge()
    for _ in range(2):
        an_entry(challenge)
        a_juror(challenge)
    assert [cost(url) for url in urls] == few == [1, 2, 2]


# the desk


def test_product_owner_leads_a_challenge_from_the_desk(client):
    from datetime import timedelta

    from django.utils import timezone

    from ideas.models import Challenge

    a_member()
    client.force_login(a_product_owner())
    moment = lambda days: f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}"  # noqa: E731
    typed = {
        "title_fr": "Mon premier budget", "lede_fr": "Qu’est-ce qui vous aurait aidé ?", "prizes_fr": "300 €",
        "call_fr": "Racontez-nous ce qui vous aurait aidé à 18 ans, en quelques lignes.", "entries_per_member": "1",
        "vote_share": "33", "shortlist_size": "5", "opens_at": moment(1), "posting_ends_at": moment(10),
        "voting_ends_at": moment(20), "results_at": moment(30), "adults_only": "on",
    }  # fmt: skip
    refused = client.post(
        "/desk/challenges/new/", typed | {"posting_ends_at": moment(0), "call_fr": "4539 1488 0343 6467"}
    )
    assert refused.status_code == 400 and "4539 1488 0343 6467" not in refused.content.decode()
    client.post("/desk/challenges/new/", typed)
    challenge = Challenge.objects.get()
    home = f"/desk/challenges/{challenge.public_id}/"
    client.post(f"{home}announce/")
    assert challenge.phase == Phase.DRAFT, "no rules yet"
    client.post(f"{home}rules/", {"body_fr": "Article 1. Une idée par personne. Article 2. Le jury note de 1 à 5."})
    client.post(f"{home}announce/")
    challenge.refresh_from_db()
    assert challenge.phase == Phase.ANNOUNCED
    client.post(f"{home}lengthen/", {"results_at": moment(40)})
    challenge.refresh_from_db()
    assert challenge.results_at > timezone.now() + timedelta(days=39)
    early = client.post(f"{home}lengthen/", {"results_at": moment(35)})
    assert early.status_code == 400 and "plus lointaine" in early.content.decode()
    for page in ("", "write/", "rules/", "jury/", "results/"):
        assert client.get(home + page).status_code == 200


def test_desk_shows_notes_only_once_all_have_given_theirs(client):
    challenge = a_challenge(Phase.JURY)
    entry = an_entry(challenge, votes=1)
    count_votes(challenge)
    one, two = a_juror(challenge), a_juror(challenge)
    notes(one, entry, 5, "Un avis que personne ne lit encore.")
    notes(two, entry, 2)
    from ideas.domain.challenges.judging import hand_in

    hand_in(challenge, by=one.member)
    client.force_login(a_product_owner())
    home = f"/desk/challenges/{challenge.public_id}/"
    page = client.get(f"{home}jury/")
    assert "Un avis que personne" not in page.content.decode() and not page.context["has_notes"]
    assert "classement paraît" in client.get(f"{home}results/").content.decode()
    hand_in(challenge, by=two.member)
    assert "Un avis que personne" in client.get(f"{home}jury/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_desk_list_costs_the_same_whatever_the_rows(client, number, django_assert_max_num_queries):
    for _ in range(number):
        a_challenge()
    client.force_login(a_product_owner())
    client.get("/desk/challenges/")
    with django_assert_max_num_queries(16):
        assert client.get("/desk/challenges/").status_code == 200
