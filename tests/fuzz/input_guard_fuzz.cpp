#include "api/http/request_framer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <pistache/http.h>

namespace {

using creneau::http::FramingFault;
using creneau::http::RequestFramer;

struct Outcome {
    std::vector<std::string> requests;
    std::optional<FramingFault> fault;
    bool between = true;

    bool operator==(const Outcome&) const = default;
};

/// `splits` gives the sizes of the pieces, over and over; empty: all at once.
Outcome outcome_of(std::string_view bytes, std::string_view splits) {
    RequestFramer framer;
    Outcome outcome;
    for (std::size_t piece = 0; !bytes.empty(); ++piece) {
        const auto wanted = splits.empty()
                                ? bytes.size()
                                : 1U + static_cast<unsigned char>(splits[piece % splits.size()]);
        const auto taken = bytes.substr(0, wanted);
        framer.feed(taken);
        bytes.remove_prefix(taken.size());
        while (auto request = framer.next()) {
            outcome.requests.push_back(request->canonical());
        }
    }
    outcome.fault = framer.fault();
    outcome.between = framer.between_requests();
    return outcome;
}

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

/// The library's parser must find one whole request in every canonical form, and nothing else.
void require_library_agrees(const std::string& canonical) {
    Pistache::Http::RequestParser parser(creneau::http::kMaxCanonical);
    require(parser.feed(canonical.data(), canonical.size()));
    require(parser.parse() == Pistache::Http::Private::State::Done);
    const auto body = canonical.substr(canonical.find("\r\n\r\n") + 4);
    require(parser.request.body() == body);
    require(canonical.starts_with(Pistache::Http::methodString(parser.request.method())));
}

}  // namespace

/// First byte: how many bytes of split sizes follow it; the rest is what the client sends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    if (input.empty()) {
        return 0;
    }
    const auto splits = input.substr(1, static_cast<unsigned char>(input[0]) % 8U);
    const auto bytes = input.substr(1 + splits.size());
    const auto whole = outcome_of(bytes, {});
    require(whole == outcome_of(bytes, splits));
    require(whole == outcome_of(bytes, std::string_view("\0", 1)));
    for (const auto& canonical : whole.requests) {
        require_library_agrees(canonical);
        // A canonical request is its own canonical form.
        require(outcome_of(canonical, {}).requests == std::vector{canonical});
    }
    return 0;
}
