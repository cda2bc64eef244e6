"""The cases of objects and uploads as a program for the real service would run them: by https, with its host names."""

import object_cases  # noqa: F401: registers its cases
import upload_cases  # noqa: F401
from runner import main

main()
