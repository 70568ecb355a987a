"""Named-entity back ends behind one interface."""
