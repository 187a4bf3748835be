#include "api/mail/legal_facts.hpp"

#include "api/mail/date_words.hpp"

#include <initializer_list>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

template <class Facts>
struct Member {
    const char* name;
    std::string Facts::* text;
};

constexpr std::initializer_list<Member<SilenceFacts>> kSilence{
    {"means", &SilenceFacts::means},       {"on", &SilenceFacts::on},
    {"after_fr", &SilenceFacts::after_fr}, {"after_en", &SilenceFacts::after_en},
    {"decision", &SilenceFacts::decision},
};
constexpr std::initializer_list<Member<LegalFacts>> kLegal{
    {"appeal_fr", &LegalFacts::appeal_fr},
    {"appeal_en", &LegalFacts::appeal_en},
    {"service_address", &LegalFacts::service_address},
};

template <class Facts>
json written(const Facts& facts, std::initializer_list<Member<Facts>> members) {
    json object = json::object();
    for (const auto& member : members) {
        object[member.name] = facts.*member.text;
    }
    return object;
}

template <class Facts>
std::optional<Facts> read(const json& object, std::initializer_list<Member<Facts>> members) {
    if (!object.is_object()) {
        return std::nullopt;
    }
    Facts facts;
    for (const auto& member : members) {
        const auto found = object.find(member.name);
        if (found == object.end() || !found->is_string()) {
            return std::nullopt;
        }
        facts.*member.text = found->template get<std::string>();
    }
    return facts;
}

bool is_well_formed(const SilenceFacts& silence) {
    return (silence.means == "accepted" || silence.means == "refused") &&
           parse_local_date(silence.on).has_value();
}

}  // namespace

json json_of(const LegalFacts& facts) {
    auto object = written(facts, kLegal);
    if (facts.silence) {
        object["silence"] = written(*facts.silence, kSilence);
    }
    return object;
}

std::optional<LegalFacts> parse_legal(const json& object) {
    auto facts = read(object, kLegal);
    if (!facts || !object.contains("silence")) {
        return facts;
    }
    facts->silence = read(object["silence"], kSilence);
    return facts->silence && is_well_formed(*facts->silence) ? facts : std::nullopt;
}

}  // namespace creneau::mail
