"""Words that would be a script, in every text of a poll: on no page, file or picture do they stand as anything but words."""

import pytest
from django.test import Client

from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from tests.faces.test_circle_polls import places
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_picture, a_question, a_remark, an_open_poll, options_of

pytestmark = pytest.mark.django_db
BAD = "\"'><img src=x onerror=alert(1)>"
LINKS = f"{BAD} [a](javascript:alert(1)) [b](data:text/html,x) [c](JaVaScRiPt:alert(1)) [d](//autre.example)"


@pytest.mark.parametrize("is_decided", [False, True])
def test_no_text_of_a_poll_runs_anywhere(settings, tmp_path, is_decided):
    settings.MEDIA_ROOT = tmp_path
    owner, people = a_product_owner(), [a_member() for _ in range(11)]
    questions = [
        a_question(
            [{"text": f"Un {BAD}", "description": BAD}, {"text": f"Deux {BAD}"}, {"text": f"Autre {BAD}", "is_other": True}],
            text=f"{n} {BAD}", image=a_picture(), image_alt=BAD, comments=True,
        )
        for n in range(2)
    ]  # fmt: skip
    poll = an_open_poll(
        by=owner, title=f"Titre {BAD}", intro=LINKS, consultation=True, confidential=False, questions=questions,
        results_policy="always",
    )  # fmt: skip
    first, _two, _other, second, *_rest = options_of(poll)
    for member in people:
        cast_ballot(poll.public_id, [first, second], by=member)
    remark = a_remark(poll, by=people[0], body=LINKS)
    if is_decided:
        poll = decide(close(poll, by=owner), f"Nous lançons les frais offerts. {LINKS}", by=owner)
    studio = [
        f"/desk/polls/{poll.public_id}/{tab}"
        for tab in ("", "preview/", "check/", "live/", "counting/", "names/", "decide/")
    ]
    files = [
        place.replace(".csv", f".{kind}")
        for name, place in places(poll, remark)
        if "chart" in name
        for kind in ("svg", "csv")
    ]
    found = 0
    for reader in (owner, people[0]):
        client = Client()
        client.force_login(reader)
        pages = ["/", "/sondages/", *(place for _name, place in places(poll, remark)), *files, *studio]
        for place in pages:
            answer = client.get(place)
            assert answer.status_code < 500, place
            text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
            kind = answer.headers.get("Content-Type", "")
            found += answer.status_code == 200 and "onerror" in text
            assert not set("<>\r\n") & set("".join(answer.headers.values())), place
            if "html" in kind or "svg" in kind:
                assert "<img src=x" not in text, place
                assert (
                    'href="javascript:' not in text.lower() and 'href="data:' not in text and 'href="//' not in text
                ), place
            if "html" in kind:
                assert "Content-Security-Policy" in answer.headers, place
    assert found > 10
