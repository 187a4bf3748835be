#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace creneau::http {

/// The built web application, held in memory. Immutable once loaded; any thread.
class StaticFiles {
  public:
    /// Reads every file below `folder`. Throws std::runtime_error where index.html is missing, or a
    /// file is larger than an answer may be.
    explicit StaticFiles(const std::filesystem::path& folder);

    /// The answer to a GET that no route takes: a file, or the application's page for any address
    /// that is a screen's. Nothing for what belongs to the API and for files that are not there.
    [[nodiscard]] std::optional<Response> answer(const Request& request) const;

  private:
    struct File {
        std::string type;
        std::string etag;
        std::string bytes;
        bool is_named_by_content = false;  ///< its name changes with its bytes: kept for a year
    };
    [[nodiscard]] static Response answer_with(const Request& request, const File& file);

    std::map<std::string, File, std::less<>> files_;  // by path, "/assets/index-B2c4.js"
};

}  // namespace creneau::http
