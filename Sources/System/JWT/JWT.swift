// Wrapper JWT.
