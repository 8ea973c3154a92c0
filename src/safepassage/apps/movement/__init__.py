"""Networks, plans, bookings, manifests."""
