#pragma once

#include "api/http/routes.hpp"
#include "api/mail/outbox_worker.hpp"

namespace creneau::http {

/// Messages to bookers, what became of them, and their letters. `sign_pass` is
/// asked for the code of a letter when the letter is drawn.
void add_message_routes(Routes& routes, const mail::SignPass& sign_pass);

}  // namespace creneau::http
