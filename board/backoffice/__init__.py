"""The staff's face of the board, inside Wagtail's shell at /desk/board/."""
