"""The report: one HTML page, whole in itself, from an archive; from every figure it is one click to the sentence."""

from .page import page, write_report

__all__ = ["page", "write_report"]
