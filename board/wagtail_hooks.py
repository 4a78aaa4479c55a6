"""The board's place in the desk's menu."""

from django.utils.translation import gettext_lazy as _

from core import desk

from .permissions import can_read_board

desk.add_place(
    "board_desk", prefix="board/", urls="board.backoffice.urls", label=_("Board"), icon="square-kanban", order=20,
    opens=can_read_board,
)  # fmt: skip
