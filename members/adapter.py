"""allauth, in the rules of the house."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import email_confirmed
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import is_headless_request
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.errors import DomainError
from core.shield import refuse_private

from .confirming import has_a_code_alone, has_to_confirm
from .domain.joining import join, settle
from .models import Member
from .states import Channel, Purpose

PACE = {"too_many_login_attempts": 300, "rate_limited": 60}  # seconds to wait


@receiver(email_confirmed)  # by the code of a sign-up, or later by one to sign in or for a new password
def settle_who_confirmed(email_address, **signal) -> None:
    settle(email_address.user)


@receiver(
    pre_save, sender=Authenticator
)  # named on the page, by the app, at the sign-up: this is where all of them end
def refuse_private_key_name(instance, update_fields=None, **signal) -> None:
    """The name of a passkey is the member's own text: no number of a card or an account is kept in it."""
    if update_fields is None or "data" in update_fields:
        refuse_private(name=str(instance.data.get("name") or ""))


def display_name(member: Member) -> str:
    return member.display_name


class Site:
    """The site as mails name it: from the settings, never from what the request claims to have asked for."""

    name = settings.SITE_NAME
    domain = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This e-mail and this password do not go together. Try again, or ask for a code."),
        "incorrect_code": _("This is not the code we sent. Check the latest e-mail."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, or ask for a code by e-mail."),
        "rate_limited": _("Too many requests at once. Wait a minute and try again."),
    }

    def validation_error(self, code, *args):
        """Who is too fast is told so as a mistake in the form: core.middleware makes it a 429."""
        error = super().validation_error(code, *args)
        if code in PACE:
            self.request.held_back = (code, str(error.message), PACE[code])
        return error

    def save_user(self, request, user, form, commit=True):
        """A sign-up, from the page or the app: one verb keeps the rules."""
        user = super().save_user(request, user, form, commit=False)
        if commit:
            given = form.cleaned_data
            join(
                user,
                nickname=given["nickname"],
                kind=given["kind"],
                is_adult=given["is_adult"],
                accepts_charter=given["accepts_charter"],
                consents={purpose: given.get(f"consent_{purpose}", False) for purpose in Purpose.values},
                channel=Channel.APP if request.path_info.startswith("/_allauth/") else Channel.SIGNUP,
            )
        return user

    def post_login(self, request, user, *, signup, **more):
        """Who signs up through a provider that vouches for the address has nothing left to confirm."""
        if signup:
            settle(user)
        return super().post_login(request, user, signup=signup, **more)

    def is_reauthentication_required(self, *, app, **more):
        """Who has neither password nor second factor is asked as well, by a code; allauth itself takes them at their word."""
        asks = super().is_reauthentication_required(app=app, **more)
        if asks and not is_headless_request(self.request) and has_to_confirm(self.request):
            raise ReauthenticationRequired
        return asks

    def get_reauthentication_methods(self, user):
        if not has_a_code_alone(user):
            return super().get_reauthentication_methods(user)
        url = reverse("account_confirm_by_code")
        return [{"id": "reauthenticate:code", "description": _("Have a code by e-mail"), "url": url}]

    def clean_email(self, email):
        """An address is a text too: at sign-up and when it changes."""
        try:
            refuse_private(email=email)
        except DomainError as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal
        return email

    def clean_password(self, password, user=None):
        self.request.has_new_password = True
        return super().clean_password(password, user)

    def send_account_already_exists_mail(self, email):
        """A sign-up with a known address takes as long as another: a password would have been hashed."""
        if getattr(self.request, "has_new_password", False):
            make_password("the time it takes")
        super().send_account_already_exists_mail(email)

    def get_login_redirect_url(self, request):
        """To one's own place, in one's own language."""
        with override(request.user.language):
            return super().get_login_redirect_url(request)

    def send_mail(self, template_prefix, email, context):
        super().send_mail(template_prefix, email, {"current_site": Site} | context)
