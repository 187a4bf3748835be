#include "policy/page.hpp"

#include "policy/badge.hpp"
#include "policy/cbor.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"
#include "policy/schedule.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace creneau::policy {
namespace {

constexpr std::uint64_t kLargestU32 = 0xFFFF'FFFF;
// No row is shorter than 4 bytes, and a page holds at most 64 KiB.
constexpr std::size_t kMostRows = std::size_t{16} * 1024;
constexpr std::uint64_t kLargestEnd = kLargestU32 + std::uint64_t{qr::kLongestPassMinutes} * 60;
constexpr std::uint64_t kLongestBadgeSeconds = std::chrono::seconds{kLongestBadgeRecord}.count();

constexpr std::uint8_t kAlways = 1;
constexpr std::uint8_t kEmergency = 2;
constexpr std::uint8_t kLongerUnlock = 4;
constexpr std::uint8_t kRevoked = 8;
constexpr std::uint64_t kEveryFlag = kAlways | kEmergency | kLongerUnlock | kRevoked;

std::uint64_t number(qr::PassId pass) {
    return static_cast<std::uint64_t>(pass);
}

std::uint64_t number(Moment moment) {
    return moment.time_since_epoch().count();
}

template <class Id>
std::uint32_t number_of(Id id) {
    return static_cast<std::uint32_t>(id);
}

std::size_t first_bits(std::uint8_t first, std::uint8_t second, unsigned bits) {
    const unsigned both = (static_cast<unsigned>(first) << 8U) | second;
    return both >> (16U - bits);
}

template <std::size_t N>
std::size_t page_of_number(std::uint64_t value, unsigned bits) {
    std::array<std::uint8_t, N> bytes{};
    for (std::size_t i = 0; i < N; ++i) {
        bytes[i] = static_cast<std::uint8_t>(value >> (8U * (N - 1 - i)));
    }
    const Hash hash = blake2b_256(bytes);
    return first_bits(hash[0], hash[1], bits);
}

std::uint8_t byte_of(const BadgeFlags& flags) {
    unsigned byte = 0;
    byte |= flags.always ? kAlways : 0U;
    byte |= flags.emergency ? kEmergency : 0U;
    byte |= flags.longer_unlock ? kLongerUnlock : 0U;
    byte |= flags.revoked ? kRevoked : 0U;
    return static_cast<std::uint8_t>(byte);
}

BadgeFlags flags_of(std::uint64_t byte) {
    return {(byte & kAlways) != 0, (byte & kEmergency) != 0, (byte & kLongerUnlock) != 0,
            (byte & kRevoked) != 0};
}

void write_form(cbor::Writer& out, std::size_t lists) {
    out.map(1 + lists);
    out.text("form");
    out.number(kPolicyForm);
}

void write_schedule(cbor::Writer& out, const Schedule& row) {
    out.array(3);
    out.number(number_of(row.id));
    out.boolean(row.of_bookings);
    out.array(2 * row.intervals.size());
    for (const Interval& interval : row.intervals) {
        out.number(number(interval.from));
        out.number(number(interval.until));
    }
}

void write_access_set(cbor::Writer& out, const AccessSet& row) {
    out.array(2);
    out.number(number_of(row.id));
    out.array(2 * row.rules.size());
    for (const AccessRule& rule : row.rules) {
        out.number(rule.scope);
        out.number(number_of(rule.schedule));
    }
}

Moment read_moment(cbor::Reader& in, std::uint64_t smallest) {
    return Moment{Moment::duration{static_cast<std::uint32_t>(in.number(smallest, kLargestU32))}};
}

template <class Id>
Id read_id(cbor::Reader& in) {
    return Id{static_cast<std::uint32_t>(in.number(1, kLargestU32))};
}

Revocation read_revocation(cbor::Reader& in) {
    Revocation row;
    in.array_of(3);
    row.pass_id = qr::PassId{in.number(0, qr::kLargestPassId)};
    row.revision = static_cast<std::uint8_t>(in.number(0, 0xFF));
    row.end = std::chrono::sys_seconds{
        std::chrono::seconds{static_cast<std::int64_t>(in.number(0, kLargestEnd))}};
    return row;
}

// Pairs of numbers in one array: its length is even.
std::size_t read_pairs(cbor::Reader& in) {
    const std::size_t count = in.array(2 * kMostRows);
    if (in.ok() && count % 2 != 0) {
        in.fail(PolicyFault::malformed);
    }
    return count / 2;
}

Schedule read_schedule(cbor::Reader& in) {
    Schedule row;
    in.array_of(3);
    row.id = read_id<ScheduleId>(in);
    row.of_bookings = in.boolean();
    const std::size_t count = read_pairs(in);
    std::uint64_t earliest = 0;
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        Interval interval;
        interval.from = read_moment(in, earliest);
        interval.until = read_moment(in, number(interval.from) + 1);
        earliest = number(interval.until) + 1;
        row.intervals.push_back(interval);
    }
    row.intervals.shrink_to_fit();
    return row;
}

AccessSet read_access_set(cbor::Reader& in) {
    AccessSet row;
    in.array_of(2);
    row.id = read_id<AccessSetId>(in);
    const std::size_t count = read_pairs(in);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        AccessRule rule;
        rule.scope = static_cast<std::uint16_t>(in.number(1, 0xFFFF));
        rule.schedule = read_id<ScheduleId>(in);
        if (in.ok() && !row.rules.empty() && !(row.rules.back() < rule)) {
            in.fail(PolicyFault::duplicate);
        }
        row.rules.push_back(rule);
    }
    row.rules.shrink_to_fit();
    return row;
}

BadgeRecord read_badge(cbor::Reader& in) {
    BadgeRecord row;
    in.array_of(6);
    const auto hash = in.exactly(row.hash.size());
    std::copy(hash.begin(), hash.end(), row.hash.begin());
    row.badge = BadgeRef{static_cast<std::uint32_t>(in.number(0, kLargestU32))};
    row.from = read_moment(in, 0);
    row.until = read_moment(in, number(row.from) + 1);
    if (in.ok() && number(row.until) - number(row.from) > kLongestBadgeSeconds) {
        in.fail(PolicyFault::out_of_range);
    }
    row.access = read_id<AccessSetId>(in);
    row.flags = flags_of(in.number(0, kEveryFlag));
    return row;
}

void read_form(cbor::Reader& in, std::size_t lists) {
    in.map_of(1 + lists);
    in.key("form");
    if (in.number(1, kLargestU32) != kPolicyForm) {
        in.fail(PolicyFault::unsupported_form);
    }
}

// What a list of a page is called, how a row is read and what it ascends by.
template <class Row, class Key>
struct Rows {
    std::string_view name;
    Row (*read)(cbor::Reader&);
    Key Row::* key;
};

// One list of a page: ascending by key, every row on the page where its key belongs.
template <class Row, class Key>
void read_rows(cbor::Reader& in, const PageSlot& slot, const Rows<Row, Key>& rows,
               std::vector<Row>& to) {
    in.key(rows.name);
    const std::size_t count = in.array(kMostRows);
    in.enter();
    const std::size_t before = to.size();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        to.push_back(rows.read(in));
        if (in.ok() && i > 0 && !(to[before + i - 1].*rows.key < to.back().*rows.key)) {
            in.fail(PolicyFault::duplicate);
        }
        if (in.ok() && page_of(to.back().*rows.key, slot.bits) != slot.index) {
            in.fail(PolicyFault::page_mismatch);
        }
    }
    in.leave();
}

tl::expected<void, PolicyError> finished(cbor::Reader& in) {
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return {};
}

}  // namespace

std::size_t page_of(qr::PassId pass, unsigned bits) {
    return page_of_number<7>(number(pass), bits);
}

std::size_t page_of(ScheduleId schedule, unsigned bits) {
    return page_of_number<4>(number_of(schedule), bits);
}

std::size_t page_of(AccessSetId set, unsigned bits) {
    return page_of_number<4>(number_of(set), bits);
}

std::size_t page_of(const BadgeHash& badge, unsigned bits) {
    return first_bits(badge[0], badge[1], bits);
}

std::vector<std::uint8_t> write_rule_page(const RulePage& page) {
    cbor::Writer out;
    write_form(out, 3);
    out.text("revocations");
    out.array(page.revocations.size());
    for (const Revocation& row : page.revocations) {
        out.array(3);
        out.number(number(row.pass_id));
        out.number(row.revision);
        out.number(static_cast<std::uint64_t>(row.end.time_since_epoch().count()));
    }
    out.text("schedules");
    out.array(page.schedules.size());
    for (const Schedule& row : page.schedules) {
        write_schedule(out, row);
    }
    out.text("access_sets");
    out.array(page.access_sets.size());
    for (const AccessSet& row : page.access_sets) {
        write_access_set(out, row);
    }
    return out.result();
}

std::vector<std::uint8_t> write_badge_page(std::span<const BadgeRecord> badges) {
    cbor::Writer out;
    write_form(out, 1);
    out.text("badges");
    out.array(badges.size());
    for (const BadgeRecord& row : badges) {
        out.array(6);
        out.bytes(row.hash);
        out.number(number_of(row.badge));
        out.number(number(row.from));
        out.number(number(row.until));
        out.number(number_of(row.access));
        out.number(byte_of(row.flags));
    }
    return out.result();
}

tl::expected<void, PolicyError> read_rule_page(std::span<const std::uint8_t> page,
                                               const PageSlot& slot, RulePage& to) {
    cbor::Reader in{page, slot.place};
    read_form(in, 3);
    read_rows(in, slot, Rows{"revocations", read_revocation, &Revocation::pass_id}, to.revocations);
    read_rows(in, slot, Rows{"schedules", read_schedule, &Schedule::id}, to.schedules);
    read_rows(in, slot, Rows{"access_sets", read_access_set, &AccessSet::id}, to.access_sets);
    return finished(in);
}

tl::expected<void, PolicyError> read_badge_page(std::span<const std::uint8_t> page,
                                                const PageSlot& slot,
                                                std::vector<BadgeRecord>& to) {
    cbor::Reader in{page, slot.place};
    read_form(in, 1);
    read_rows(in, slot, Rows{"badges", read_badge, &BadgeRecord::hash}, to);
    return finished(in);
}

}  // namespace creneau::policy
