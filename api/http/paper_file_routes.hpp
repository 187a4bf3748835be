#pragma once

#include "api/booking/papers/paper_folder.hpp"
#include "api/http/routes.hpp"

#include <memory>

namespace creneau::http {

/// PUT and GET /api/v1/papers/:id/file. Without a folder both answer 503.
void add_paper_file_routes(Routes& routes, std::shared_ptr<const booking::PaperFolder> folder);

}  // namespace creneau::http
