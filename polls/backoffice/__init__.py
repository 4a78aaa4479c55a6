"""The poll studio, in the desk: write, check, open, watch, close, decide. Every change is a verb's."""
