"""`a_programme()`, `an_enrolment()`, `a_tester()`, `a_mission()`, `a_finding()`: plain rows, any field can be given."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from betas.models import Enrolment, Finding, Mission, Programme, ProgrammeIdea

from .members import a_member
from .naming import serials

_serials = serials()


def a_programme(*, ideas=(), **fields) -> Programme:
    serial = next(_serials)
    fields.setdefault("title", f"Bêta-test numéro {serial}")
    fields.setdefault("summary", "Une fonction de l’appli à essayer avant tout le monde.")
    fields.setdefault("intro", "Vous essayez la fonction sur votre compte, et vous nous dites ce qui coince.")
    fields.setdefault("charter", "Vous testez une version en cours, vous nous dites ce que vous voyez.")
    fields.setdefault("state", "recruiting")
    fields.setdefault("seats", 5)
    if fields["state"] in ("closed", "archived"):
        fields.setdefault("outcome", "shipped")
        fields.setdefault("closed_at", timezone.now())
    programme = Programme.objects.create(**fields)
    for idea in ideas:
        ProgrammeIdea.objects.create(programme=programme, idea=idea)
    return programme


def an_enrolment(programme=None, **fields) -> Enrolment:
    if "member" not in fields:
        fields["member"] = a_member()
    return Enrolment.objects.create(programme=programme or a_programme(), **fields)


def a_tester(programme=None, **fields) -> Enrolment:
    """Accepted, charter signed."""
    fields.setdefault("state", "agreed")
    fields.setdefault("agreed_at", timezone.now())
    fields.setdefault("agreed_version", 1)
    return an_enrolment(programme or a_programme(state="running"), **fields)


def a_mission(programme=None, **fields) -> Mission:
    fields.setdefault("title", f"Mission numéro {next(_serials)}")
    fields.setdefault("brief", "Trouvez le bouton sans notre aide.")
    fields.setdefault("steps", "Ouvrir l’appli\nChoisir la carte\nAppuyer sur pause")
    return Mission.objects.create(programme=programme or a_programme(), **fields)


def a_finding(enrolment=None, **fields) -> Finding:
    enrolment = enrolment or a_tester()
    fields.setdefault("title", "Le bouton reste gris")
    fields.setdefault("body", "Après un refus du code, le bouton pause reste gris.")
    fields.setdefault("severity", "minor" if fields.get("kind", "issue") == "issue" else "")
    return Finding.objects.create(enrolment=enrolment, programme=enrolment.programme, **fields)


def a_screenshot(name: str = "capture.png", colour: str = "navy") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 80), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")
