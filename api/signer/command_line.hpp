#pragma once

namespace creneau::signer {

/// creneau-signer's commands. 0 done, 1 refused (the reason on stderr), others from CLI11 for a
/// wrong command line. Throws when the process cannot do its job.
int run_command_line(int argc, char** argv);

}  // namespace creneau::signer
