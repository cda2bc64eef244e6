"""Every case of the official Python SDK against the server named by COFFER_ADDRESS."""

import access_cases  # noqa: F401: registers its cases
import bucket_cases  # noqa: F401
import object_cases  # noqa: F401
import sts_cases  # noqa: F401
import upload_cases  # noqa: F401
import version_cases  # noqa: F401
from runner import main

main()
