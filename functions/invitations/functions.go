package invitations

import "portero/shared/app"

// Functions are this resource's, in reading order.
var Functions = []app.Function{
	Open, Accept, Decline, OptOut, Renew,
}
