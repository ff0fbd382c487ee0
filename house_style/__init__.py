"""Words, numbers and colours that the pages and the documents on paper share. Nothing is drawn here."""
