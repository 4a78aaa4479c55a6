#!/usr/bin/env python3
"""Recount a poll from its tally file, on any computer with Python 3.8 or later and nothing else:

    python3 recount_alone.py tally-xxxxxxxxxxxx.json

Checks that the file is whole (its SHA-256), that every ballot follows the rules of its question, and that the totals in the
file are what the ballots give. Exit code 0: all agree. 1: something differs, each difference on a line of its own.
2: the file cannot be read. This program needs neither the site nor a network, and sends nothing anywhere.
"""

import hashlib
import json
import sys
from pathlib import Path

FORMAT = "lab-tally/2"
CHOICES = ("single", "multiple")
FIRST_BALLOT_LINE = 2  # the file has a ballot on each line from here on


def canonical(body):
    """The bytes that the hash is of: keys sorted, no space, UTF-8."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(tally):
    return hashlib.sha256(canonical({key: value for key, value in tally.items() if key != "sha256"})).hexdigest()


def options_in(method, answer):
    """Every option an answer names, as often as it does."""
    if method == "ranking":
        return [option for rank in answer for option in rank]
    return list(answer)


def faults_of(question, answer):
    """What of an answer breaks the rules of its question."""
    method, known = question["method"], {option["id"] for option in question["options"]}
    named = options_in(method, answer)
    if not named:
        yield "is empty"
    if set(named) - known:
        yield "names an option that the question has not"
    if len(set(named)) < len(named):
        yield "names an option twice"
    if method in CHOICES and question["max_choices"] and len(named) > question["max_choices"]:
        yield "chooses more options than allowed"
    if method == "ranking" and not question["ties"] and any(len(rank) > 1 for rank in answer):
        yield "ranks two options alike"
    if method == "score" and any(type(score) is not int or not 1 <= score <= 5 for score in answer.values()):
        yield "has a score that is not from 1 to 5"
    if method == "points" and (
        any(type(n) is not int or n < 1 for n in answer.values()) or sum(answer.values()) != 100
    ):
        yield "has points that do not make 100"


def empty_count(question):
    ids = [option["id"] for option in question["options"]]

    def over(one):
        return {other: 0 for other in ids if other != one}

    more = {
        "ranking": lambda one: {"first": 0, "over": over(one)},
        "score": lambda one: {"scores": {str(score): 0 for score in range(1, 6)}, "over": over(one)},
        "points": lambda one: {"sum": 0, "squares": 0},
    }.get(question["method"], lambda one: {})
    return {"answers": 0, "options": {one: {"votes": 0, **more(one)} for one in ids}}


def add(question, count, answer):
    """Count one answer."""
    count["answers"] += 1
    options = count["options"]
    for option in options_in(question["method"], answer):
        options[option]["votes"] += 1
    if question["method"] == "ranking":
        place = {option: at for at, rank in enumerate(answer) for option in rank}
        for option, at in place.items():
            options[option]["first"] += at == 0
            for other in options:
                # What a ballot leaves out stands below all that it ranks.
                if other != option and at < place.get(other, len(answer)):
                    options[option]["over"][other] += 1
    if question["method"] == "score":
        for option, score in answer.items():
            options[option]["scores"][str(score)] += 1
            for other in options:
                # A blank counts as 0, as STAR has it.
                if other != option and score > answer.get(other, 0):
                    options[option]["over"][other] += 1
    if question["method"] == "points":
        for option, points in answer.items():
            options[option]["sum"] += points
            options[option]["squares"] += points * points


def recount(tally):
    """(the totals that the ballots give, faults found on the way)."""
    questions = {question["id"]: question for question in tally["questions"] if not question["withheld"]}
    counts = {key: empty_count(question) for key, question in questions.items()}
    faults, before, counted = [], "", 0
    for at, ballot in enumerate(tally["ballots"]):
        where = f"line {at + FIRST_BALLOT_LINE}, ballot {ballot['receipt']}"
        if ballot["receipt"] <= before:
            faults.append(f"{where}: receipts are not in order, or one is there twice")
        before = ballot["receipt"]
        counted += ballot["counted"]
        chosen = set()
        for key, answer in ballot["choices"].items():
            if key not in questions:
                faults.append(f"{where}: answers the question {key}, which is not in the file")
                continue
            wrong = [f"{where}: the answer to {key} {fault}" for fault in faults_of(questions[key], answer)]
            faults += wrong
            if ballot["counted"] and not wrong:
                add(questions[key], counts[key], answer)
            if questions[key]["method"] in CHOICES:
                chosen |= set(answer)
        for key in ballot["choices"]:
            asked = questions.get(key, {}).get("only_if") or ()
            if asked and not tally["rules"]["conditions_hidden"] and not chosen & set(asked):
                faults.append(f"{where}: answers {key}, which was not put to it")
    return {"ballots": counted, "questions": counts}, faults


def differences(said, found, path="totals"):
    """Where two totals differ, a line for each."""
    if isinstance(said, dict) and isinstance(found, dict):
        for key in sorted({*said, *found}):
            yield from differences(said.get(key), found.get(key), f"{path}.{key}")
    elif said != found:
        yield f"{path}: the file says {said}, its ballots give {found}"


def read(path):
    """The file as it stands, or ValueError."""
    with Path(path).open(encoding="utf-8") as lines:
        tally = json.load(lines)
    if not isinstance(tally, dict) or tally.get("format") != FORMAT:
        raise ValueError(f"this is no tally file of the format {FORMAT}")
    return tally


def check(tally):
    """(totals that the ballots give, all that is wrong with the file)."""
    wrong = []
    if fingerprint(tally) != tally.get("sha256"):
        wrong.append(f"sha256: the file was changed, or is not whole: the fingerprint is {fingerprint(tally)}")
    totals, faults = recount(tally)
    wrong += faults
    wrong += differences(tally["totals"], totals)
    return totals, wrong


def per(part, whole):
    return "%.1f %%" % (100.0 * part / whole) if whole else "-"


def told(question, count):
    """The result of a question in lines, the best option first."""
    names = {option["id"]: option["text"] for option in question["options"]}
    method, whole, options = question["method"], count["answers"], count["options"]
    yield f"{question['text']}  [{method}, {whole} answers]"
    lines = []
    for key, one in options.items():
        if method == "ranking":
            lines.append((one["first"], f"{per(one['first'], whole)} first, ranked by {one['votes']}", key))
        elif method == "score":
            total = sum(int(score) * n for score, n in one["scores"].items())
            mean = total / one["votes"] if one["votes"] else 0
            lines.append((mean, f"mean {mean:.2f} of {one['votes']} scores", key))
        elif method == "points":
            mean = one["sum"] / whole if whole else 0
            lines.append((mean, f"{mean:.1f} points on average, from {one['votes']}", key))
        else:
            lines.append((one["votes"], f"{one['votes']}, {per(one['votes'], whole)}", key))
    for _figure, line, key in sorted(lines, key=lambda row: (-row[0], row[2])):
        yield f"  {names[key]}: {line}"
    if method == "ranking":
        winner = [
            one
            for one in options
            if all(options[one]["over"][b] > options[b]["over"][one] for b in options if b != one)
        ]
        yield "  preferred to each of the others: %s" % (names[winner[0]] if winner else "none")


def report(tally, totals):
    """The whole recount in lines."""
    poll = tally["poll"]
    yield f"{poll['title']} ({poll['id']}), closed {poll['closed_at']}"
    yield f"{totals['ballots']} ballots counted, {len(tally['ballots'])} listed"
    for question in tally["questions"]:
        if question["withheld"]:
            yield "{}  [withheld: too few answered]".format(question["text"])
        else:
            yield from told(question, totals["questions"][question["id"]])


def say(line, where=None):
    (where or sys.stdout).write(f"{line}\n")


def main(arguments):
    if len(arguments) != 1:
        say(__doc__)
        return 2
    try:
        tally = read(arguments[0])
        totals, wrong = check(tally)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        say(f"cannot be read: {type(error).__name__}: {error}", sys.stderr)
        return 2
    for line in report(tally, totals):
        say(line)
    for line in wrong:
        say(line, sys.stderr)
    say("DIFFERS" if wrong else "The totals in the file are what its ballots give.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
