package jobs

import "portero/shared/app"

// Functions are this resource's.
var Functions = []app.Function{Remind, Expire, Redeliver, Advance, Assess, Digest, Release}
