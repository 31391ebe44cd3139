"""Memory: what a learner still knows of each question, and the day to ask it again. Pure.

`card` what is known; `grading` from an answer to a grade; `scheduling` the day; `backlog` what of
all that is due is for today; `replay` everything anew from the log; `fitting` the parameters that
suit a learner; `forecast` what a plan leads to; `fsrs6` the formulas underneath.
"""

from lessons.memory.card import MUST_KNOW as MUST_KNOW
from lessons.memory.card import RETENTION as RETENTION
from lessons.memory.card import Card as Card
from lessons.memory.card import Grade as Grade
from lessons.memory.card import correct as correct
from lessons.memory.card import ideal as ideal
from lessons.memory.card import recall as recall
from lessons.memory.card import review as review
from lessons.memory.grading import grade as grade
