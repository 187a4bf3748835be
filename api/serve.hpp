#pragma once

#include "api/config.hpp"

namespace creneau {

/// Runs the town's server until SIGTERM or SIGINT: readers, writer, outbox worker, HTTP. Prints one
/// line "listening on http://ADDRESS:PORT" on stdout once requests are answered. Call it before any
/// thread is started. Throws when the process cannot do its job (schema, port, mailer).
/// @returns the exit status
int serve(const Config& config);

}  // namespace creneau
