"""Where the text of a complaint stands: a link for who may go there, and nothing of it for who has left its circle."""

import pytest
from django.urls import reverse

from members.models import CircleMember
from tests.factories.circles import a_circle
from tests.factories.complaints import a_complaint
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.polls import a_consultation, a_remark
from tests.polls.test_counting import costs

pytestmark = pytest.mark.django_db
TITLE = "Le parking du personnel"
GONE = "Un message dans un endroit que vous ne pouvez plus lire"


def a_poll_s(member, circle, **fields):
    poll = a_consultation(circle=circle, title=TITLE, **fields)
    return a_complaint(a_remark(poll, by=member)), poll


def a_comment_s(member, circle):
    idea = an_idea(circle=circle, title=TITLE)
    return a_complaint(a_comment(idea, author=member)), idea


def pages_of(client, complaint):
    return [
        client.get(address).content.decode() for address in (complaint.get_absolute_url(), reverse("complaints:mine"))
    ]


def api_of(client, complaint):
    path = reverse("api_my_complaint", args=[complaint.public_id])
    listed = client.get(reverse("api_my_complaints")).json()["results"]
    return [client.get(path).json(), *(row for row in listed if row["id"] == complaint.public_id)]


@pytest.mark.parametrize(("make", "name"), [(a_poll_s, "poll"), (a_comment_s, "idea")])
def test_complaint_of_a_circle_s_poll_or_idea_leads_there_until_one_has_left(client, make, name):
    member = a_member()
    circle = a_circle(members=[member])
    complaint, place = make(member, circle)
    client.force_login(member)
    show, mine = pages_of(client, complaint)
    assert f'href="{place.get_absolute_url()}"' in show and TITLE in show and TITLE in mine
    assert client.get(place.get_absolute_url()).status_code == 200
    assert [told[name] for told in api_of(client, complaint)] == [place.public_id] * 2

    CircleMember.objects.filter(member=member).delete()
    for page in pages_of(client, complaint):
        assert TITLE not in page and place.public_id not in page and GONE in page
    assert client.get(place.get_absolute_url()).status_code == 404
    assert [told[name] for told in api_of(client, complaint)] == [None] * 2


def test_complaint_of_a_poll_everybody_reads_keeps_its_link(client):
    member = a_member()
    complaint, poll = a_poll_s(member, None)
    client.force_login(member)
    show, _mine = pages_of(client, complaint)
    assert f'href="{poll.get_absolute_url()}"' in show and GONE not in show


def test_one_s_own_idea_keeps_its_title_without_a_link(client):
    member = a_member()
    circle = a_circle(members=[member])
    idea = an_idea(author=member, circle=circle, title=TITLE)
    complaint = a_complaint(idea)
    CircleMember.objects.filter(member=member).delete()
    client.force_login(member)
    show, mine = pages_of(client, complaint)
    assert TITLE in show and TITLE in mine and idea.public_id not in show


def test_desk_links_to_a_circle_s_poll_for_who_may_read_it_alone(client):
    member = a_member()
    poll = a_consultation(circle=a_circle(members=[member]), title=TITLE)
    remark = a_remark(poll, by=member)
    for who, leads in ((a_moderator(), False), (a_product_owner(), True)):
        client.force_login(who)
        page = client.get(f"{reverse('complaints_desk:open')}?remark={remark.public_id}").content.decode()
        assert TITLE in page
        assert (f'href="{poll.get_absolute_url()}"' in page) == leads
        assert (client.get(poll.get_absolute_url()).status_code == 200) == leads


@pytest.mark.parametrize("many", [1, 3])
def test_list_costs_the_same_for_one_complaint_and_three(client, many):
    member = a_member()
    circle = a_circle(members=[member])
    for _ in range(many):
        a_poll_s(member, circle)
    client.force_login(member)
    client.get(reverse("api_my_complaints"))
    with costs(2):  # the complaints, and one's circles
        assert len(client.get(reverse("api_my_complaints")).json()["results"]) == many
