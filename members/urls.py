"""Accounts under /compte/ and /en/account/. allauth's own view names are kept, so its code and ours reverse them alike."""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from . import confirming, views

doors = [
    path(_("sign-in/"), account.login, name="account_login"),
    path(_("sign-in/code/"), account.request_login_code, name="account_request_login_code"),
    path(_("sign-in/code/confirm/"), account.confirm_login_code, name="account_confirm_login_code"),
    path(_("sign-in/passkey/"), webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(_("sign-in/second-factor/"), mfa.authenticate, name="mfa_authenticate"),
    path(_("sign-out/"), account.logout, name="account_logout"),
    path(_("sign-up/"), account.signup, name="account_signup"),
    path(_("closed/"), account.account_inactive, name="account_inactive"),
    path(_("confirm/"), account.reauthenticate, name="account_reauthenticate"),
    path(_("confirm/code/"), confirming.confirm_by_code, name="account_confirm_by_code"),
    path(_("confirm/second-factor/"), mfa.reauthenticate, name="mfa_reauthenticate"),
    path(_("confirm/key/"), webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
]
mail_and_password = [
    path(_("e-mail/"), account.email, name="account_email"),
    path(_("e-mail/code/"), account.email_verification_sent, name="account_email_verification_sent"),
    path(_("password/"), account.password_change, name="account_change_password"),
    path(_("password/choose/"), reauthentication_required(account.password_set), name="account_set_password"),
    path(_("password/forgotten/"), account.password_reset, name="account_reset_password"),
    path(
        _("password/forgotten/code/"),
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(_("password/forgotten/new/"), account.complete_password_reset, name="account_complete_password_reset"),
    path(_("password/forgotten/done/"), account.password_reset_from_key_done, name="account_password_reset_completed"),
]
second_factor = [
    path("", mfa.index, name="mfa_index"),
    path(_("application/"), totp.activate_totp, name="mfa_activate_totp"),
    path(_("application/remove/"), totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(_("codes/"), recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(_("codes/new/"), recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(_("codes/download/"), recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(_("keys/"), webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(_("keys/add/"), webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(_("keys/<int:pk>/remove/"), webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path(_("keys/<int:pk>/"), webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
bank_sign_in = [
    path("", social.connections, name="socialaccount_connections"),
    path(_("sign-up/"), social.signup, name="socialaccount_signup"),
    path(_("cancelled/"), social.login_cancelled, name="socialaccount_login_cancelled"),
    path(_("failed/"), social.login_error, name="socialaccount_login_error"),
]
own = [
    path(_("profile/"), views.profile, name="member_profile"),
    path(_("my-data/"), views.my_data, name="member_data"),
    path(_("my-data/consents/"), views.choose_consent, name="member_consent"),
    path(_("my-data/download/"), views.download_data, name="member_export"),
    path(_("my-data/erase/"), views.erase_account, name="member_erase"),
    path(_("goodbye/"), views.goodbye, name="member_goodbye"),
]

urlpatterns = [
    path(
        _("account/"),
        include(
            [
                *doors,
                *mail_and_password,
                path(_("second-factor/"), include(second_factor)),
                path(_("sessions/"), sessions.list_usersessions, name="usersessions_list"),
                path(_("other-accounts/"), include(bank_sign_in)),
                *own,
            ]
        ),
    ),
    path("accounts/<path:rest>", views.old_address),
]
