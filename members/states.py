"""Who a member is to the bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import roles


class Kind(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    PROSPECT = "prospect", _("Not a customer yet")


class Segment(models.TextChoices):
    """What the member does with a bank; self-declared, or set by the bank."""

    PRIVATE = "private", _("Private individual")
    PROFESSIONAL = "professional", _("Professional")
    STUDENT = "student", _("Student")


class AgeBand(models.TextChoices):
    YOUNG = "18-25", _("18–25")
    ADULT = "26-39", _("26–39")
    MIDDLE = "40-59", _("40–59")
    SENIOR = "60+", _("60 and over")


class Product(models.TextChoices):
    """What a customer mainly has with the bank. The bank says it, never the member."""

    ACCOUNT = "account", _("Current account")
    SAVINGS = "savings", _("Savings")
    LOAN = "loan", _("Loan")
    INVEST = "invest", _("Investments")
    INSURE = "insurance", _("Insurance")


class Purpose(models.TextChoices):
    """What a member consents to, each on its own."""

    CHARTER = "charter", _("Participation charter")
    NEWSLETTER = "newsletter", _("Monthly letter")
    PROFILING = "profiling", _("Age and region used to suggest polls")


class Role(models.TextChoices):
    """What someone of the bank may do here. The names are those of core.roles."""

    MODERATOR = roles.MODERATOR, _("Moderator")
    EXPERT = roles.EXPERT, _("Expert")
    PRODUCT_OWNER = roles.PRODUCT_OWNER, _("Product owner")
    BOARD_MEMBER = roles.BOARD_MEMBER, _("Board member")
    BOARD_CHAIR = roles.BOARD_CHAIR, _("Board chair")
    AUDITOR = roles.AUDITOR, _("Auditor")
    ADMINISTRATOR = roles.ADMINISTRATOR, _("Administrator")


class Channel(models.TextChoices):
    """Through what a consent was given or withdrawn."""

    SIGNUP = "signup", _("Sign-up")
    SETTINGS = "settings", _("Settings")
    APP = "app", _("Mobile app")
    MAIL = "mail", _("Link at the foot of an e-mail")


REGIONS = (
    "Auvergne-Rhône-Alpes",
    "Bourgogne-Franche-Comté",
    "Bretagne",
    "Centre-Val de Loire",
    "Corse",
    "Grand Est",
    "Guadeloupe",
    "Guyane",
    "Hauts-de-France",
    "Île-de-France",
    "La Réunion",
    "Martinique",
    "Mayotte",
    "Normandie",
    "Nouvelle-Aquitaine",
    "Occitanie",
    "Pays de la Loire",
    "Provence-Alpes-Côte d’Azur",
)


class CircleEntry(models.TextChoices):
    """How one comes into a circle."""

    INVITATION = "invitation", _("By invitation")
    RULE = "rule", _("Everyone whose profile fits")


class Joining(models.TextChoices):
    """Where someone stands with a circle."""

    INVITED = "invited", pgettext_lazy("circle", "Invited")
    IN = "in", pgettext_lazy("circle", "Member")
    LEFT = "left", pgettext_lazy("circle", "Left")
    REMOVED = "removed", pgettext_lazy("circle", "Removed")
