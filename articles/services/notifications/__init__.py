"""People and programs are told what happened."""
