"""Likely errors in finished work, and words that are labelled in more than one way."""
