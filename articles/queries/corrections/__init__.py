"""Texts that were corrected: their versions, and what a correction left to people."""
