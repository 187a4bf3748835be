#include "api/audit/chain.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <sodium.h>

namespace creneau::audit {

namespace {

/// Bytes that can be read in one way only: numbers have their width, texts their length before.
class Encoding {
  public:
    explicit Encoding(std::string_view form) {
        bytes_.reserve(kUsual);
        add(form);
    }

    void add(std::int64_t number) {
        const auto bits = static_cast<std::uint64_t>(number);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes_.push_back(static_cast<char>((bits >> static_cast<unsigned>(shift)) & 0xFFU));
        }
    }
    void add(std::chrono::sys_seconds at) { add(std::int64_t{at.time_since_epoch().count()}); }
    void add(std::string_view text) {
        add(static_cast<std::int64_t>(text.size()));
        bytes_.append(text);
    }
    void add(const std::optional<PersonId>& person) {
        bytes_.push_back(person ? '\1' : '\0');
        if (person) {
            add(static_cast<std::int64_t>(*person));
        }
    }
    void add(const ChainOf& chain) {
        add(static_cast<std::int64_t>(chain.town));
        add(word_of(chain.log));
    }
    void add(const Span& span) {
        add(std::string_view(span.day));
        add(span.first_id);
        add(span.last_id);
        add(span.count);
    }

    [[nodiscard]] std::string hash() const {
        constexpr std::string_view kDigits = "0123456789abcdef";
        std::array<unsigned char, 32> hash{};
        crypto_generichash(hash.data(), hash.size(),
                           reinterpret_cast<const unsigned char*>(bytes_.data()), bytes_.size(),
                           nullptr, 0);
        std::string text;
        text.reserve(2 * hash.size());
        for (const unsigned char byte : hash) {
            text.push_back(kDigits[byte >> 4U]);
            text.push_back(kDigits[byte & 0xFU]);
        }
        return text;
    }

  private:
    static constexpr std::size_t kUsual = 320;
    std::string bytes_;
};

}  // namespace

std::string_view word_of(Log log) {
    switch (log) {
        case Log::activity:
            return "activity";
        case Log::security:
            return "security";
    }
    return "";
}

std::optional<Log> log_of(std::string_view word) {
    for (const Log log : {Log::activity, Log::security}) {
        if (word == word_of(log)) {
            return log;
        }
    }
    return std::nullopt;
}

std::string hash_of_beginning(const ChainOf& chain, const Span& older) {
    Encoding encoding("creneau audit begin 1");
    encoding.add(chain);
    encoding.add(older);
    return encoding.hash();
}

std::string hash_of_line(std::string_view previous, TownId town, std::int64_t id,
                         const Line& line) {
    Encoding encoding("creneau audit line 1");
    encoding.add(previous);
    encoding.add(ChainOf{town, line.log});
    encoding.add(id);
    encoding.add(line.at);
    encoding.add(line.actor);
    encoding.add(line.for_whom);
    encoding.add(line.action);
    encoding.add(line.subject_kind);
    encoding.add(line.subject);
    encoding.add(line.ground);
    return encoding.hash();
}

std::string hash_of_seal(const ChainOf& chain, const SealText& seal) {
    Encoding encoding("creneau audit seal 1");
    encoding.add(chain);
    encoding.add(seal.number);
    encoding.add(seal.span);
    encoding.add(std::string_view(seal.last_hash));
    encoding.add(std::string_view(seal.previous_hash));
    encoding.add(seal.sealed_at);
    return encoding.hash();
}

}  // namespace creneau::audit
