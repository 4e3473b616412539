"""What may stop a lead on its way: the access list, background checks, plans, proofs; each tells why and by what."""
