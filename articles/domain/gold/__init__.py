"""How several readings of an article become one: where they disagree, and what settles it."""
