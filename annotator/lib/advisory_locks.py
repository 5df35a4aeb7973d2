"""The numbers of PostgreSQL's advisory locks: all in one place, so that no two uses share one by accident."""

# Each is the first of two keys; the second is the id of the project or person that it is about.
INTAKE = 4_201
RELEASE = 4_202
LETTER = 4_203
# The only key: there is one delivery of webhooks at a time.
DELIVERY = 4_204
