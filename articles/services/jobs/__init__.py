"""Background work as rows: claimed once, alive while a heart beats, shared among workers."""
