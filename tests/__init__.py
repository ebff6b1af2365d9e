"""What elo does, held one sentence a test."""
