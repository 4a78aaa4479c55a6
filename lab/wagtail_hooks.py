"""The desk: the bank's look on Wagtail's admin, our icons, and the order of its menu."""

from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from .desk_home import WaitingPanel

# Wagtail's own lines, after our places (whose orders are 10 to 60); what is not named keeps its own order after these.
ORDER = {"explorer": 200, "images": 210, "documents": 220, "reports": 300, "settings": 400}
HIDDEN = {"help"}


@hooks.register("insert_global_admin_css")
def look():
    return format_html(
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin><link rel="stylesheet" href="{}">',
        static("lab/desk/fonts/inter-latin-wght.woff2"),
        static("lab/desk/css/shell.css"),
    )


@hooks.register("register_icons")
def icons(known):
    folder = settings.BASE_DIR / "templates" / "desk" / "icons"
    return known + [f"desk/icons/{Path(file).name}" for file in sorted(folder.glob("*.svg"))]


@hooks.register("construct_main_menu")
def arrange(request, items):
    items[:] = [item for item in items if item.name not in HIDDEN]
    for item in items:
        item.order = ORDER.get(item.name, item.order)


@hooks.register("construct_homepage_panels")
def home(request, panels):
    panels.insert(0, WaitingPanel())


@hooks.register("construct_homepage_summary_items")
def no_summary(request, items):
    """Counts of pages and images say nothing to who answers customers."""
    items.clear()
