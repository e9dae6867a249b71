"""The people of the demonstration who read figures. Installed in demo mode only."""
