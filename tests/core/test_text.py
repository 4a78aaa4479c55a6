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
