#include "api/people/password_rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::people {

namespace {

constexpr std::size_t kShortestWord = 4;  // "le" and "de" say nothing
constexpr std::size_t kFewestOwnLetters = 4;

/// The letters of French that are not ASCII, as they are typed without them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 32> kPlain{{
    {"à", "a"}, {"â", "a"}, {"ä", "a"}, {"ç", "c"}, {"é", "e"}, {"è", "e"}, {"ê", "e"}, {"ë", "e"},
    {"î", "i"}, {"ï", "i"}, {"ô", "o"}, {"ö", "o"}, {"ù", "u"}, {"û", "u"}, {"ü", "u"}, {"œ", "oe"},
    {"À", "a"}, {"Â", "a"}, {"Ä", "a"}, {"Ç", "c"}, {"É", "e"}, {"È", "e"}, {"Ê", "e"}, {"Ë", "e"},
    {"Î", "i"}, {"Ï", "i"}, {"Ô", "o"}, {"Ö", "o"}, {"Ù", "u"}, {"Û", "u"}, {"Ü", "u"}, {"Œ", "oe"},
}};

bool is_letter(char byte) {
    // What is not ASCII counts as one: another script is nobody's first guess.
    return std::isalpha(static_cast<unsigned char>(byte)) != 0 || (byte & 0x80) != 0;
}

/// Lower case, without accents.
std::string folded(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        const auto* found = std::ranges::find_if(
            kPlain, [&](const auto& row) { return text.starts_with(row.first); });
        if (found != kPlain.end()) {
            plain += found->second;
            text.remove_prefix(found->first.size());
            continue;
        }
        const auto byte = static_cast<unsigned char>(text.front());
        plain.push_back(byte < 0x80 ? static_cast<char>(std::tolower(byte)) : text.front());
        text.remove_prefix(1);
    }
    return plain;
}

/// The runs of letters and digits.
std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts(1);
    for (const char byte : text) {
        if (is_letter(byte) || std::isdigit(static_cast<unsigned char>(byte)) != 0) {
            parts.back().push_back(byte);
        } else if (!parts.back().empty()) {
            parts.emplace_back();
        }
    }
    return parts;
}

/// Every word that is taken out of a password, the longest first.
std::vector<std::string> words_of(const PasswordContext& context) {
    std::vector<std::string> words{"creneau"};
    const auto add = [&](std::string_view text) {
        std::string joined;
        for (auto& part : parts_of(folded(text))) {
            joined += part;
            words.push_back(std::move(part));
        }
        words.push_back(std::move(joined));
    };
    add(std::string_view(context.email).substr(0, context.email.find('@')));
    std::ranges::for_each(context.words, add);
    std::erase_if(words, [](const std::string& word) { return word.size() < kShortestWord; });
    std::ranges::sort(words, std::ranges::greater{}, &std::string::size);
    return words;
}

}  // namespace

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

bool is_guessable(std::string_view password, const PasswordContext& context) {
    auto left = folded(password);
    if (!context.email.empty() && left.find(folded(context.email)) != std::string::npos) {
        return true;
    }
    std::erase_if(
        left, [](char byte) { return byte == ' ' || byte == '-' || byte == '.' || byte == '_'; });
    bool found = false;
    for (const auto& word : words_of(context)) {
        for (auto at = left.find(word); at != std::string::npos; at = left.find(word, at)) {
            left.replace(at, word.size(), 1, '0');
            found = true;
        }
    }
    const auto letters = static_cast<std::size_t>(std::ranges::count_if(left, is_letter));
    return found && letters < kFewestOwnLetters;
}

std::vector<PasswordFault> password_faults(std::string_view password,
                                           const PasswordContext& context) {
    std::vector<PasswordFault> faults;
    const auto characters = characters_of(password);
    if (characters < kShortestPassword) {
        faults.push_back(PasswordFault::too_short);
    }
    if (characters > kLongestPassword) {
        faults.push_back(PasswordFault::too_long);
    }
    if (is_guessable(password, context)) {
        faults.push_back(PasswordFault::guessable);
    }
    return faults;
}

}  // namespace creneau::people
