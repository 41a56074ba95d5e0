package rehearsal

// What `make rehearse` tells the tests it runs, by the environment.
const (
	EnvAssembly = "REHEARSAL_ASSEMBLY" // the directory of the templates
	EnvBinary   = "REHEARSAL_BINARY"   // functions/bootstrap, built for this machine
	EnvLedgers  = "REHEARSAL_LEDGERS"  // a directory for what each test process saw
	// SweepReport is the file there in which infra/rehearsal/sweep says what it tried.
	SweepReport = "sweep.txt"
	EnvSeed     = "REHEARSAL_SEED" // of Options.Seed; empty: 1
)
