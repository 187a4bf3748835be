#include "api/http/static_files.hpp"

#include "api/http/conditional.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/wire.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <ios>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace creneau::http {

namespace {

constexpr std::string_view kPage = "/index.html";
constexpr std::string_view kNamedByContent = "/assets/";

/// Own files only and nothing inline. `data:` is for the small pictures inside the style sheet.
constexpr std::string_view kOwnFilesOnly =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTypes{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".json", "application/json"},
    {".txt", "text/plain; charset=utf-8"},
    {".woff2", "font/woff2"},
    {".webmanifest", "application/manifest+json"},
}};

/// What other programs ask for: a mistyped address there is an error and no page.
constexpr std::array<std::string_view, 6> kNoScreens{"/api",     "/feeds",  "/door-agent",
                                                     "/healthz", "/readyz", "/metrics"};

bool is_screen(std::string_view path) {
    const auto name = path.substr(path.rfind('/') + 1);
    return name.find('.') == std::string_view::npos &&
           std::ranges::none_of(kNoScreens, [&](std::string_view other) {
               return path == other ||
                      (path.starts_with(other) && path.substr(other.size()).starts_with('/'));
           });
}

std::string type_of(const std::filesystem::path& file) {
    const auto ending = file.extension().string();
    const auto* const known =
        std::ranges::find(kTypes, ending, [](const auto& type) { return std::string(type.first); });
    if (known == kTypes.end()) {
        throw std::runtime_error(file.string() + ": files of the web application do not end so");
    }
    return std::string(known->second);
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (!stream.good() && !stream.eof()) {
        throw std::runtime_error(file.string() + " cannot be read");
    }
    if (bytes.size() > kMaxAnswer) {
        throw std::runtime_error(file.string() + " is larger than an answer may be");
    }
    return bytes;
}

}  // namespace

StaticFiles::StaticFiles(const std::filesystem::path& folder) {
    if (!std::filesystem::is_regular_file(folder / kPage.substr(1))) {
        throw std::runtime_error(folder.string() +
                                 " has no index.html: `make web` builds the web application");
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) {
            continue;
        }
        auto path = '/' + entry.path().lexically_relative(folder).generic_string();
        auto bytes = bytes_of(entry.path());
        auto etag = etag_of_bytes(bytes);
        const bool is_named_by_content = path.starts_with(kNamedByContent);
        files_.emplace(std::move(path), File{type_of(entry.path()), std::move(etag),
                                             std::move(bytes), is_named_by_content});
    }
}

std::optional<Response> StaticFiles::answer(const Request& request) const {
    if (request.method != "GET") {
        return std::nullopt;
    }
    if (const auto file = files_.find(request.path); file != files_.end()) {
        return answer_with(request, file->second);
    }
    return is_screen(request.path) ? std::optional(answer_with(request, files_.find(kPage)->second))
                                   : std::nullopt;
}

Response StaticFiles::answer_with(const Request& request, const File& file) {
    auto response = with_etag(
        request,
        {200,
         {{"Content-Type", file.type}, {"Content-Security-Policy", std::string(kOwnFilesOnly)}},
         file.bytes},
        file.etag);
    for (auto& [name, value] : response.headers) {
        if (name == "Cache-Control") {  // a page holds nothing of who reads it
            value = file.is_named_by_content ? "public, max-age=31536000, immutable"
                                             : "private, no-cache";
        }
    }
    return response;
}

}  // namespace creneau::http
