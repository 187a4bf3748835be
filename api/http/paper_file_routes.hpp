#pragma once

#include "api/booking/papers/paper_folder.hpp"
#include "api/booking/papers/virus_scanner.hpp"
#include "api/http/routes.hpp"

#include <memory>

namespace creneau::http {

/// PUT and GET /api/v1/papers/:id/file. Without a folder both answer 503. With a scanner no file is
/// kept before it was found clean.
void add_paper_file_routes(Routes& routes, std::shared_ptr<const booking::PaperFolder> folder,
                           std::shared_ptr<const booking::VirusScanner> scanner);

}  // namespace creneau::http
