"""Which sector a company is of: the national classification, and suggestions with the words that speak for them."""
