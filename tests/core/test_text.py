import pytest

from core.text import excerpt, render_markdown


@pytest.mark.parametrize(
    ("text", "plain"),
    [("Retenue\u00a0: une équipe & **deux** mois", "Retenue\u00a0: une équipe & deux mois"), ("a < b\n\nc", "a < b c"),
     ("« oui\u202f»", "« oui\u202f»"), ("l'appli \"Phare\"", "l'appli \"Phare\""), ("1 &lt; 2", "1 < 2")],
)  # fmt: skip
def test_an_excerpt_is_plain_text(text, plain):
    assert excerpt(text) == plain


@pytest.mark.parametrize("link", [
    "[a](javascript:alert(1))", "[a](data:text/html;base64,eA==)", "[a](&#106;avascript:alert(1))", "<javascript:alert(1)>",
    "<img src=x onerror=alert(1)>", "![a](https://ailleurs.example/x.png)", "<svg/onload=alert(1)>", "[a](vbscript:x)",
])  # fmt: skip
def test_members_markdown_holds_no_script_and_no_picture(link):
    made = render_markdown(f"Avant {link} après")
    assert (
        "<img" not in made
        and "<svg" not in made
        and 'href="j' not in made
        and 'href="d' not in made
        and 'href="v' not in made
    )


def test_link_without_a_protocol_leads_to_no_other_house():
    assert "href" not in render_markdown("[ici](//ailleurs.example/x)")
    assert 'href="/idees/"' in render_markdown("[ici](/idees/)")


def test_picture_is_what_it_says_it_shows():
    made = render_markdown("Avant ![le <b>quai</b>](https://ailleurs.example/x.png) après")
    assert made == "<p>Avant le &lt;b&gt;quai&lt;/b&gt; après</p>\n"
