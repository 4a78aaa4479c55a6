"""Taking all one's data away: one JSON file, and the pictures and files it names, in a zip.

The privacy registry is walked, so no app can be forgotten. A row may hold a file (`image.file`), or the key "media" with
names in the default storage: those files go into the archive under media/, from whatever storage they stand in.
"""

import json
import zipfile
from tempfile import SpooledTemporaryFile

from django.core.files.storage import Storage, default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from core.errors import require
from core.events import publish
from core.privacy import holdings

from ..events import DataExported
from ..models import Member
from ..permissions import can_export

IN_MEMORY = 8 * 1024 * 1024


def gather(member: Member, *, by: Member) -> dict[str, list[dict]]:
    """Everything held about the member, by model, ready for JSON."""
    require(can_export(by, member))
    return {label: holding.export(member) for label, holding in sorted(holdings.items())}


@transaction.atomic
def make_archive(member: Member, *, by: Member):
    """An open zip file, rewound: data.json and media/. The export itself is an event, without its content."""
    held = gather(member, by=by)
    files: dict[str, Storage] = {}
    text = json.dumps(
        {"format": 1, "made_at": timezone.now(), "data": _plain(held, files)},
        cls=DjangoJSONEncoder, ensure_ascii=False, indent=2,
    )  # fmt: skip
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", text)
        for name, storage in files.items():
            if storage.exists(name):
                with storage.open(name) as source, archive.open(f"media/{name}", "w") as target:
                    while piece := source.read(65536):
                        target.write(piece)
    out.seek(0)
    publish(DataExported(member_id=member.pk), by=by)
    return out


def _plain(value, files: dict[str, Storage]):
    if isinstance(value, FieldFile):
        if not value:
            return None
        files[value.name] = value.storage
        return f"media/{value.name}"
    if isinstance(value, dict):
        if isinstance(value.get("media"), list):
            files.update(dict.fromkeys(value["media"], default_storage))
        return {str(key): _plain(item, files) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, files) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else _text(value)


def _text(value):
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
