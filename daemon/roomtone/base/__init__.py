"""THE FLOOR: words, facts and contracts that every part shares; standard library and msgspec only."""
