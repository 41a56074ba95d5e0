package session

// Rekey draws another secret for a session: the token that was handed out
// before is dead at once. It answers a repeated sign-in whose answer was lost;
// what it returns replaces the session that was read.
func (s Session) Rekey() (Session, Token) {
	t, hash := NewToken(s.Workspace, s.Identity, s.ID, s.Grant)
	s.Hash = hash
	return s, t
}
