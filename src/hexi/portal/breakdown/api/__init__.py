"""Breaking down as JSON (分解接口)."""
