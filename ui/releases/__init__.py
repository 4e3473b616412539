"""What left the house: documents and exports, with version, digest and recipient; each document can be seen again."""
