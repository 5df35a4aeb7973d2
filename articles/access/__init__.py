"""The only way in which request code gets objects.

What does not exist and what the caller must not know about are both a 404. Who may see an object but not do
this with it gets NotPermitted with the reason, which becomes a 403.
"""
