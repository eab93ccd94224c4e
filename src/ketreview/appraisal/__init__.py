"""Pure arithmetic of the field: certainty, currency, trials, identifiers."""
