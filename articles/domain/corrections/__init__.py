"""The text of an article was corrected: what was marked in the old text finds its place in the new one."""
