"""How counts become results: pure functions of numbers, which know neither polls nor queries.

Options are anything hashable. Each function says its rule and the source of its formula; `docs/polls.md` lists them.
"""
