#include "api/http/body_limits.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace creneau::http {

namespace {

std::atomic<int> places_taken{0};

struct Place {
    Place() = default;
    ~Place() { --places_taken; }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
};

/// "/api/v1/papers/12/file"
bool is_file_of_a_paper(std::string_view target) {
    constexpr std::string_view kBefore = "/api/v1/papers/";
    constexpr std::string_view kAfter = "/file";
    if (!target.starts_with(kBefore) || !target.ends_with(kAfter) ||
        target.size() <= kBefore.size() + kAfter.size()) {
        return false;
    }
    const auto id = target.substr(kBefore.size(), target.size() - kBefore.size() - kAfter.size());
    return id.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::size_t max_body_of(std::string_view method, std::string_view target) {
    return method == "PUT" && is_file_of_a_paper(target) ? kMaxUpload : kMaxBody;
}

std::optional<UploadPlace> take_upload_place() {
    if (places_taken.fetch_add(1) >= kMostUploads) {
        --places_taken;
        return std::nullopt;
    }
    return std::make_shared<const Place>();
}

}  // namespace creneau::http
