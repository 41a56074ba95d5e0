package invitations

import "portero/shared/app"

// Functions are this resource's, in reading order.
var Functions = []app.Function{
	Create, Preview, List, Get, Change, Resend, Cancel, Link, Batch,
	Open, Accept, Decline, OptOut, Renew,
}
