"""Challenges in the desk, under /desk/challenges/."""
