"""What the pages add to the back office."""

from wagtail import hooks

from .polls import poll_chooser

hooks.register("register_admin_viewset", lambda: poll_chooser)
