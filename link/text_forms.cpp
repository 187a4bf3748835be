#include "link/text_forms.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sodium.h>

namespace creneau::link {

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string text(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    text.pop_back();
    return text;
}

std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text, std::size_t size) {
    if (text.size() != 2 * size ||
        text.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> bytes(size);
    std::size_t read = 0;
    const bool fits = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr,
                                     &read, nullptr) == 0;
    return fits && read == size ? std::optional(std::move(bytes)) : std::nullopt;
}

std::string to_base64(std::span<const std::uint8_t> bytes) {
    constexpr int kForm = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), kForm), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kForm);
    text.pop_back();
    return text;
}

std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text, std::size_t most) {
    if (text.empty()) {
        return std::vector<std::uint8_t>();
    }
    if (text.size() % 4 != 0 || text.size() / 4 * 3 > most + 2) {
        return std::nullopt;
    }
    std::vector<std::uint8_t> bytes(text.size() / 4 * 3);
    std::size_t size = 0;
    const char* end = nullptr;
    const bool fits =
        sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size,
                          &end, sodium_base64_VARIANT_ORIGINAL) == 0 &&
        end == text.data() + text.size() && size <= most;
    if (!fits) {
        return std::nullopt;
    }
    bytes.resize(size);
    return bytes;
}

}  // namespace creneau::link
