"""THE FLOOR: words, facts and contracts that all parts share; stdlib and msgspec only."""
