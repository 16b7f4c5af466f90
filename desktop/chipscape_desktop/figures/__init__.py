"""Figures without a screen: rows become a spec, a spec becomes a drawing."""
