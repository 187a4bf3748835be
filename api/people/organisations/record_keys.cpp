#include "api/people/organisations/record_keys.hpp"

#include "api/people/organisations/organisation_types.hpp"

#include <array>
#include <string>

#include <sodium.h>

namespace creneau::people {

std::string pattern_of(const Page& page) {
    std::string pattern = "%";
    for (const char byte : page.name) {
        if (byte == '%' || byte == '_' || byte == '!') {
            pattern.push_back('!');
        }
        pattern.push_back(byte);
    }
    return pattern + '%';
}

std::string new_key() {
    std::array<unsigned char, 8> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * bytes.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    return std::string("made-") + hex.data();
}

}  // namespace creneau::people
