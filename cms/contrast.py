"""Contrast of the brand's colour on the house's grounds (WCAG 2.2, 1.4.3: 4.5 for text)."""

from django.utils.translation import gettext_lazy as _

LEAST = 4.5
GROUNDS = {"brand_light": ("#faf9f6", "#ffffff", "#f1efe9"), "brand_dark": ("#11131d", "#191c29", "#0b0d15")}
INK_ON_BRAND = {"brand_light": "#ffffff", "brand_dark": "#12153a"}


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB colour, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[position : position + 2], 16) / 255 for position in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def brand_faults(light: str, dark: str) -> dict[str, str]:
    """By field, why the colour cannot be read; empty when it can."""
    faults = {}
    for field, colour in (("brand_light", light), ("brand_dark", dark)):
        if len(colour or "") != 7:
            continue
        try:
            worst = min(contrast(colour, other) for other in (*GROUNDS[field], INK_ON_BRAND[field]))
        except ValueError:
            continue  # the field's own validator speaks
        if worst < LEAST:
            faults[field] = _("This colour cannot be read: its contrast is %(ratio).1f, and 4.5 is the least.") % {
                "ratio": worst
            }
    return faults
