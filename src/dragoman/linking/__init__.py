"""Linking: events of many articles to incidents."""

from .incidents import link

__all__ = ["link"]
