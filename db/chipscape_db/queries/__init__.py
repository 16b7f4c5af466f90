"""Reads: one module a subject, plain functions from a session to frozen rows."""

from sqlalchemy.orm import Session as Reader

__all__ = ["Reader"]
