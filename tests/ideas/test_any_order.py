"""Whatever is done to ideas, in whatever order, every counter is what its rows say. The walks are drawn by a seed, and tell it."""

import random

import pytest

from core.errors import DomainError
from core.roles import ADMINISTRATOR, EXPERT
from ideas.domain.commenting import comment_on, delete_comment
from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.moderating import hide_comment, hide_idea, restore_comment, restore_idea
from ideas.domain.moving import move_idea
from ideas.domain.quarantining import release_votes, set_votes_aside
from ideas.domain.reacting import react, take_back
from ideas.domain.recounting import recount_all
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.domain.voting_for_others import take_back_votes, vote_for_others
from ideas.domain.withdrawing import withdraw_idea
from ideas.models import Comment, Idea, SetAsideVote, VoteOnBehalf
from ideas.states import Reaction
from members.domain.appointing import set_roles
from members.domain.erasing import erase
from members.models import Member
from tests.factories.ideas import an_idea
from tests.factories.members import a_product_owner, a_staff_member
from tests.racing import people

pytestmark = pytest.mark.django_db
STEPS = 300
WHY = "Deux demandes, une seule réponse."
WHERE = "Agence de Quimper, semaine 47"


class Walk:
    """Draws one deed after the other; a refusal is an answer like any other."""

    def __init__(self, seed: int):
        self.dice = random.Random(seed)
        self.admin, self.owner = a_staff_member(ADMINISTRATOR, is_superuser=True), a_product_owner()
        self.ideas, self.people = [an_idea() for _n in range(6)], people(9)
        self.told: list[str] = []
        self.deeds = {
            self.votes: 10, self.unvotes: 5, self.speaks_for_others: 2, self.takes_that_back: 2, self.sets_aside: 3,
            self.releases: 3, self.merges: 3, self.parts: 3, self.joins_or_leaves_staff: 3, self.is_erased: 0.1,
            self.hides: 1, self.shows: 3, self.withdraws: 0.1, self.moves: 1, self.comments: 3, self.deletes_comment: 1,
            self.hides_or_shows_comment: 2, self.reacts: 3,
        }  # fmt: skip

    def go(self, steps: int) -> None:
        for deed in self.dice.choices(list(self.deeds), list(self.deeds.values()), k=steps):
            try:
                deed()
                self.told.append(deed.__name__)
            except DomainError as refusal:
                self.told.append(f"{deed.__name__}: {refusal.code}")

    def idea(self) -> Idea:
        return Idea.objects.get(pk=self.dice.choice(self.ideas).pk)

    def who(self) -> Member:
        return Member.objects.get(pk=self.dice.choice(self.people).pk)

    def one_of(self, rows):
        found = list(rows.order_by("pk"))
        if not found:
            raise DomainError("nothing there", code="nothing")
        return self.dice.choice(found)

    def votes(self):
        cast_vote(self.idea(), by=self.who())

    def unvotes(self):
        withdraw_vote(self.idea(), by=self.who())

    def speaks_for_others(self):
        vote_for_others(self.idea(), source="branch", people=self.dice.randint(1, 9), reference=WHERE, by=self.owner)

    def takes_that_back(self):
        take_back_votes(self.one_of(VoteOnBehalf.objects.all()), by=self.owner)

    def sets_aside(self):
        keys = [row.pk for row in self.dice.sample(self.people, 3)]
        set_votes_aside(self.idea(), keys, batch=f"b{self.dice.randint(1, 9)}", by=self.owner)

    def releases(self):
        row = self.one_of(SetAsideVote.objects.filter(released_at__isnull=True))
        release_votes(row.idea, batch=row.batch, by=self.owner)

    def merges(self):
        merge_idea(self.idea(), self.idea(), reason=WHY, by=self.owner)

    def parts(self):
        unmerge_idea(self.one_of(Idea.objects.filter(merged_into__isnull=False)), reason=WHY, by=self.owner)

    def joins_or_leaves_staff(self):
        who = self.who()
        set_roles(who, [] if who.is_staff else [EXPERT], by=self.admin)

    def is_erased(self):
        erase(self.who(), by=self.admin)

    def hides(self):
        hide_idea(self.idea(), reason=WHY, by=self.owner)

    def shows(self):
        restore_idea(self.one_of(Idea.objects.filter(visibility="hidden")), reason=WHY, by=self.owner)

    def withdraws(self):
        idea = self.idea()
        withdraw_idea(idea, by=idea.author)

    def moves(self):
        move_idea(self.idea(), self.dice.choice(["under_review", "candidate", "declined"]), reason=WHY, by=self.owner)

    def comments(self):
        comment_on(self.idea(), body="Cela me servirait aussi.", by=self.who())

    def deletes_comment(self):
        comment = self.one_of(Comment.objects.all())
        delete_comment(comment, by=comment.author)

    def hides_or_shows_comment(self):
        verb = self.dice.choice([hide_comment, restore_comment])
        verb(self.one_of(Comment.objects.all()), reason=WHY, by=self.owner)

    def reacts(self):
        verb = self.dice.choice([react, react, take_back])
        verb(self.one_of(Comment.objects.all()), self.dice.choice(Reaction.values), by=self.who())


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_any_three_hundred_deeds_leave_every_counter_equal_to_its_rows(seed):
    walk = Walk(seed)
    for _part in range(STEPS // 10):
        walk.go(10)
        assert recount_all(write=False) == [], (seed, walk.told)
    done = {deed for deed in walk.told if ":" not in deed}
    assert {"votes", "unvotes", "sets_aside", "releases", "merges", "parts", "joins_or_leaves_staff"} <= done
