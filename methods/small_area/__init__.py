"""Estimates for small areas from figures of larger or other units."""
