"""What machines read of a workshop: schema.org, OPDS and workshop.json, all from its `Offer`."""
