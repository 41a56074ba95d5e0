package functions_test

import (
	"testing"

	"portero/functions"
	"portero/shared/contract"
)

// Only app.SecretEndpoint keeps an answer without its secret; a row that keeps
// nothing may answer one too.
func TestAnAnswerWithASecretBelongsToARowThatSaysSo(t *testing.T) {
	for _, f := range functions.All() {
		row, ok := f.Row.(contract.Endpoint)
		if !ok {
			continue
		}
		if _, secretive := f.Answers.MethodByName("WithoutSecret"); secretive && !row.Secret && !row.NoIdempotency {
			t.Errorf("%s answers with a secret, and its row does not say so", row.Name)
		}
	}
}
