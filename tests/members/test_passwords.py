import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from members.models import Member


@pytest.mark.parametrize(
    "password", ["quatorze-signes"[:14], "motdepassemotdepasse", "azertyuiopqsdfgh", "123456789012345", "aaaaaaaaaaaaaaaa",
                 "Password-2024-2025", "abcabcabcabcabcabc", "Mot de passe 123456", "lelabduphare2026", "soazig.m@exemple.fr"]
)  # fmt: skip
def test_short_common_or_guessable_passwords_are_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, Member(email="soazig.m@exemple.fr", nickname="Soazig"))


@pytest.mark.parametrize(
    "password", ["quinze signes !"[:15], "un phare mange trois livrets", "tasse velours kayak", "lab-clients-demo"]
)
def test_fifteen_characters_of_any_kind_are_enough(password):
    assert len(password) >= 15
    validate_password(password, Member(email="soazig.m@exemple.fr", nickname="Soazig"))
