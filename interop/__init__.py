"""Other people's formats: courses in, results out. Knows lessons and no other folder."""
