"""Texts that nearly repeat each other: found, laid side by side, and annotated once for all of them."""
