#pragma once

#include <span>
#include <string_view>

namespace creneau::mail {

/// A file of api/mail/templates as it was when the program was built; its name has no ".mustache".
struct EmbeddedTemplate {
    std::string_view name;
    std::string_view text;
};

[[nodiscard]] std::span<const EmbeddedTemplate> embedded_templates();

}  // namespace creneau::mail
