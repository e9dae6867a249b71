"""Who somebody is and what they may do: users, roles, permissions as pure functions, sign-in with a second factor."""
