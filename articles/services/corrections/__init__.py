"""The text of an article corrected, with all that people had made carried over."""
