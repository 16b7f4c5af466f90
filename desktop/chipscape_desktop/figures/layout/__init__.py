"""Layout: where every mark, label and note of a spec goes."""
