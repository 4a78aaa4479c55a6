"""Published elections, as profiles of ballots and as counts by pairs."""

import random
from itertools import permutations

# Wikipedia’s example of every method: where the capital of Tennessee should be, by 100 voters.
CITIES = ["Memphis", "Nashville", "Chattanooga", "Knoxville"]
TENNESSEE = {
    ("Memphis", "Nashville", "Chattanooga", "Knoxville"): 42,
    ("Nashville", "Chattanooga", "Knoxville", "Memphis"): 26,
    ("Chattanooga", "Knoxville", "Nashville", "Memphis"): 15,
    ("Knoxville", "Chattanooga", "Nashville", "Memphis"): 17,
}
# M. Schulze’s example of 45 voters (https://en.wikipedia.org/wiki/Schulze_method; the method: arXiv:1804.02973).
SCHULZE_45 = {
    tuple(order): n
    for order, n in {
        "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
    }.items()
}  # fmt: skip


def profile_of(orders):
    """Strict orders as ballots: each option in a place of its own."""
    return {tuple((option,) for option in order): n for order, n in orders.items()}


def pairs_of(profile, options):
    """How many prefer the first to the second; what a ballot leaves out stands below."""
    pairs = dict.fromkeys(permutations(options, 2), 0)
    for ballot, n in profile.items():
        place = {option: number for number, group in enumerate(ballot) for option in group}
        for one, other in pairs:
            if place.get(one, len(ballot)) < place.get(other, len(ballot)):
                pairs[one, other] += n
    return pairs


def strict(seed, options, ballots):
    """Ballots that put every option in a place of its own, as orders."""
    dice = random.Random(seed)
    orders = {}
    for _ in range(ballots):
        order = tuple(dice.sample(options, len(options)))
        orders[order] = orders.get(order, 0) + 1
    return orders


def weak(seed, options, ballots):
    """Ballots with ties and blanks."""
    dice = random.Random(seed)
    profile = {}
    for _ in range(ballots):
        places = {}
        for option in dice.sample(options, dice.randint(1, len(options))):
            places.setdefault(dice.randrange(len(options)), []).append(option)
        ballot = tuple(tuple(places[place]) for place in sorted(places))
        profile[ballot] = profile.get(ballot, 0) + 1
    return profile
