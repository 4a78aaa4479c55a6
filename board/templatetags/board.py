"""`{% load board %}`: what a subject's page reads of its evidence."""

from django import template

register = template.Library()


@register.filter
def of_poll(asked, proof):
    """How the poll of a piece of evidence stands for this reader."""
    return asked.get(proof.poll_id)
