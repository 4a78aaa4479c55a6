"""The desk's pages of circles: who is in one, by rule or by invitation."""
