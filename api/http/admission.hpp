#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <optional>

namespace creneau::http {

/// Finds out who sends a request, by their session or by a program's token, and whether the route
/// is open to them: the answer that says no, or nothing. A token acts for its owner where it has
/// the scope of the route; elsewhere it is nobody's, and one that is not good is refused even where
/// everybody may come in. Staff whose session was opened without a second factor are nobody there
/// too, and reach but what gets them one. What has to be noted of the session or token is given to
/// `writer`.
[[nodiscard]] std::optional<Response> refuse_entry(store::Session& session, store::Writer& writer,
                                                   const Route& route, Request& request);

}  // namespace creneau::http
