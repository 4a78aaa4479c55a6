"""What a page's text is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .polls import poll_chooser, shown_to

FEATURES = ["bold", "italic", "link", "ol", "ul", "hr"]


class PairBlock(blocks.StructBlock):
    """One bar of a small chart, with its figure in words."""

    label = blocks.CharBlock(label=_("label"), max_length=60)
    share = blocks.IntegerBlock(label=_("share, in percent"), min_value=0, max_value=100)
    figure = blocks.CharBlock(label=_("figure shown"), max_length=20)


class BarsBlock(blocks.StructBlock):
    caption = blocks.CharBlock(label=_("caption"), max_length=160)
    bars = blocks.ListBlock(PairBlock(), label=_("bars"), min_num=2, max_num=8)

    class Meta:
        icon = "order"
        label = _("bars")
        template = "cms/blocks/bars.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("quotation"), max_length=400)
    who = blocks.CharBlock(label=_("who says it"), max_length=80, required=False)

    class Meta:
        icon = "openquote"
        label = _("quotation")
        template = "cms/blocks/quote.html"


PollChooserBlock = poll_chooser.get_block_class(name="PollChooserBlock", module_path="cms.blocks")


class PollBlock(PollChooserBlock):  # type: ignore[misc, valid-type]
    """A poll, answered in the page, or its result as the poll's own policy allows."""

    class Meta:
        icon = "form"
        label = _("poll")
        template = "cms/blocks/poll.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = context.get("request")
        if value is None:
            return context | {"poll": None}
        return context | shown_to(getattr(request, "user", None), value, request.path if request else "")


BODY = [
    ("heading", blocks.CharBlock(label=_("heading"), icon="title", template="cms/blocks/heading.html", max_length=120)),
    ("text", blocks.RichTextBlock(label=_("text"), features=FEATURES, template="cms/blocks/text.html")),
    (
        "pull",
        blocks.TextBlock(
            label=_("sentence set large"), icon="pilcrow", template="cms/blocks/pull.html", max_length=240
        ),
    ),
    ("quote", QuoteBlock()),
    ("bars", BarsBlock()),
    ("poll", PollBlock()),
]
