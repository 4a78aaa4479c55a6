"""An author takes an idea back while nothing is decided: it leaves every list, and those who supported it are told."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.errors import DomainError
from ideas.domain.commenting import comment_on
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.voting import cast_vote
from ideas.domain.withdrawing import withdraw_idea
from ideas.models import Idea, Withdrawal
from notifications.models import Notification
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
TITLE = "Une alerte la veille de chaque prélèvement"


def text_of(answer) -> str:
    return answer.content.decode()


def withdrawn(**fields) -> Idea:
    idea = an_idea(title=TITLE, **fields)
    withdraw_idea(idea, reason="J’en parlerai à mon conseiller.", by=idea.author)
    return Idea.objects.get(pk=idea.pk)


def test_withdrawn_idea_leaves_every_list_and_the_search(client):
    idea = withdrawn()
    for url in (
        "/idees/",
        "/idees/?state=new",
        f"/idees/?search={TITLE}",
        "/",
        f"/recherche/?q={TITLE}",
        "/api/v1/ideas/",
    ):
        assert idea.public_id not in text_of(client.get(url)), url
    found = client.get("/api/v1/ideas/similar/", {"title": TITLE}).json()
    assert found == []
    assert Idea.objects.listed().count() == Idea.objects.shown().count() == 0


def test_its_address_says_that_it_was_withdrawn_and_shows_nothing_of_it(client):
    idea = withdrawn(body="Un texte que son auteur ne veut plus voir ici.")
    for address in (idea.get_absolute_url(), reverse("ideas:short", args=[idea.public_id])):
        answer = client.get(address)
        page = text_of(answer)
        assert answer.status_code == 410 and "retirée par son auteur" in page and "conseiller" in page
        assert TITLE not in page and "ne veut plus voir" not in page and "noindex" in page
    answer = client.get(f"/api/v1/ideas/{idea.public_id}/")
    assert answer.status_code == 410 and answer.json()["code"] == "idea_withdrawn" and answer.json()["withdrawn_at"]
    assert TITLE not in text_of(answer)


def test_its_author_still_reads_it_and_sees_it_among_their_own(client):
    idea = withdrawn()
    client.force_login(idea.author)
    page = text_of(client.get(idea.get_absolute_url()))
    assert TITLE in page and "Les autres n’en voient plus le texte" in page
    assert TITLE in text_of(client.get("/idees/?mine=1"))
    found = client.get(f"/api/v1/ideas/{idea.public_id}/").json()
    assert (
        found["withdrawn_at"] and not found["can_withdraw"] and not found["can_edit"] and not found["is_open_to_votes"]
    )


def test_votes_and_comments_close(client):
    idea = withdrawn()
    voter = a_member()
    for act in (lambda: cast_vote(idea, by=voter), lambda: comment_on(idea, body="Dommage !", by=voter)):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == "not_found"
    with pytest.raises(DomainError) as refusal:
        comment_on(idea, body="Je reviens.", by=idea.author)
    assert refusal.value.code == "comments_closed"
    client.force_login(voter)
    assert client.put(f"/api/v1/ideas/{idea.public_id}/vote/").status_code == 404
    assert client.post(reverse("ideas:vote", args=[idea.public_id])).status_code == 404


def test_vote_that_arrives_while_it_is_withdrawn_is_refused():
    idea, voter = an_idea(), a_member()
    seen = Idea.objects.get(pk=idea.pk)
    withdraw_idea(idea, by=idea.author)
    with pytest.raises(DomainError) as refusal:
        cast_vote(seen, by=voter)
    assert refusal.value.code == "votes_closed"
    assert Idea.objects.get(pk=idea.pk).vote_score == 0


def test_supporters_and_commenters_are_told_once_and_the_author_is_not():
    idea, voter, talker = an_idea(title=TITLE), a_member(), a_member()
    cast_vote(idea, by=voter)
    a_comment(idea, author=talker)
    withdraw_idea(idea, by=idea.author)
    withdraw_idea(idea, by=idea.author)
    call_command("worker", batch=True, verbosity=0)
    told = Notification.objects.filter(kind="idea_withdrawn").values_list("member_id", flat=True)
    assert sorted(told) == sorted([voter.pk, talker.pk])
    assert Withdrawal.objects.count() == 1


def test_news_of_a_withdrawal_can_be_read_though_the_idea_is_gone(client):
    idea, voter = an_idea(title=TITLE), a_member()
    cast_vote(idea, by=voter)
    withdraw_idea(idea, reason="Ma banque le fait déjà.", by=idea.author)
    call_command("worker", batch=True, verbosity=0)
    client.force_login(voter)
    page = text_of(client.get(reverse("notifications:inbox")))
    assert "Son auteur a retiré une idée que vous suivez" in page and "Ma banque le fait déjà." in page


def _answered(idea, owner):
    answer_officially(idea, body="Nous l’étudions, merci.", by=owner)


def _planned(idea, owner):
    move_idea(idea, "candidate", reason="Elle passe devant le comité.", by=owner)


def _declined(idea, owner):
    move_idea(idea, "declined", reason="Nous ne la ferons pas cette année.", by=owner)


def _brought_together(idea, owner):
    merge_idea(an_idea(), idea, reason="C’est la même demande que celle-ci.", by=owner)


def _hidden(idea, owner):
    hide_idea(idea, reason="Une personne y est insultée.", by=a_moderator())


@pytest.mark.parametrize("decided", [_answered, _planned, _declined, _brought_together, _hidden])
def test_once_the_bank_has_decided_something_it_stays(decided):
    idea = an_idea()
    decided(idea, a_product_owner())
    with pytest.raises(DomainError) as refusal:
        withdraw_idea(Idea.objects.get(pk=idea.pk), by=idea.author)
    assert refusal.value.code == "too_late_to_withdraw" and refusal.value.status == 409


def test_being_looked_at_is_not_yet_a_decision():
    idea = an_idea()
    move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=a_product_owner())
    withdraw_idea(idea, by=idea.author)
    assert Idea.objects.get(pk=idea.pk).is_withdrawn


def test_nothing_is_left_to_decide_for_staff():
    idea, owner, other = withdrawn(), a_product_owner(), an_idea()
    for act in (
        lambda: move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=owner),
        lambda: answer_officially(idea, body="Nous l’étudions, merci.", by=owner),
        lambda: merge_idea(idea, other, reason="C’est la même demande que l’autre.", by=owner),
        lambda: merge_idea(other, idea, reason="C’est la même demande que l’autre.", by=owner),
    ):
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.status == 409
    client_sees_it = Idea.objects.visible_to(owner).filter(pk=idea.pk).exists()
    assert client_sees_it


def test_only_its_author_takes_it_back(client):
    idea = an_idea()
    for other in (a_member(), a_product_owner()):
        with pytest.raises(DomainError) as refusal:
            withdraw_idea(idea, by=other)
        assert refusal.value.status == 403
    url = reverse("ideas:withdraw", args=[idea.public_id])
    client.force_login(a_member())
    assert client.get(url).status_code == 403 and client.post(url).status_code == 403
    assert client.put(f"/api/v1/ideas/{idea.public_id}/withdrawal/").status_code == 403
    assert not Withdrawal.objects.exists()


def test_author_withdraws_by_the_page_without_javascript(client):
    idea = an_idea()
    cast_vote(idea, by=a_member())
    client.force_login(idea.author)
    url = reverse("ideas:withdraw", args=[idea.public_id])
    assert url in text_of(client.get(idea.get_absolute_url()))
    assert "1 personne qui la suit en est informée" in text_of(client.get(url))
    answer = client.post(url, {"reason": "Je me suis trompée."})
    assert answer.status_code == 302
    assert Idea.objects.get(pk=idea.pk).withdrawal.reason == "Je me suis trompée."
    assert url not in text_of(client.get(idea.get_absolute_url()))


def test_author_withdraws_by_the_api_and_again_changes_nothing(client):
    idea = an_idea()
    client.force_login(idea.author)
    url = f"/api/v1/ideas/{idea.public_id}/withdrawal/"
    for _time in range(2):
        answer = client.put(url, '{"reason": "Trop tôt."}', content_type="application/json")
        assert answer.status_code == 200 and answer.json()["withdrawn_at"]
    answered = an_idea(author=idea.author)
    answer_officially(answered, body="Nous l’étudions, merci.", by=a_product_owner())
    answer = client.put(f"/api/v1/ideas/{answered.public_id}/withdrawal/", "{}", content_type="application/json")
    assert answer.status_code == 409 and answer.json()["code"] == "too_late_to_withdraw"


def test_card_number_in_the_reason_is_refused(client):
    idea = an_idea()
    client.force_login(idea.author)
    page = client.post(reverse("ideas:withdraw", args=[idea.public_id]), {"reason": "Ma carte 4539 1488 0343 6467"})
    assert page.status_code == 400 and "6467" not in text_of(page)
    answer = client.put(
        f"/api/v1/ideas/{idea.public_id}/withdrawal/",
        '{"reason": "4539 1488 0343 6467"}',
        content_type="application/json",
    )
    assert answer.json()["code"] == "private_data" and not Withdrawal.objects.exists()


def test_held_idea_taken_back_leaves_no_trace_for_others(client):
    idea = withdrawn(visibility="held")
    assert client.get(idea.get_absolute_url()).status_code == 404
    assert client.get(f"/api/v1/ideas/{idea.public_id}/").status_code == 404
