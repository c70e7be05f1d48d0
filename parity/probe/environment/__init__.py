"""What is told of variables beside their names: what dotenv files declare, fingerprints, shapes."""
