"""Events as columns that are kept in the base itself, derived from its rows as the search index is."""
