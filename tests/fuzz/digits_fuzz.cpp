#include "qr/digits.hpp"
#include "qr/pass.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void must(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

// What is accepted has one spelling only: text, bytes and fields come back as they were.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace creneau;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto pass = qr::from_reader(text);
    if (!pass) {
        return 0;
    }
    must(qr::view(qr::to_digits(*pass)) == qr::strip_reader_marks(text));
    if (const auto fields = qr::decode_pass(*pass)) {
        const auto body = qr::encode_body(*fields);
        must(body.has_value() && qr::decode_body(*body) == fields);
    }
    return 0;
}
