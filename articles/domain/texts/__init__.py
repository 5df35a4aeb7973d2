"""A text cut up: into sentences and tokens, into passages, into pieces that are marked."""
