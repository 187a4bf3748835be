#include "policy/page.hpp"

#include "policy/cbor.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace creneau::policy {
namespace {

constexpr std::uint64_t kForm = 1;
constexpr std::uint64_t kLargestU32 = 0xFFFF'FFFF;
// A row takes at least 5 bytes, a page at most 64 KiB.
constexpr std::size_t kMostRows = std::size_t{16} * 1024;
constexpr std::uint64_t kLargestEnd = kLargestU32 + std::uint64_t{qr::kLongestPassMinutes} * 60;

std::uint64_t number(qr::PassId pass) {
    return static_cast<std::uint64_t>(pass);
}

Revocation read_row(cbor::Reader& in) {
    Revocation row;
    in.array_of(3);
    row.pass_id = qr::PassId{in.number(0, qr::kLargestPassId)};
    row.revision = static_cast<std::uint8_t>(in.number(0, 0xFF));
    row.end = std::chrono::sys_seconds{
        std::chrono::seconds{static_cast<std::int64_t>(in.number(0, kLargestEnd))}};
    return row;
}

}  // namespace

std::size_t page_of(qr::PassId pass, unsigned bits) {
    std::array<std::uint8_t, 7> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(number(pass) >> (8U * (bytes.size() - 1 - i)));
    }
    const Hash hash = blake2b_256(bytes);
    const unsigned first = (static_cast<unsigned>(hash[0]) << 8U) | hash[1];
    return first >> (16U - bits);
}

std::vector<std::uint8_t> write_page(std::span<const Revocation> revocations) {
    cbor::Writer out;
    out.map(2);
    out.text("form");
    out.number(kForm);
    out.text("revocations");
    out.array(revocations.size());
    for (const Revocation& row : revocations) {
        out.array(3);
        out.number(number(row.pass_id));
        out.number(row.revision);
        out.number(static_cast<std::uint64_t>(row.end.time_since_epoch().count()));
    }
    return out.result();
}

tl::expected<void, PolicyError> read_page(std::span<const std::uint8_t> page, const PageSlot& slot,
                                          std::vector<Revocation>& to) {
    cbor::Reader in{page, slot.place};
    in.map_of(2);
    in.key("form");
    if (in.number(1, kLargestU32) > kForm) {
        in.fail(PolicyFault::unsupported_form);
    }
    in.key("revocations");
    const std::size_t rows = in.array(kMostRows);
    in.enter();
    std::optional<qr::PassId> previous;
    for (std::size_t i = 0; i < rows && in.ok(); ++i) {
        in.at(i);
        const Revocation row = read_row(in);
        if (in.ok() && previous && row.pass_id <= *previous) {
            in.fail(PolicyFault::duplicate);
        }
        if (in.ok() && page_of(row.pass_id, slot.bits) != slot.index) {
            in.fail(PolicyFault::page_mismatch);
        }
        to.push_back(row);
        previous = row.pass_id;
    }
    in.leave();
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return {};
}

}  // namespace creneau::policy
