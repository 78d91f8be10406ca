"""What developers and CI run: ``python -m tools.<name>``. Not part of the site."""
