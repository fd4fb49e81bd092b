"""The engine: finds or builds the Pulumi CLI, opens a stack, and runs preview, up and destroy with the rules in it."""
