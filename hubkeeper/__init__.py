"""The command: what a person or a pipeline calls. It ties environments, components, plan and policies together."""
