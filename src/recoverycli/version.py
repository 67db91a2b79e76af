"""The version of the tool, told once."""

__version__ = "0.1.0"
