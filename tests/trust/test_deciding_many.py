"""One verdict on a wave of advertising: chosen, read again, confirmed; each in the log, all taken back together."""

import pytest
from django.urls import reverse

from core.errors import Invalid, NotAllowed
from core.models import Event
from core.shield import PrivateData
from ideas.domain.commenting import edit_comment
from ideas.models import Comment
from tests.factories.ideas import a_comment
from tests.factories.members import a_moderator, an_auditor
from tests.factories.trust import WHY, a_case, an_old_member
from tests.notifications.working import told, work
from trust.domain.banning import active_strikes
from trust.domain.deciding import decide
from trust.domain.deciding_many import decide_many
from trust.domain.undoing import undo_verdicts
from trust.models import Case, Decision, Statement

pytestmark = pytest.mark.django_db
BULK = "trust_desk:bulk"


def a_wave(size=4):
    spammer = an_old_member()
    return spammer, [
        a_case(a_comment(author=spammer, body=f"Gagnez {n} euros par jour"), reason="spam") for n in range(size)
    ]


def keys(cases):
    return [case.public_id for case in cases]


def test_each_of_the_wave_has_its_statement_its_line_in_the_log_and_its_author_one_strike():
    spammer, cases = a_wave()
    moderator = a_moderator()
    done = decide_many(keys(cases), "remove", reason=WHY, by=moderator, with_strike=True)
    assert len(done.decided) == 4 and done.refused == []
    assert set(Comment.objects.values_list("visibility", flat=True)) == {"removed"}
    assert Statement.objects.filter(member=spammer, measure="removed", by=moderator).count() == 4
    assert Decision.objects.filter(batch=done.batch).count() == 4
    assert Event.objects.filter(name="CaseClosed", actor=moderator.public_id).count() == 4
    assert active_strikes(spammer).count() == 1


def test_wave_is_taken_back_as_a_whole_and_nobody_hears():
    spammer, cases = a_wave()
    moderator = a_moderator()
    done = decide_many(keys(cases), "remove", reason=WHY, by=moderator)
    assert undo_verdicts(done.batch, by=moderator) == 4
    work()
    assert set(Comment.objects.values_list("visibility", flat=True)) == {"public"}
    assert Case.objects.waiting().count() == 4 and told(spammer) == []


def test_one_refusal_stops_nothing():
    _spammer, cases = a_wave(3)
    moderator = a_moderator()
    own = a_case(a_comment(author=moderator, is_official=True))
    decide(cases[0], "keep", reason=WHY, by=a_moderator())
    done = decide_many(keys([*cases, own]), "hide", reason=WHY, by=moderator)
    assert len(done.decided) == 2
    assert {case.public_id for case, _why in done.refused} == {cases[0].public_id, own.public_id}


def test_text_that_changed_since_it_was_read_is_left_out():
    spammer, cases = a_wave(2)
    changed = Comment.objects.get(pk=cases[0].subject_id)
    seen = dict.fromkeys(keys(cases), ".")
    edit_comment(changed, body="Je ne voulais rien vendre.", by=spammer)
    done = decide_many(keys(cases), "remove", reason=WHY, by=a_moderator(), seen=seen)
    assert keys(done.decided) == [cases[1].public_id]


def test_only_who_decides_and_with_a_reason_and_at_most_a_hundred():
    _spammer, cases = a_wave(1)
    with pytest.raises(NotAllowed):
        decide_many(keys(cases), "hide", reason=WHY, by=an_auditor())
    for wanted, reason, verdict in (([], WHY, "hide"), (keys(cases), "", "hide"), (keys(cases), WHY, "burn"),
                                    ([str(n) for n in range(101)], WHY, "hide")):  # fmt: skip
        with pytest.raises(Invalid):
            decide_many(wanted, verdict, reason=reason, by=a_moderator())
    with pytest.raises(PrivateData):
        decide_many(keys(cases), "hide", reason="Carte 4970 1012 3456 7893 vue.", by=a_moderator())


def test_desk_asks_for_a_confirmation_then_decides(client):
    _spammer, cases = a_wave(3)
    client.force_login(a_moderator())
    queue = client.get(reverse("trust_desk:index")).content.decode()
    assert queue.count('form="pick"') == 4  # three boxes and the button
    page = client.get(reverse(BULK), {"case": keys(cases)})
    html = page.content.decode()
    assert all(f"Gagnez {n} euros" in html for n in range(3)) and not Decision.objects.exists()
    picks = [row.pick for row in page.context["rows"]]
    assert client.post(reverse(BULK), {"pick": picks, "verdict": "remove", "reason": ""}).status_code == 400
    answer = client.post(reverse(BULK), {"pick": picks, "verdict": "remove", "reason": WHY}, follow=True)
    assert "3 dossiers sont jugés." in answer.content.decode() and "data-toast" in answer.content.decode()
    assert not Case.objects.waiting().exists()
    assert client.get(reverse(BULK)).status_code == 200


def test_page_costs_the_same_for_one_case_and_for_many(client):
    client.force_login(a_moderator())
    _spammer, cases = a_wave(5)
    client.get(reverse(BULK), {"case": keys(cases)})
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = []
    for chosen in (cases[:1], cases):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(BULK), {"case": keys(chosen)})
        counted.append(len(queries))
    assert counted[0] == counted[1]
