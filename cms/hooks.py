"""Forget what is kept in memory when an editor changes it. Wagtail's own signals: there is no verb of ours to call from."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from . import site


@receiver([page_published, page_unpublished])
def pages_changed(**kwargs):
    site.forget()


@receiver(post_save, sender="cms.Bank")
def bank_changed(**kwargs):
    site.forget()
