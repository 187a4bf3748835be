#include "door-agent/journal/chain.hpp"

#include "door-agent/journal/event.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <sodium.h>

namespace creneau::door {
namespace {

class Hasher {
  public:
    Hasher() { crypto_generichash_init(&state_, nullptr, 0, Hash{}.size()); }

    void bytes(std::span<const std::uint8_t> data) {
        crypto_generichash_update(&state_, data.data(), data.size());
    }
    void number(std::int64_t value) {
        std::array<std::uint8_t, 8> out{};
        auto rest = static_cast<std::uint64_t>(value);
        for (std::size_t i = out.size(); i-- > 0; rest >>= 8U) {
            out.at(i) = static_cast<std::uint8_t>(rest & 0xFFU);
        }
        bytes(out);
    }
    void text(std::string_view value) {
        number(static_cast<std::int64_t>(value.size()));
        for (const char c : value) {
            const auto byte = static_cast<std::uint8_t>(c);
            bytes({&byte, 1});
        }
    }
    Hash finish() {
        Hash out{};
        crypto_generichash_final(&state_, out.data(), out.size());
        return out;
    }

  private:
    crypto_generichash_state state_{};
};

}  // namespace

Hash chain_start(const JournalId& journal, std::string_view agent) {
    Hasher hasher;
    hasher.text("creneau-journal-1");
    hasher.bytes(journal);
    hasher.text(agent);
    return hasher.finish();
}

Hash chain_hash(const Hash& previous, std::int64_t sequence, const Event& event) {
    Hasher hasher;
    hasher.bytes(previous);
    hasher.number(sequence);
    hasher.text(name(event.kind));
    hasher.number(event.at.time_since_epoch().count());
    hasher.number(event.boot.count());
    hasher.text(event.clock);
    hasher.text(event.door);
    hasher.text(event.reader);
    hasher.text(event.reason);
    hasher.text(event.detail);
    hasher.number(event.pass ? 1 : event.badge ? 2 : 0);
    if (event.pass) {
        hasher.number(static_cast<std::int64_t>(event.pass->pass_id));
        hasher.number(event.pass->revision);
    } else if (event.badge) {
        hasher.number(static_cast<std::int64_t>(*event.badge));
    }
    hasher.number(event.count);
    return hasher.finish();
}

Hash holes_hash(const std::vector<Hole>& holes) {
    Hasher hasher;
    hasher.text("creneau-holes-1");
    for (const Hole& hole : holes) {
        hasher.number(hole.first);
        hasher.number(hole.last);
        hasher.bytes(hole.before);
        hasher.bytes(hole.after);
    }
    return hasher.finish();
}

}  // namespace creneau::door
