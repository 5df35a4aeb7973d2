"""Likely errors in finished work, and forms that are labelled in more than one way."""
