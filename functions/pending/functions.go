package pending

import "portero/shared/app"

// Functions are this resource's.
var Functions = []app.Function{List, Batch}
