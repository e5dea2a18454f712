"""THE ROOF: the only place where the parts meet; wires them, starts them, stops them backwards."""
