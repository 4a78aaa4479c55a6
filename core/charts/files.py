"""A chart as a file: SVG that says its figures in words, the same marks as PNG, and the table as CSV."""

from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language
from PIL import Image, ImageDraw

from ..sheets import as_csv
from .layouts import WIDE, lay_out
from .lettering import drawable, font, plain
from .marks import Drawing, Line, Mark, Path, Rect, Text
from .palette import palette
from .shapes import Chart
from .tables import in_words, table, written

FAMILIES = {
    False: "'Lab Text', 'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
    True: "'Lab Display', 'Bricolage Grotesque', 'Avenir Next', 'Segoe UI', Roboto, Helvetica, Arial, sans-serif",
}
FINER = 4  # how much finer curves are drawn before they are reduced


def csv(chart: Chart) -> str:
    behind = table(chart)
    return as_csv(behind.head, [[written(value) for value in row] for row in behind.rows])


def svg(chart: Chart, width: int = WIDE) -> str:
    """A drawing that stands alone: no style sheet, no script, nothing fetched."""
    drawing, colours = lay_out(chart, width), palette()
    size = f'width="{drawing.width}" height="{drawing.height}" viewBox="0 0 {drawing.width} {drawing.height}"'
    language = (get_language() or "fr").partition("-")[0]
    titled = _lang(chart.language_of_title, language)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" {size} role="img"'
        f' aria-labelledby="title desc" xml:lang="{language}">\n<title id="title"{titled}>{escape(plain(chart.title))}</title>\n'
        f'<desc id="desc">{escape(in_words(chart))}</desc>\n<g aria-hidden="true">\n'
        + "\n".join(_element(mark, colours, language) for mark in drawing.marks)
        + "\n</g>\n</svg>\n"
    )


def _n(value: float) -> str:
    return f"{round(value, 2):g}"


def _lang(language: str, here: str) -> str:
    return f' xml:lang="{language}"' if language and language != here else ""


def _element(mark: Mark, colours: dict[str, str], here: str) -> str:
    match mark:
        case Rect():
            edge = f' stroke="{colours[mark.edge]}"' if mark.edge else ""
            corner = f' rx="{_n(mark.radius)}"' if mark.radius else ""
            box = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
            return f'<rect {box}{corner} fill="{colours[mark.fill]}"{edge}/>'
        case Line():
            ends = f'x1="{_n(mark.x1)}" y1="{_n(mark.y1)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}"'
            return f'<line {ends} stroke="{colours[mark.ink]}" stroke-width="{_n(mark.thick)}"/>'
        case Path():
            points = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
            fill = colours[mark.fill] if mark.fill else "none"
            stroke = f' stroke="{colours[mark.ink]}" stroke-width="{_n(mark.thick)}"' if mark.ink else ""
            return f'<polyline points="{points}" fill="{fill}"{stroke} stroke-linejoin="round"/>'
    weight = ' font-weight="700"' if mark.bold or mark.display else ""
    anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    family = quoteattr(FAMILIES[mark.display])
    lang, own = _lang(mark.language, here), escape(mark.own)
    if lang and own:
        own = f'<tspan xml:lang="{here}">{own}</tspan>'
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-family={family} font-size="{_n(mark.size)}"{weight}{anchor}'
        f' fill="{colours[mark.ink]}"{lang}>{escape(plain(mark.words))}{own}</text>'
    )


def png(chart: Chart, scale: float = 2, width: int = WIDE) -> bytes:
    """The same marks in pixels, `scale` to one of the layout."""
    drawing = lay_out(chart, width)
    out = BytesIO()
    paint(drawing, scale).save(out, "PNG", compress_level=4)
    return out.getvalue()


def paint(drawing: Drawing, scale: float) -> Image.Image:
    colours = palette()
    image = Image.new("RGB", (round(drawing.width * scale), round(drawing.height * scale)), colours["sheet"])
    pen = ImageDraw.Draw(image)
    for mark in drawing.marks:
        match mark:
            case Rect():
                _paint_rect(image, mark, scale, colours)
            case Line():
                _paint_line(pen, mark, scale, colours[mark.ink])
            case Path():
                _paint_path(image, mark, scale, colours)
            case Text():
                words = drawable(plain(mark.words + mark.own), mark.display)
                place = {"start": "ls", "middle": "ms", "end": "rs"}[mark.anchor]
                face = font(mark.size * scale, mark.bold, mark.display)
                pen.text((mark.x * scale, mark.y * scale), words, fill=colours[mark.ink], font=face, anchor=place)
    return image


def _paint_rect(image: Image.Image, mark: Rect, scale: float, colours: dict[str, str]) -> None:
    left, top = round(mark.x * scale), round(mark.y * scale)
    right, bottom = round((mark.x + mark.width) * scale) - 1, round((mark.y + mark.height) * scale) - 1
    if right < left or bottom < top:
        return
    edge = colours[mark.edge] if mark.edge else None
    if mark.radius < 4:
        ImageDraw.Draw(image).rounded_rectangle(
            (left, top, right, bottom), mark.radius * scale, colours[mark.fill], edge, max(1, round(scale))
        )
        return
    size = (right - left + 1, bottom - top + 1)
    mask = Image.new("L", (size[0] * FINER, size[1] * FINER))
    box = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, mark.radius * scale * FINER, 255)
    image.paste(colours[mark.fill], (left, top), mask.resize(size, Image.Resampling.BOX))


def _paint_line(pen: ImageDraw.ImageDraw, mark: Line, scale: float, colour: str) -> None:
    """Lines stand upright or lie flat: a box of whole pixels keeps them sharp."""
    half = mark.thick / 2
    flat = mark.y1 == mark.y2
    left, right = sorted((mark.x1, mark.x2))
    top, bottom = sorted((mark.y1, mark.y2))
    left, right = (left, right) if flat else (left - half, right + half)
    top, bottom = (top - half, bottom + half) if flat else (top, bottom)
    box = [round(left * scale), round(top * scale), round(right * scale) - 1, round(bottom * scale) - 1]
    pen.rectangle((box[0], box[1], max(box[0], box[2]), max(box[1], box[3])), colour)


def _paint_path(image: Image.Image, mark: Path, scale: float, colours: dict[str, str]) -> None:
    if len(mark.points) < 2:
        return
    reach = mark.thick
    left, top = min(x for x, _y in mark.points) - reach, min(y for _x, y in mark.points) - reach
    right, bottom = max(x for x, _y in mark.points) + reach, max(y for _x, y in mark.points) + reach
    origin = (round(left * scale), round(top * scale))
    size = (round((right - left) * scale) + 1, round((bottom - top) * scale) + 1)
    fine = [((x * scale - origin[0]) * FINER, (y * scale - origin[1]) * FINER) for x, y in mark.points]
    for colour, drawn in ((mark.fill, "fill"), (mark.ink, "line")):
        if not colour:
            continue
        mask = Image.new("L", (size[0] * FINER, size[1] * FINER))
        pen = ImageDraw.Draw(mask)
        if drawn == "fill":
            pen.polygon(fine, 255)
        else:
            pen.line(fine, 255, round(mark.thick * scale * FINER), joint="curve")
        image.paste(colours[colour], origin, mask.resize(size, Image.Resampling.BOX))
