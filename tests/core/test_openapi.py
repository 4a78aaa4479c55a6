"""The published schema: what the code says, told without a warning."""

from drf_spectacular.drainage import GENERATOR_STATS

from core.api.schema import without_column_bounds
from core.management.commands.openapi import made


def test_schema_is_made_without_a_warning(capsys):
    made()
    assert not GENERATOR_STATS
    assert capsys.readouterr().err == ""


def test_schema_is_the_same_whatever_the_database_is():
    """A column's ends are its database's: 32 bits here, 64 there. A field's own bounds stay."""
    schema = made().decode()
    assert not any(f": {end}\n" in schema for end in (32767, 2**31 - 1, 2**63 - 1, -(2**31), -(2**63)))
    column, meant = {"type": "integer", "maximum": 2**31 - 1, "minimum": 0}, {"type": "integer", "maximum": 100}
    told = without_column_bounds({"a": [column], "b": meant}, None, None, public=True)
    assert told == {"a": [{"type": "integer", "minimum": 0}], "b": {"type": "integer", "maximum": 100}}
