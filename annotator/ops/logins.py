"""The demo logins: random, printed at the start, and kept in the data folder for its owner only."""

LOGINS_FILE = "demo-logins.txt"
