// Module Redaction.
