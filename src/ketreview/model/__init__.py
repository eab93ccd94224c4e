"""What a review, a store entry and a citation are."""
