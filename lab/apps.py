from django.apps import AppConfig


class LabConfig(AppConfig):
    name = "lab"

    def ready(self):
        """Mail bears the name and the colour that the bank set in the desk."""
        from cms.site import bank
        from core.brand import Brand, brand_from

        from . import checks  # noqa: F401 (it registers itself)

        brand_from(lambda: Brand(bank().lab_name, bank().brand_light or Brand.colour))
