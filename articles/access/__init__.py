"""The only way in which request code obtains objects.

What is missing and what the caller may not know about are both 404. Who may see an object but lacks the right
for an action gets NotPermitted with the reason, which becomes a 403.
"""
