"""Facts from elsewhere, in the window: tables, other bases, change packs."""
