#include "api/http/paper_answers.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/papers/paper_types.hpp"
#include "api/http/time_text.hpp"

#include <cstdint>
#include <vector>

namespace creneau::http {

using nlohmann::json;

json to_json(const std::vector<booking::PaperKind>& kinds) {
    auto words = json::array();
    for (const booking::PaperKind kind : kinds) {
        words.push_back(booking::word_of(kind));
    }
    return words;
}

namespace {

json to_json(const booking::PaperFile& file) {
    return {{"name", file.name}, {"type", booking::word_of(file.type)}, {"size", file.size}};
}

}  // namespace

json to_json(const booking::Paper& paper) {
    const bool is_association = paper.holder.kind == access::HolderKind::association;
    const json holder = paper.holder.id;
    return {
        {"id", static_cast<std::int64_t>(paper.id)},
        {"kind", booking::word_of(paper.kind)},
        {"association_id", is_association ? holder : json(nullptr)},
        {"person_id", is_association ? json(nullptr) : holder},
        {"reference", paper.reference},
        {"valid_from", paper.valid_from},
        {"valid_until", paper.valid_until.empty() ? json(nullptr) : json(paper.valid_until)},
        {"recorded_at", to_rfc3339(paper.recorded_at)},
        {"accepted_at", paper.accepted_at ? json(to_rfc3339(*paper.accepted_at)) : json(nullptr)},
        {"file", paper.file ? to_json(*paper.file) : json(nullptr)}};
}

}  // namespace creneau::http
