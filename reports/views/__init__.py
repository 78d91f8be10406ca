"""Doors to the reports. Each reads the address, asks one selector, prints."""
