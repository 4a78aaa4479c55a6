"""Wagtail pages: the home page's texts, plain pages (legal ones among them), news; and the bank's own settings."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .blocks import BODY
from .contrast import brand_faults
from .shielding import ShieldedModel


class PageRole(models.TextChoices):
    """The pages that the site's frame links to, whatever their address."""

    CHARTER = "charter", _("Participation charter")
    MODERATION = "moderation", _("Moderation rules")
    PRIVACY = "privacy", _("Personal data")
    LEGAL = "legal", _("Legal notice")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")
    CONTACT = "contact", _("Contact")
    MESSAGING = "messaging", _("Secure messaging")
    COMPLAINT = "complaint", _("Make a complaint")
    MEDIATOR = "mediator", _("Ask the mediator")
    REPORT = "report", _("Report content")
    ABOUT = "about", _("What the Lab is")


class HomePage(ShieldedModel, Page):
    """The texts of the home page; its figures, ideas, poll and betas are live (lab/views.py)."""

    headline = models.CharField(_("headline"), max_length=80)
    lede = models.TextField(_("introduction"), max_length=300)

    max_count_per_parent = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.TextPage", "cms.NewsIndexPage"]
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("lede")]

    class Meta:
        verbose_name = _("home page")


class TextPage(ShieldedModel, Page):
    """A plain page: the charter, legal notices, anything."""

    role = models.CharField(_("place in the footer"), max_length=20, choices=PageRole, blank=True)
    lede = models.TextField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    parent_page_types = ["cms.HomePage", "cms.TextPage"]
    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
    promote_panels = [*Page.promote_panels, FieldPanel("role")]
    search_fields = [*Page.search_fields, index.SearchField("lede"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page")


class NewsIndexPage(ShieldedModel, Page):
    """The list of news."""

    lede = models.TextField(_("introduction"), max_length=300, blank=True)

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    content_panels = [*Page.content_panels, FieldPanel("lede")]

    class Meta:
        verbose_name = _("list of news")

    def get_context(self, request, *args, **kwargs):
        from core.cursors import paginate

        news = NewsPage.objects.child_of(self).live().order_by("-date", "-id")
        page = paginate(news, request.GET.get("cursor", ""), size=12)
        return super().get_context(request, *args, **kwargs) | {"news": page}


class NewsPage(ShieldedModel, Page):
    """One piece of news, signed by the bank."""

    date = models.DateField(_("date"))
    lede = models.TextField(_("introduction"), max_length=300)
    art = models.CharField(
        _("drawing"), max_length=40, blank=True, help_text=_("The name of a drawing of the design system.")
    )
    byline = models.CharField(_("signed by"), max_length=120, blank=True)
    body = StreamField(BODY, verbose_name=_("text"))

    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("byline"), FieldPanel("art")], heading=_("About")),
        FieldPanel("lede"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("lede"), index.SearchField("body")]

    class Meta:
        verbose_name = _("piece of news")
        indexes = [models.Index(fields=["-date"], name="news_date")]

    def get_context(self, request, *args, **kwargs):
        others = NewsPage.objects.sibling_of(self, inclusive=False).live().order_by("-date", "-id")[:3]
        return super().get_context(request, *args, **kwargs) | {"others": others}


HEX = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write a colour as # and six digits, like #2d37a8."))


@register_setting(icon="cog")
class Bank(ShieldedModel, BaseGenericSetting):
    """The bank's name, colours and the people a law asks to be named. Empty colours keep the house's own."""

    bank_name = models.CharField(_("name of the bank"), max_length=60, default="Banque du Phare")
    lab_name = models.CharField(_("name of the Lab"), max_length=60, default="Le Lab du Phare")
    brand_light = models.CharField(_("brand colour, by day"), max_length=7, blank=True, validators=[HEX])
    brand_dark = models.CharField(_("brand colour, by night"), max_length=7, blank=True, validators=[HEX])
    secure_messaging_url = models.CharField(_("address of the secure messaging"), max_length=200, blank=True)
    publisher = models.CharField(_("publisher in law"), max_length=120, blank=True)
    dpo_contact = models.CharField(_("data protection officer"), max_length=120, blank=True)
    mediator_contact = models.CharField(_("mediator"), max_length=200, blank=True)
    accessibility_label = models.CharField(
        _("accessibility label"), max_length=60, default="partiellement conforme",
        choices=[("non conforme", "non conforme"), ("partiellement conforme", "partiellement conforme")],
        help_text=_("Full conformity is never claimed from automated tests."),
    )  # fmt: skip

    panels = [
        MultiFieldPanel([FieldPanel("bank_name"), FieldPanel("lab_name")], heading=_("Names")),
        MultiFieldPanel([FieldPanel("brand_light"), FieldPanel("brand_dark")], heading=_("Colours")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("publisher", "dpo_contact", "mediator_contact", "secure_messaging_url",
                                           "accessibility_label")],
            heading=_("Duties"),
        ),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("the bank")

    @property
    def name_parts(self) -> tuple[str, str]:
        """The Lab's name as its mark sets it: "Le Lab" in bold, what follows lighter."""
        head, lab, rest = self.lab_name.partition("Lab")
        return (head + lab, rest.strip()) if rest else (self.lab_name, "")

    def clean(self):
        super().clean()
        if faults := brand_faults(self.brand_light, self.brand_dark):
            raise ValidationError(faults)
