"""Questions asked of the relationships: chains, cuts, chokepoints, communities, supply chains."""
