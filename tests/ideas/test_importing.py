"""Ideas of another tool: what each format says, what is refused, and that nothing comes twice."""

from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override

from core.errors import DomainError, Invalid
from core.models import Event
from ideas.domain.importing import import_rows, read_rows
from ideas.models import Idea, ImportedIdea
from members.models import Member
from tests.factories.ideas import a_category
from tests.factories.members import a_member, a_product_owner, an_auditor

from .imports import CANNY, FIDER, PLAIN, USERVOICE

pytestmark = pytest.mark.django_db
CARD = "4970 1012 3456 7893"


@pytest.fixture
def cards():
    return a_category(slug="cartes", name_fr="Cartes", name_en="Cards")


@pytest.fixture
def other(cards):
    return a_category(slug="autres")


def taken(text, source, category, *, is_dry=False, by=None):
    rows = read_rows(text.encode(), source)
    return import_rows(rows, source=source, category=category, by=by or a_product_owner(), is_dry=is_dry)


@pytest.mark.parametrize(
    ("source", "text", "state"),
    [("canny", CANNY, "planned"), ("fider", FIDER, "planned"), ("uservoice", USERVOICE, "under_review")],
)
def test_each_tool_s_file_is_understood(cards, other, source, text, state):
    taken(text, source, other)
    idea = Idea.objects.get(title="Block my card from the app")
    assert (idea.state, idea.category, idea.created_at.date().isoformat()) == (state, cards, "2023-05-02")
    assert "waited on the phone" in idea.body
    assert (idea.origin.source, idea.origin.author_name, idea.origin.votes) == (source, "Ada Brown", 41)
    dark = Idea.objects.get(title__startswith="A dark theme")
    assert dark.category == other


def test_plain_csv_with_semicolons_and_french_names_is_understood(cards, other):
    report = taken(PLAIN, "csv", other)
    idea = Idea.objects.get(title="Bloquer ma carte depuis l’appli")
    assert (idea.state, idea.category, idea.origin.votes) == ("planned", cards, 41)
    assert idea.created_at.date().isoformat() == "2023-05-02"
    assert (report.taken, report.there, report.refused) == (3, 0, 2)


def test_windows_file_is_read_too(other):
    text = "titre;texte\nUne carte pour l'épargne des élèves;Ça m'aiderait à économiser chaque mois.\n"
    rows = read_rows(text.encode("cp1252"), "csv")
    assert import_rows(rows, source="csv", category=other, by=a_product_owner(), is_dry=False).taken == 1
    assert Idea.objects.get().title == "Une carte pour l'épargne des élèves"


def test_dry_run_says_the_same_and_writes_nothing(other):
    dry = taken(FIDER, "fider", other, is_dry=True)
    assert not Idea.objects.exists() and not Event.objects.exists() and dry.is_dry
    assert not Member.objects.filter(email="reprise@lab.invalid").exists()
    real = taken(FIDER, "fider", other)
    assert [(line.number, line.outcome, line.why) for line in dry.lines] == [
        (line.number, line.outcome, line.why) for line in real.lines
    ]


def test_importing_twice_makes_nothing_twice(other):
    by = a_product_owner()
    taken(CANNY, "canny", other, by=by)
    before = Idea.objects.count()
    again = taken(CANNY, "canny", other, by=by)
    assert Idea.objects.count() == before == 3
    assert (again.taken, again.there) == (0, 3)
    assert all(line.url for line in again.lines if line.outcome == "there")


def test_a_row_said_twice_in_one_file_comes_once(other):
    lines = FIDER.splitlines()
    report = taken("\n".join([*lines[:3], lines[1]]), "fider", other)
    assert (report.taken, report.there, Idea.objects.count()) == (2, 1, 2)


def test_every_row_is_reported_with_its_reason(other):
    report = taken(FIDER, "fider", other)
    assert [(line.number, line.outcome) for line in report.lines] == [(2, "taken"), (3, "taken"), (4, "refused")]
    assert "doublon" in report.lines[2].why.lower() or "duplicate" in report.lines[2].why.lower()


def test_privacy_shield_refuses_a_row_and_shows_no_number(other):
    report = taken(PLAIN, "csv", other)
    line = next(line for line in report.lines if line.number == 6)
    assert line.outcome == "refused" and line.title == "" and "carte" in line.why
    assert not any(CARD in f"{line.title}{line.why}" or "7893" in line.title for line in report.lines)
    assert not Idea.objects.filter(title__contains="4970").exists()


def test_mails_and_telephones_are_masked(other):
    taken(
        "title,body\nWrite to ada@example.org please,Call me on 06 12 34 56 78 and I will explain it all to you\n",
        "csv",
        other,
    )
    idea = Idea.objects.get()
    assert "ada@" not in idea.title and "06 12" not in idea.body


def test_votes_made_elsewhere_are_kept_and_not_counted(other):
    taken(FIDER, "fider", other)
    idea = Idea.objects.get(title="Block my card from the app")
    assert (idea.vote_score, idea.num_vote_up, idea.origin.votes) == (0, 0, 41)


def test_no_account_is_made_and_nobody_signs_in_as_the_author(other):
    by = a_product_owner()
    people = Member.objects.count()
    taken(FIDER, "fider", other, by=by)
    author = Idea.objects.first().author
    assert Member.objects.count() == people + 1
    assert not author.is_active and not author.has_usable_password() and not author.is_staff


def test_the_name_of_who_wrote_there_is_on_no_public_page(client, other):
    taken(FIDER, "fider", other)
    idea = Idea.objects.get(title="Block my card from the app")
    assert "Ada Brown" not in client.get(idea.get_absolute_url()).content.decode()
    assert "Ada Brown" not in client.get(f"/api/v1/ideas/{idea.public_id}/").content.decode()


def test_state_taken_over_stands_on_the_path(other):
    taken(FIDER, "fider", other)
    move = Idea.objects.get(title="Block my card from the app").moves.get()
    assert (move.from_state, move.to_state, move.is_silent) == ("new", "planned", True) and "Fider" in move.reason


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_only_product_owners_import(other, who):
    with pytest.raises(DomainError) as refusal:
        taken(FIDER, "fider", other, by=who())
    assert refusal.value.code == "not_allowed" and not Idea.objects.exists()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "not_a_csv"),
        (b"\x89PNG\r\n\x00\x00", "not_a_csv"),
        (b"a,b\n1,2\n", "no_title_column"),
        (b"title\n", "not_a_csv"),
    ],
)
def test_what_is_not_such_a_file_is_refused_with_a_sentence(raw, code):
    with pytest.raises(DomainError) as refusal:
        read_rows(raw, "csv")
    assert refusal.value.code == code and str(refusal.value)


def test_desk_runs_dry_then_imports_the_same_rows(client, cards, other):
    client.force_login(a_product_owner())
    url = reverse("ideas_exchange:import")
    said = {"source": "fider", "category": "autres"}
    dry = client.post(url, said | {"file": SimpleUploadedFile("f.csv", FIDER.encode())})
    assert dry.status_code == 200 and not Idea.objects.exists()
    done = client.post(url, said | {"kept": dry.context["kept"]})
    assert done.context["report"].taken == Idea.objects.count() == 2
    over = client.post(url, said | {"kept": dry.context["kept"]})
    assert over.status_code == 400 and Idea.objects.count() == 2


def test_desk_says_what_is_wrong_with_a_file(client, other):
    client.force_login(a_product_owner())
    answer = client.post(
        reverse("ideas_exchange:import"),
        {"source": "csv", "category": "autres", "file": SimpleUploadedFile("x", b"\x00\x01")},
    )
    assert answer.status_code == 400 and answer.context["form"].errors["file"]


def test_desk_shows_where_an_idea_came_from(client, other):
    by = a_product_owner()
    taken(FIDER, "fider", other, by=by)
    client.force_login(by)
    idea = Idea.objects.get(title="Block my card from the app")
    page = client.get(reverse("ideas_desk:evidence", args=[idea.public_id])).content.decode()
    assert "Ada Brown" in page and "Fider" in page


def test_command_is_dry_unless_told(tmp_path, other):
    file, by, out = tmp_path / "fider.csv", a_product_owner(), StringIO()
    file.write_text(FIDER)
    told = {"source": "fider", "category": "autres", "by": by.email, "stdout": out}
    call_command("import_ideas", file, **told)
    assert not ImportedIdea.objects.exists()
    call_command("import_ideas", file, write=True, **told)
    call_command("import_ideas", file, write=True, **told)
    assert ImportedIdea.objects.count() == 2 and "2 already there" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("import_ideas", tmp_path / "no.csv", **told)


def test_votes_and_dates_that_say_nothing_are_remarked(other):
    text = "id;title;body;votes;created_at\n1;Un titre assez long;%s;abc;2099-01-01\n2;Un autre titre assez long;%s;;\n"
    body = "Un texte qui a bien trente caractères."
    report = taken(text % (body, body), "csv", other)
    assert [line.why for line in report.lines] == [
        "Le nombre de votes n’est pas lisible\u00a0: il compte pour zéro. "
        "La date n’est pas lisible ou est à venir\u00a0: l’idée porte celle du jour.",
        "",
    ]
    assert Idea.objects.filter(origin__external_id="1", created_at__year=2099).count() == 0


UNKNOWN = "id;title;body;theme;status\n" + "".join(
    f"{n};Une idée numéro {n} à reprendre;Un texte qui a bien trente caractères.;{theme};{state}\n"
    for n, (theme, state) in enumerate(
        [("Cartes", "open"), ("Inconnu", "planned"), ("", "nonsense"), ("cartes", "done")]
    )
)


def test_report_says_the_theme_and_the_state_of_each_idea_and_what_was_a_guess(cards, other):
    for is_dry in (True, False):
        report = taken(UNKNOWN, "csv", other, is_dry=is_dry)
        assert [(line.theme, line.state, line.unknown) for line in report.lines] == [
            (cards, "new", ()), (other, "planned", ("category",)), (other, "new", ("state",)), (cards, "delivered", ()),
        ]  # fmt: skip
        assert report.of_unknown_theme == 1
        assert "Inconnu" in report.lines[1].why and other.name in report.lines[1].why
        assert "nonsense" in report.lines[2].why and report.lines[0].why == ""
    again = taken(UNKNOWN, "csv", other)
    assert [(line.theme, line.state, line.unknown) for line in again.lines] == [(None, "", ())] * 4
    ideas = Idea.objects.order_by("origin__external_id").values_list("category__slug", "state")
    assert list(ideas) == [("cartes", "new"), ("autres", "planned"), ("autres", "new"), ("cartes", "delivered")]


def test_unknown_theme_says_no_address_of_anyone_again(other):
    report = taken(UNKNOWN.replace("Inconnu", "Appli de bo@example.org"), "csv", other, is_dry=True)
    assert "bo@example.org" not in report.lines[1].why


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["1 idée nomme un thème", "Planifiée", "À importer"]),
        ("en", ["1 idea names a theme", "Planned", "To import"]),
    ],
)
def test_desk_warns_of_an_unknown_theme_before_anything_is_taken_in(client, cards, other, language, words):
    client.force_login(a_product_owner(language=language))
    with override("fr"):
        answer = client.post(
            reverse("ideas_exchange:import"),
            {"source": "csv", "category": "autres", "file": SimpleUploadedFile("idees.csv", UNKNOWN.encode())},
        )
    page = answer.content.decode()
    assert all(word in page for word in words) and "dk-notice--warn" in page and not Idea.objects.exists()
    assert page.index("Une idée numéro 1 ") < page.index("Une idée numéro 0 ")


def test_command_says_the_theme_and_the_state_of_each_row(tmp_path, other):
    file, out = tmp_path / "idees.csv", StringIO()
    file.write_text(UNKNOWN)
    call_command("import_ideas", file, source="csv", category="autres", by=a_product_owner().email, stdout=out)
    first, second, *_others, last = out.getvalue().splitlines()
    assert "cartes " in first and "new " in first and "?" not in first
    assert "autres?" in second and "planned " in second and "Inconnu" in second
    assert last == "1 name a theme that is none of ours: they go to autres."


BODY_OF_THIRTY = "Un texte qui a bien trente caractères."


@pytest.mark.parametrize(
    ("cell", "counted"),
    [("9" * 6000, 10_000_000), ("0" * 6000 + "7", 7), ("٣", 0), ("1e9", 0), ("-4", 0), ("²", 0), ("1 204,0", 12040)],
)
def test_number_of_any_length_or_script_is_read_or_remarked_and_breaks_nothing(other, cell, counted):
    report = taken(f'id;title;body;votes\n1;Un titre assez long;{BODY_OF_THIRTY};"{cell}"\n', "csv", other)
    assert report.taken == 1 and ImportedIdea.objects.get().votes == counted


@pytest.mark.parametrize(
    "cell", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2024-02-30", "x" * 9000, "31/12/0000"]
)
def test_day_that_is_none_is_remarked_and_breaks_nothing(other, cell):
    report = taken(f"id;title;body;created_at\n1;Un titre assez long;{BODY_OF_THIRTY};{cell}\n", "csv", other)
    assert report.taken == 1 and "date" in report.lines[0].why


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"PK\x03\x04" + b"\x00" * 100, "not_a_csv"),
        (b"\n" * 3_000_000, "not_a_csv"),
        (b"title,body\n" + b"," * 3_000_000, "not_a_csv"),
        (b'title\n"' + b"x" * 2_000_000, "not_a_csv"),
        (b"title\n" + b"a\n" * 20_002, "file_too_large"),
        (b"\xff\xfe\x00", "not_a_csv"),
        (b"title\n" + b"a" * 20_000_000, "file_too_large"),
    ],
)
def test_file_made_to_fill_the_memory_is_refused(raw, code):
    with pytest.raises(Invalid) as refusal:
        read_rows(raw, "csv")
    assert refusal.value.code == code
