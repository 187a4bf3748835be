#include "api/people/breached_file.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sodium.h>

namespace creneau::people {

namespace {

using Digest = std::array<unsigned char, kBreachedDigestSize>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void append(std::string& text, std::uint64_t number) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
        text.push_back(static_cast<char>((number >> shift) & 0xFFU));
    }
}

std::string field(std::string text, std::size_t size) {
    text.resize(size, '\0');
    return text;
}

}  // namespace

Digest breached_digest_of(std::string_view entries) {
    Digest digest{};
    crypto_generichash(digest.data(), digest.size(), bytes_of(entries), entries.size(), nullptr, 0);
    return digest;
}

std::uint64_t breached_entry_of(std::string_view password) {
    const auto digest = breached_digest_of(password);
    std::uint64_t entry = 0;
    for (std::size_t at = 0; at < 8; ++at) {
        entry |= std::uint64_t{digest.at(at)} << (8 * at);
    }
    return entry;
}

std::string breached_file_of(std::vector<std::uint64_t> entries, const BreachedSource& source) {
    std::ranges::sort(entries);
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    std::string body;
    body.reserve(entries.size() * 8);
    for (const auto entry : entries) {
        append(body, entry);
    }
    const auto digest = breached_digest_of(body);
    std::string file{kBreachedMagic};
    append(file, entries.size());
    file += field(source.date, kBreachedDateSize) + field(source.name, kBreachedSourceSize);
    file.append(reinterpret_cast<const char*>(digest.data()), digest.size());
    return file + body;
}

}  // namespace creneau::people
