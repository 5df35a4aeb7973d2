"""How much an upload may hold. Each limit is checked while reading, before memory is spent."""

MAX_TEXT = 1_000_000  # code points of one article
MAX_LINE = 64 * 2**20  # bytes of one line of JSONL
MAX_WHOLE = 128 * 2**20  # bytes of one file of a format that cannot be read piece by piece
MAX_SPANS = 500_000  # of one article
MAX_ARTICLES = 2_000_000  # of one file
MAX_ENTRIES = 100_000  # files in a zip
MAX_UNPACKED = 8 * 2**30  # bytes of a zip, unpacked
MAX_DEPTH = 50  # lists and objects within each other, in metadata
MAX_COMMENT = 5_000  # characters of one comment
MAX_RATIO = 200  # unpacked to packed, beyond the first megabyte
MAX_NODES = 1_000_000  # elements and attributes of a tree: each takes about 250 bytes of memory
MAX_DIRECTORY = 32 * 2**20  # bytes of a zip's list of what is in it
MAX_NAME = 1_000  # characters of the name of a file in a zip
