"""The facts screen: tables of the facts, and the forms that edit them."""
