"""The workbench: a local web application to look at an archive, check it and correct it."""

from .application import application
from .serving import serve

__all__ = ["application", "serve"]
