"""How pages look: templates, components, forms, charts."""
