#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace creneau::http {

/// The most that a request's body may be, JSON or text.
inline constexpr std::size_t kMaxBody = std::size_t{1024} * 1024;

/// The most that an uploaded file may be, on the routes that take one.
inline constexpr std::size_t kMaxUpload = std::size_t{8} * 1024 * 1024;

/// Files that are in memory at once, whole or in parts, over all connections.
inline constexpr int kMostUploads = 4;

/// What a request may carry, told from its first line alone: this is asked before anything else is
/// known of it. The routes that Routes::upload() adds, and no other, have kMaxUpload.
[[nodiscard]] std::size_t max_body_of(std::string_view method, std::string_view target);

/// One of the kMostUploads places; given back when the last copy goes.
using UploadPlace = std::shared_ptr<const void>;

/// Nothing when all are taken. Any thread.
[[nodiscard]] std::optional<UploadPlace> take_upload_place();

}  // namespace creneau::http
