package app

import (
	"crypto/rand"
	"math/big"
	"time"

	"portero/shared/dynamo"
	"portero/shared/mail"
)

// drawCode draws a code of so many digits, each number as likely as any other.
func drawCode(digits int) (mail.Code, error) {
	code := make([]byte, digits)
	for i := range code {
		n, err := rand.Int(rand.Reader, big.NewInt(10))
		if err != nil {
			return "", err
		}
		code[i] = '0' + byte(n.Int64())
	}
	return mail.Code(code), nil
}

// jitter spreads retries; nobody gains by foreseeing it.
func jitter() float64 { return float64(dynamo.Jitter(time.Second)-1) / float64(time.Second) }
