"""Projects made, changed, archived, and deleted in two steps."""
