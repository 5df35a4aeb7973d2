"""The dataset as it leaves: what is asked for, in which parts, and the stream that answers."""
