#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace creneau::http {

/// The name that a Content-Disposition header (RFC 6266) gives a file, in UTF-8: `filename*` in
/// UTF-8, else a plain `filename`. Nothing when there is none that can be read. What the name may
/// be is for others to say.
[[nodiscard]] std::optional<std::string> file_name_in(std::string_view header);

/// The header that makes a browser keep a file under that name and never show it: the name in
/// RFC 8187 form, percent-encoded but for letters and digits, so that no byte of it is the
/// header's.
[[nodiscard]] std::string as_attachment(std::string_view name);

}  // namespace creneau::http
