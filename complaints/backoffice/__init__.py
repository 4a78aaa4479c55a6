"""The staff's face of complaints: the list with both clocks, one file, its moves; and the triage's move that opens one."""
