"""The colours of a chart that leaves the site: the paper side of `tokens.css`, and the bank's own brand colour."""

from ..brand import brand

PAPER = {
    "sheet": "#ffffff",
    "well": "#f1efe9",
    "ink": "#191a2c",
    "ink-soft": "#47485c",
    "ink-faint": "#646577",
    "rule": "#e2dfd6",
    "edge": "#86848e",
    "brand": "#2d37a8",
}
STEPS = (0.1, 0.28, 0.5, 0.74, 1.0)  # how much brand is in the five levels of a scale, the lowest first


def _mixed(colour: str, part: float, ground: str = "#ffffff") -> str:
    channels = [(int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(over * part + under * (1 - part)):02x}" for over, under in channels)


def palette() -> dict[str, str]:
    """Colours by name, as #rrggbb; `brand-wash` and the levels `level-0` to `level-4` follow from the brand."""
    colours = PAPER | {"brand": brand().colour.lower()}
    colours["brand-wash"] = _mixed(colours["brand"], 0.1)
    return colours | {f"level-{place}": _mixed(colours["brand"], part) for place, part in enumerate(STEPS)}
