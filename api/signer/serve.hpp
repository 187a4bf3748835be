#pragma once

#include "api/signer/signer_config.hpp"

namespace creneau::signer {

/// Serves until SIGTERM or SIGINT, then answers 0. Prints "signer ready on PATH" once it listens.
/// Throws when the database, the keys or state directory, or the socket cannot be had.
int serve(const SignerConfig& config);

}  // namespace creneau::signer
