"""elo follows a government strategy's measures, funding and RRF milestones in YAML files under git."""
