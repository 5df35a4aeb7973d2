"""How far people agree: pairs of readings counted, added up, and made into figures with intervals."""
