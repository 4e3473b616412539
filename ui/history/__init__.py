"""What happened to the database: change sets with their words, imports with their counts; each can be taken back."""
