"""Every place in the corpus where a phrase, a pattern or a label stands."""
