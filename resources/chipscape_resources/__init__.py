"""Fonts, icons, translations and help that ship with the application."""
