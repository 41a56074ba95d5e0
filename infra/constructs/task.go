package constructs

import (
	tree "github.com/aws/constructs-go/constructs/v10"

	"portero/shared/contract"
)

// NewTask makes a function that only the operator invokes: whoever's
// credentials may call it, and nothing else may.
func NewTask(scope tree.Construct, d Deployment, row contract.Task) Function {
	return newFunction(scope, d, row)
}
