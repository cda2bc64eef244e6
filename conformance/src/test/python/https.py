"""The cases of objects, uploads and temporary keys as a program for the real service would run them: by https, with its host names."""

import object_cases  # noqa: F401: registers its cases
import sts_cases  # noqa: F401
import upload_cases  # noqa: F401
from runner import main

main()
