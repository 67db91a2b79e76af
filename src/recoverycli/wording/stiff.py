"""Stiff words: written language that nobody says to somebody who is upset. A closed list of our own."""

from __future__ import annotations

# The plain word, and the stiff words for it, as phrases of the matcher.
STIFF: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("about", ("regarding", "concerning your/the/this", "with regard/respect to", "in relation to", "pertaining to")),
    ("after", ("subsequent to", "following receipt of")),
    ("and", ("furthermore", "moreover", "as well as the")),
    ("ask", ("enquire", "enquiring", "request that", "requested that")),
    ("because", ("due to the fact that", "owing to", "in view of the fact")),
    ("before", ("prior to", "in advance of")),
    ("but", ("nevertheless", "nonetheless", "notwithstanding")),
    ("can't", ("unable to", "not in a position to")),
    ("end", ("terminate", "terminated", "cease", "conclude")),
    ("enough", ("sufficient", "adequate")),
    ("find out", ("ascertain", "determine whether", "establish whether")),
    ("get", ("obtain", "acquire", "procure")),
    ("give you", ("provide you with", "furnish you")),
    ("help", ("assist", "assists", "assisting", "assistance", "facilitate", "be of service")),
    ("if", ("in the event that", "in the event of", "should the need arise")),
    ("make sure", ("ensure that",)),
    ("more", ("additional", "supplementary")),
    ("now", ("at this time", "at the present time", "at this moment in time", "forthwith", "with immediate effect")),
    ("please", ("kindly",)),
    ("put it right", ("rectify", "rectified", "remedy this", "remedy the")),
    ("so", ("therefore", "thus", "hence", "consequently", "accordingly")),
    (
        "sorry",
        (
            "sincerely apologise/apologize",
            "sincere apologies",
            "sincerest",
            "deepest apologies",
            "deeply regret",
            "accept my/our apology",
        ),
    ),
    ("speed it up", ("expedite", "expedited", "prioritise/prioritize your/this")),
    ("start", ("commence", "commenced", "commencing", "initiate", "initiated")),
    ("tell you", ("inform you", "advise you", "notify you", "apprise")),
    ("this", ("the above matter", "this matter", "the matter", "the aforementioned", "said matter")),
    ("to", ("in order to", "so as to", "with a view to")),
    ("try", ("endeavour", "endeavor", "attempt to", "strive")),
    ("use", ("utilise", "utilize", "utilised", "utilized", "utilisation", "utilization")),
    ("what went wrong", ("dissatisfaction", "unsatisfactory", "suboptimal", "your grievance")),
    ("while", ("whilst",)),
)
