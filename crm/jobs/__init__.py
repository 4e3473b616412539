"""Long work: generators over transactions."""
