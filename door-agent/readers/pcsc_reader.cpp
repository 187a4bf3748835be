#include "door-agent/readers/pcsc_reader.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/readers/card_port.hpp"
#include "door-agent/readers/pcsc_port.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/readers/reader_thread.hpp"
#include "door-agent/readers/spoiled_count.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLookAgain{500};
/// A stop is heard at the latest then.
constexpr milliseconds kLongestWait{300};
constexpr std::array<std::uint8_t, 5> kGetUid{0xFF, 0xCA, 0x00, 0x00, 0x00};

constexpr bool is_uid_size(std::size_t bytes) {
    return bytes == 4 || bytes == 5 || bytes == 7 || bytes == 10;
}

}  // namespace

std::optional<std::string> uid_in_answer(std::span<const std::uint8_t> answer) {
    constexpr std::size_t kStatus = 2;
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    if (answer.size() < kStatus || !is_uid_size(answer.size() - kStatus) ||
        answer[answer.size() - 2] != 0x90 || answer[answer.size() - 1] != 0x00) {
        return std::nullopt;
    }
    std::string text;
    for (const std::uint8_t byte : answer.first(answer.size() - kStatus)) {
        text += kDigits.at(byte >> 4U);
        text += kDigits.at(byte & 0x0FU);
    }
    return text;
}

class PcscReader::Worker {
  public:
    Worker(PcscReaderSettings settings, ReaderListener listener, std::unique_ptr<CardPort> port)
        : settings_(std::move(settings)), listener_(std::move(listener)), port_(std::move(port)) {}

    void start() {
        thread_.start([this] { run(); });
    }

  private:
    void run() {
        bool lost = false;
        do {
            std::string why;
            if (is_there(why)) {
                lost = false;
                read_until_gone();
                why = "the reader is gone";
            }
            if (!thread_.stopping() && !std::exchange(lost, true)) {
                listener_.notice(settings_.key, ReaderNotice::lost, why);
            }
        } while (thread_.pause(kLookAgain));
    }

    /// A name that merely begins in the same way is another reader.
    bool is_there(std::string& why) {
        const auto names = port_->readers(why);
        if (!names) {
            return false;
        }
        why = "no card reader has the name \"" + settings_.name + "\"";
        return std::ranges::find(*names, settings_.name) != names->end();
    }

    void read_until_gone() {
        auto seen = port_->look(settings_.name, std::nullopt, milliseconds(0));
        if (!seen) {
            return;
        }
        listener_.notice(settings_.key, ReaderNotice::back, "");
        while (!thread_.stopping()) {
            const auto next = port_->look(settings_.name, seen, kLongestWait);
            if (!next) {
                return;
            }
            const bool laid_on = next->present && *next != *seen;
            seen = next;
            if (laid_on) {
                read_card();
            }
            tell_spoiled();
        }
    }

    void read_card() {
        const auto answer = port_->ask(settings_.name, kGetUid);
        const auto uid = answer ? uid_in_answer(*answer) : std::nullopt;
        if (uid) {
            listener_.frame({settings_.key, *uid, boot_now()});
        } else {
            spoiled_.add(1);
        }
    }

    void tell_spoiled() {
        if (const auto cards = spoiled_.to_tell(boot_now())) {
            listener_.notice(settings_.key, ReaderNotice::spoiled,
                             std::to_string(*cards) + " cards told no UID");
        }
    }

    const PcscReaderSettings settings_;
    const ReaderListener listener_;
    const std::unique_ptr<CardPort> port_;
    SpoiledCount spoiled_;
    ReaderThread thread_;
};

PcscReader::PcscReader(const PcscReaderSettings& settings, ReaderListener listener)
    : PcscReader(settings, std::move(listener), std::make_unique<PcscPort>()) {}

PcscReader::PcscReader(const PcscReaderSettings& settings, ReaderListener listener,
                       std::unique_ptr<CardPort> port)
    : worker_(std::make_unique<Worker>(settings, std::move(listener), std::move(port))) {}

PcscReader::~PcscReader() = default;

void PcscReader::start() {
    worker_->start();
}

}  // namespace creneau::door
