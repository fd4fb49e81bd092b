"""Rules on who is told when something is wrong, and on what is written down for afterwards: HK78x."""
