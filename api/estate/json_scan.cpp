#include "api/estate/json_scan.hpp"

#include "api/estate/import_error.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace creneau::estate {
namespace {

/// An object or array that is open at some point of the text.
struct Level {
    bool object = false;
    bool key_next = false;  // an object's next string is a member's name
    std::size_t index = 0;  // of an array's current element
    std::string key;        // of an object's current member
    std::set<std::string> keys;
};

class Scan {
  public:
    explicit Scan(std::string_view text) : text_(text) {}

    std::vector<ImportError> run() {
        for (position_ = 0; position_ < text_.size() && !too_deep_; ++position_) {
            step(text_[position_]);
        }
        return std::move(errors_);
    }

  private:
    void step(char letter) {
        switch (letter) {
            case '{':
            case '[':
                return open(letter == '{');
            case '}':
            case ']':
                if (!levels_.empty()) {
                    levels_.pop_back();
                }
                return;
            case ',':
                return next();
            case '"':
                return string();
            case '-':
                return number();
            default:
                return letter >= '0' && letter <= '9' ? number() : void();
        }
    }

    void open(bool object) {
        if (levels_.size() == kDeepest) {
            errors_.push_back({place_of_byte(text_, position_), "too_deep",
                               "nested more than " + std::to_string(kDeepest) + " levels"});
            too_deep_ = true;
            return;
        }
        Level level;
        level.object = object;
        level.key_next = object;
        levels_.push_back(std::move(level));
    }

    void next() {
        if (!levels_.empty()) {
            levels_.back().key_next = levels_.back().object;
            ++levels_.back().index;
        }
    }

    /// Moves to the closing quote; a member's name is remembered.
    void string() {
        const std::size_t begin = ++position_;
        while (position_ < text_.size() && text_[position_] != '"') {
            position_ += text_[position_] == '\\' ? 2U : 1U;
        }
        if (levels_.empty() || !levels_.back().key_next || position_ >= text_.size()) {
            return;
        }
        Level& level = levels_.back();
        level.key_next = false;
        level.key = std::string(text_.substr(begin, position_ - begin));
        if (!level.keys.insert(level.key).second) {
            errors_.push_back({pointer(), "doubled", "the object has this member twice"});
        }
    }

    /// Moves to the last letter of a number.
    void number() {
        const std::string_view rest = text_.substr(position_);
        const auto written =
            rest.substr(0, std::min(rest.find_first_not_of("+-.0123456789Ee"), rest.size()));
        double value = 0;
        const auto read = std::from_chars(written.data(), written.data() + written.size(), value);
        if (read.ec == std::errc::result_out_of_range) {
            errors_.push_back({pointer(), "out_of_range", "not a number that can be kept"});
        }
        position_ += written.size() - 1;
    }

    std::string pointer() const {
        std::string path;
        for (const Level& level : levels_) {
            path = below(path, level.object ? level.key : std::to_string(level.index));
        }
        return path;
    }

    std::string_view text_;
    std::size_t position_ = 0;
    std::vector<Level> levels_;
    std::vector<ImportError> errors_;
    bool too_deep_ = false;
};

}  // namespace

std::vector<ImportError> scan_json(std::string_view text) {
    if (text.size() > kLargestFile) {
        return {{"", "too_large",
                 "the file is larger than " + std::to_string(kLargestFile >> 20U) + " MiB"}};
    }
    return Scan(text).run();
}

std::string place_of_byte(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, std::min(byte, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const auto column =
        1 + std::count_if(
                before.begin() + static_cast<std::ptrdiff_t>(line_start), before.end(),
                [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; });
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::string below(const std::string& pointer, std::string_view token) {
    std::string path = pointer + "/";
    for (const char letter : token) {
        if (letter == '~') {
            path += "~0";
        } else if (letter == '/') {
            path += "~1";
        } else {
            path += letter;
        }
    }
    return path;
}

}  // namespace creneau::estate
