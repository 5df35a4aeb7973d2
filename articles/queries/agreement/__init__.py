"""How far the people of a project agree, and where they do not."""
