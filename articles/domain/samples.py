"""Invented articles to begin with, for those who have none at hand."""

from __future__ import annotations

# Title and text.
SAMPLES: tuple[tuple[str, str], ...] = (
    (
        "Ferry line reopens",
        "TROMSO, Norway, March 3. The ferry between Tromso and Lyngen sails again from Monday, Nordhavn "
        "Lines said. Spokeswoman Ingrid Solberg called the eight weeks without it “the longest winter in "
        "years”. The ministry of transport pays 12 million kroner for the repairs.",
    ),
    (
        "Library buys a lost diary",
        "LISBON, June 18. The National Library of Portugal has bought the diary of the sailor Duarte "
        "Meireles for 84,000 euros at an auction in Porto. It tells of a voyage to Goa in 1621. The library "
        "plans to show it in September.",
    ),
    (
        "Solar plant doubles",
        "ALMATY, Kazakhstan, 9 October. Qazsun Energy will double its plant near Kapshagai by 2028, its "
        "chief executive Aigerim Bekova told reporters on Thursday. The European Development Bank lends 140 "
        "million dollars. The plant is to supply 90,000 homes.",
    ),
)
