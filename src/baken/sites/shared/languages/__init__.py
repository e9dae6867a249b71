"""Dutch is the source language; English lies in each app's own locale folder. Compile and check, in pure Python."""
