"""`python -m annotator.ops.probe`: whether the web server of this container answers. For health checks."""

import sys
import urllib.error
import urllib.request

URL = "http://127.0.0.1:8000/health/"


def main() -> int:
    # The proxy in front ends HTTPS; say so, or the answer is a redirect to it.
    request = urllib.request.Request(URL, headers={"X-Forwarded-Proto": "https", "Host": "localhost"})
    try:
        with urllib.request.urlopen(request, timeout=4) as response:  # noqa: S310 - our own address
            return 0 if response.status == 200 else 1
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main())
