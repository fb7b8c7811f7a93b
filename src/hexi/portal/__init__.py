"""The portal (门户): a Django project that keeps state, people and pages and calls the engine.

``config`` holds settings and addresses, ``core`` units, people, scope and events, ``plans`` the
first system: plan documents, their reading, targets and findings.
"""
