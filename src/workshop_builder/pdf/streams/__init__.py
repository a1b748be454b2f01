"""What a stream of a PDF holds, in fewer bytes."""
