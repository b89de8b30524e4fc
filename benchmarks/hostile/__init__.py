"""What strangers might send: broken pages and PDFs, bombs, archives with traps, wrong encodings; all made here."""
