"""What must hold: the rules, and the policy pack that brings them into the engine.

Rules are pure functions over finished data. `hubkeeper check` runs them on the description and on recorded plans, the
pack on what the engine registers.
"""
